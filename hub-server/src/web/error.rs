//! The one error of pages. Handlers return it with `?`; [`show`] turns it into a page with a way on.

use crate::{
    app::App,
    t,
    ui::{frame::Frame, problem},
    web::{
        browser::{Browser, CookieKind},
        next::NextPath,
        notice::Notice,
        respond::Respond,
        see_other,
        throttle::Wait,
        words::Words,
    },
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use server_kit::frame;
use std::{panic::AssertUnwindSafe, sync::Arc};

/// What handlers of pages return.
pub type PageResult = Result<Response, Error>;

/// Why there is no page.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    #[error("the request cannot be understood")]
    BadRequest,
    #[error("nobody is signed in")]
    SignedOut { next: Option<NextPath> },
    #[error("the second factor is missing")]
    SecondFactorMissing { enrolled: bool },
    #[error("no student has joined in this browser")]
    NotJoined,
    #[error("the role does not allow it")]
    Forbidden,
    #[error("the form was not sent from one of our pages, or long ago")]
    FormExpired,
    #[error("there is no such thing, or not for this person")]
    NotFound,
    #[error("the address knows no such method")]
    MethodNotAllowed,
    #[error("the body is too long")]
    TooLarge,
    #[error("the values cannot be processed")]
    Unprocessable,
    #[error("too many attempts")]
    TooMany { wait_s: u64 },
    #[error("something the hub stands on is away: {0}")]
    Unavailable(Arc<anyhow::Error>),
    #[error("{0:#}")]
    Internal(Arc<anyhow::Error>),
}

impl Error {
    /// The status it is answered with.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::SignedOut { .. } | Self::SecondFactorMissing { .. } | Self::NotJoined => StatusCode::SEE_OTHER,
            Self::Forbidden | Self::FormExpired => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What one of axum's own extractors refused: it answers in plain text, as no handler of ours does.
    fn of_rejection(response: &Response) -> Option<Self> {
        let plain = response.headers().get(header::CONTENT_TYPE)?.as_bytes().starts_with(b"text/plain");
        if !plain || !response.status().is_client_error() {
            return None;
        }
        Some(match response.status() {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Unprocessable,
            _ => Self::BadRequest,
        })
    }

    /// Where to go instead of a page about the error.
    fn way_on(&self, browser: &Browser) -> Option<String> {
        match self {
            Self::SignedOut { next: Some(next) } => Some(next.after("/teach/login")),
            Self::SignedOut { next: None } => Some("/teach/login".to_owned()),
            Self::SecondFactorMissing { enrolled: true } => Some("/teach/login/code".to_owned()),
            Self::SecondFactorMissing { enrolled: false } => Some("/teach/enrol-totp".to_owned()),
            Self::NotJoined => {
                Some(NextPath::of_student(browser.page()).map_or_else(|| "/".to_owned(), |next| next.after("/")))
            }
            _ => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let away = matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_));
        let error = Arc::new(anyhow::Error::new(error));
        if away { Self::Unavailable(error) } else { Self::Internal(error) }
    }
}

impl From<Wait> for Error {
    fn from(wait: Wait) -> Self {
        Self::TooMany { wait_s: wait.seconds() }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(Arc::new(error))
    }
}

impl IntoResponse for Error {
    /// The status alone; [`show`] adds the page, because that takes the request's language.
    fn into_response(self) -> Response {
        match &self {
            Self::Internal(error) => tracing::error!(error = format!("{error:#}"), "a request failed"),
            Self::Unavailable(error) => tracing::error!(error = format!("{error:#}"), "a neighbour is away"),
            refused => tracing::debug!("refused: {refused}"),
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Middleware: gives errors their page, or leads to where the way on is.
pub async fn show(State(app): State<App>, request: Request, next: Next) -> Response {
    let browser = request.extensions().get::<Browser>().cloned();
    let by_script = accepts_json(request.headers());
    // A handler that panics answers like one that failed.
    let response = AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|panic| {
        let what = frame::panic_message(&*panic).to_owned();
        Error::Internal(Arc::new(anyhow::anyhow!("a handler panicked: {what}"))).into_response()
    });
    let error = response.extensions().get::<Error>().cloned().or_else(|| Error::of_rejection(&response));
    let (Some(error), Some(browser)) = (error, browser) else { return response };
    if matches!(error, Error::NotJoined) && by_script {
        return session_ended(Words(browser.lang()));
    }
    if let Some(path) = error.way_on(&browser) {
        let response = see_other(path);
        let had_session = browser.cookie(CookieKind::Student).is_some();
        return if matches!(error, Error::NotJoined) && had_session {
            response.with_notice(Notice::SessionEnded).with_cookie(&app.no_cookie(CookieKind::Student))
        } else {
            response
        };
    }
    let mut page = problem::page(Frame::of(&browser, &app), &error).await;
    if let Error::TooMany { wait_s } = error {
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
    }
    if let Some(allow) = response.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allow.clone());
    }
    page
}

/// Whether a script of ours asks, which shows what it is told on the page it is on.
pub fn accepts_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accepted| accepted.as_bytes().starts_with(b"application/json"))
}

/// What a student's page is told instead of being led away from what stands on it. The cookies stay as they are: the
/// next page says what happened.
fn session_ended(words: Words) -> Response {
    let told = serde_json::json!({ "message": t!(words, "problem-session-ended") });
    (StatusCode::UNAUTHORIZED, Json(told)).into_response()
}

/// For addresses no route knows.
pub async fn no_such_page() -> Error {
    Error::NotFound
}

/// For routes that do not know the method.
pub async fn no_such_method() -> Error {
    Error::MethodNotAllowed
}
