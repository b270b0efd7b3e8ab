//! Forms that only our own pages can send. [`Protected`] is the one way to read a form's body, and it checks first;
//! forms with files come by [`super::multipart`].
//!
//! A token is bound to the session cookie of whoever the page was made for, or before sign-in to a random visitor
//! cookie. It is masked anew for every page, so that the length of a compressed page tells nothing about it.

use crate::{
    app::App,
    web::{
        Error,
        browser::{Browser, CookieKind},
    },
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, request::Parts},
};
use axum_extra::extract::Form;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::de::DeserializeOwned;
use std::convert::Infallible;

/// Name of the hidden field.
pub const FIELD: &str = "csrf";
/// Header for requests that are not forms.
pub const HEADER: &str = "x-csrf-token";
/// A form's text is short, in kB; a form for longer texts says so in its type, files come by upload.
const MAX_FORM_KB: usize = 256;

/// The token for the forms of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsrfToken(pub String);

impl CsrfToken {
    /// The token for this browser. Staff pages and student pages are bound to their own session.
    pub fn of(browser: &Browser, app: &App) -> Self {
        let (first, second) = if browser.path().starts_with("/teach") || browser.path().starts_with("/admin") {
            (CookieKind::Staff, CookieKind::Student)
        } else {
            (CookieKind::Student, CookieKind::Staff)
        };
        let binding = browser.cookie(first).or_else(|| browser.cookie(second));
        Self::bound_to(binding.unwrap_or_else(|| browser.visitor(app)), app)
    }

    /// The token for forms that will be sent with this cookie.
    pub fn bound_to(cookie: &str, app: &App) -> Self {
        let mac = mac(app, cookie);
        let mask = app.entropy.bytes::<32>();
        let masked: Vec<u8> = mac.iter().zip(mask).map(|(mac, mask)| mac ^ mask).collect();
        Self(URL_SAFE_NO_PAD.encode([&mask[..], &masked].concat()))
    }
}

impl FromRequestParts<App> for CsrfToken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let browser = Browser::from_request_parts(parts, app).await?;
        Ok(Self::of(&browser, app))
    }
}

/// Checks `token` against every cookie it may have been bound to.
pub fn verify(token: &str, browser: &Browser, app: &App) -> Result<(), Error> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| Error::FormExpired)?;
    let (mask, masked) = bytes.split_at_checked(32).ok_or(Error::FormExpired)?;
    if masked.len() != 32 {
        return Err(Error::FormExpired);
    }
    let given: Vec<u8> = mask.iter().zip(masked).map(|(mask, masked)| mask ^ masked).collect();
    let sessions = [browser.cookie(CookieKind::Staff), browser.cookie(CookieKind::Student)];
    let mut bindings: Vec<&str> = sessions.into_iter().flatten().collect();
    if bindings.is_empty() {
        bindings.extend(browser.cookie(CookieKind::Visitor));
    }
    // Not early-out: how long it takes says nothing about which byte differs.
    let matches = |binding: &&str| mac(app, binding).iter().zip(&given).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
    if bindings.iter().any(matches) { Ok(()) } else { Err(Error::FormExpired) }
}

/// As [`verify`], for requests that carry the token in the header [`HEADER`].
pub fn verify_header(headers: &HeaderMap, browser: &Browser, app: &App) -> Result<(), Error> {
    let token = headers.get(HEADER).and_then(|token| token.to_str().ok()).ok_or(Error::FormExpired)?;
    verify(token, browser, app)
}

/// Browsers say of themselves where a form comes from.
pub(super) fn refuse_other_sites(headers: &HeaderMap) -> Result<(), Error> {
    let elsewhere = headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
    if elsewhere { Err(Error::FormExpired) } else { Ok(()) }
}

fn mac(app: &App, binding: &str) -> [u8; 32] {
    app.secrets.fingerprint("csrf", &[binding.as_bytes()])
}

/// A form sent from one of our own pages, of at most `MAX_KB` as it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Protected<F, const MAX_KB: usize = MAX_FORM_KB>(pub F);

impl<F: DeserializeOwned, const MAX_KB: usize> FromRequest<App> for Protected<F, MAX_KB> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        refuse_other_sites(&parts.headers)?;
        let Ok(browser) = Browser::from_request_parts(&mut parts, app).await;
        let body = read(body, MAX_KB * 1024).await?;
        let token = form_urlencoded::parse(&body).find(|(name, _)| name == FIELD).map(|(_, token)| token);
        verify(&token.ok_or(Error::FormExpired)?, &browser, app)?;
        // Without the request's extensions: they hold the limit for bodies that nobody has measured.
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = parts.method;
        *request.headers_mut() = parts.headers;
        let Form(form) = Form::from_request(request, &()).await.map_err(|_| Error::BadRequest)?;
        Ok(Self(form))
    }
}

async fn read(body: Body, max_bytes: usize) -> Result<Bytes, Error> {
    axum::body::to_bytes(body, max_bytes).await.map_err(|error| {
        let source = std::error::Error::source(&error);
        if source.is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>) {
            Error::TooLarge
        } else {
            Error::BadRequest
        }
    })
}
