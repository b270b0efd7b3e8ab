//! What a browser brought along: its cookies and its language, read once per request; and the cookies it is given.
//!
//! Staff and students have different cookies, so that a teacher can try a class as a student in the same browser.

use crate::{
    app::App,
    web::{next::NextPath, notice::Notice, undo::Undo, words::Lang},
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use std::{
    convert::Infallible,
    fmt,
    sync::{Arc, OnceLock},
};

/// The hub's cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieKind {
    /// Token of a staff session.
    Staff,
    /// Token of a student session.
    Student,
    /// What forms are bound to before anyone signed in.
    Visitor,
    /// The student this device belongs to.
    Device,
    /// What a browser waits with until a teacher lets it in.
    Waiting,
}

impl CookieKind {
    /// With https the `__Host-` prefix keeps other hosts of the domain from setting it.
    const fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Staff, true) => "__Host-staff",
            (Self::Staff, false) => "staff",
            (Self::Student, true) => "__Host-student",
            (Self::Student, false) => "student",
            (Self::Visitor, true) => "__Host-visitor",
            (Self::Visitor, false) => "visitor",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
            (Self::Waiting, true) => "__Host-waiting",
            (Self::Waiting, false) => "waiting",
        }
    }
}

const LANG_COOKIE: &str = "lang";
const NOTICE_COOKIE: &str = "notice";
/// A year, in seconds.
const YEAR_S: i64 = 365 * 24 * 60 * 60;

/// What this request's browser brought along.
#[derive(Clone, Debug)]
pub struct Browser(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    staff: Option<String>,
    student: Option<String>,
    visitor: Option<String>,
    device: Option<String>,
    waiting: Option<String>,
    notice: Option<(Notice, Option<Undo>)>,
    lang: Lang,
    path: String,
    page: Option<NextPath>,
    /// Set when a page needs a visitor's token and the browser brought none.
    new_visitor: OnceLock<String>,
    notice_shown: OnceLock<()>,
}

impl Browser {
    fn read(method: &Method, headers: &HeaderMap, path: &str, https: bool) -> Self {
        let cookies = || {
            let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
            lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
        };
        let value = |name: &str| {
            cookies().find(|(known, value)| *known == name && !value.is_empty()).map(|(_, value)| value.to_owned())
        };
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        Self(Arc::new(Inner {
            staff: value(CookieKind::Staff.name(https)),
            student: value(CookieKind::Student.name(https)),
            visitor: value(CookieKind::Visitor.name(https)),
            device: value(CookieKind::Device.name(https)),
            waiting: value(CookieKind::Waiting.name(https)),
            notice: value(NOTICE_COOKIE).filter(|_| is_for_a_reader(headers)).and_then(|told| {
                let (slug, undo) =
                    told.split_once('~').map_or((told.as_str(), None), |(slug, undo)| (slug, Some(undo)));
                Some((Notice::from_slug(slug)?, undo.and_then(Undo::read)))
            }),
            lang: value(LANG_COOKIE)
                .and_then(|tag| Lang::from_tag(&tag))
                .unwrap_or_else(|| Lang::accepted(accepted.unwrap_or_default())),
            path: path.to_owned(),
            page: NextPath::of_form(headers).filter(|_| *method == Method::POST),
            new_visitor: OnceLock::new(),
            notice_shown: OnceLock::new(),
        }))
    }

    /// The value of one of the hub's cookies.
    pub fn cookie(&self, kind: CookieKind) -> Option<&str> {
        match kind {
            CookieKind::Staff => self.0.staff.as_deref(),
            CookieKind::Student => self.0.student.as_deref(),
            CookieKind::Visitor => self.0.visitor.as_deref(),
            CookieKind::Device => self.0.device.as_deref(),
            CookieKind::Waiting => self.0.waiting.as_deref(),
        }
    }

    /// The language to answer in.
    pub fn lang(&self) -> Lang {
        self.0.lang
    }

    /// The path that was asked for.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The page somebody is on: what was asked for or, where a form was sent, the page it stood on.
    pub fn page(&self) -> &str {
        self.0.page.as_ref().map_or(&self.0.path, NextPath::as_str)
    }

    /// The visitor's token, minted if the browser has none.
    pub fn visitor(&self, app: &App) -> &str {
        self.0.visitor.as_deref().unwrap_or_else(|| self.0.new_visitor.get_or_init(|| app.entropy.token()))
    }

    /// Whether there is something to tell.
    pub fn has_notice(&self) -> bool {
        self.0.notice.is_some()
    }

    /// What to tell after a redirect, and how to take back what was done; told once, to somebody who reads a page.
    pub fn take_notice(&self) -> Option<(Notice, Option<Undo>)> {
        let notice = self.0.notice.clone()?;
        self.0.notice_shown.set(()).ok().map(|()| notice)
    }

    fn leave_cookies(&self, app: &App, response: &mut Response) {
        if let Some(token) = self.0.new_visitor.get() {
            app.cookie(CookieKind::Visitor, token.clone(), None).add_to(response);
        }
        if self.0.notice_shown.get().is_some() {
            NewCookie::no_notice().add_to(response);
        }
    }
}

/// Whether what is asked for is read as a page. What a script fetches, such as the sheet that will be graded next, takes
/// nothing from the page that is on its way: browsers tell the two apart by Fetch Metadata (`Sec-Fetch-Dest`), and where
/// one sends none it is taken for a page.
fn is_for_a_reader(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_none_or(|destination| destination == "document")
}

/// Middleware: reads the browser's side before the handler, leaves cookies after it.
pub async fn meet(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let browser = Browser::read(request.method(), request.headers(), path, app.config.public_url.is_https());
    request.extensions_mut().insert(browser.clone());
    let mut response = next.run(request).await;
    browser.leave_cookies(&app, &mut response);
    response
}

impl<S: Sync> FromRequestParts<S> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let met = parts.extensions.get::<Self>().cloned();
        Ok(met.unwrap_or_else(|| Self::read(&parts.method, &parts.headers, parts.uri.path(), true)))
    }
}

/// A cookie to be set: for this host only and out of reach of scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCookie {
    name: &'static str,
    value: String,
    https: bool,
    max_age_s: Option<i64>,
}

impl App {
    /// One of the hub's cookies; gone with the browser's session unless `max_age_s` says how long it stays.
    /// `value` is base64url or another text of plain letters.
    pub fn cookie(&self, kind: CookieKind, value: String, max_age_s: Option<i64>) -> NewCookie {
        let https = self.config.public_url.is_https();
        NewCookie { name: kind.name(https), value, https, max_age_s }
    }

    /// Takes one of the hub's cookies back.
    pub fn no_cookie(&self, kind: CookieKind) -> NewCookie {
        self.cookie(kind, String::new(), Some(0))
    }

    /// Remembers the language someone chose.
    pub fn lang_cookie(&self, lang: Lang) -> NewCookie {
        let https = self.config.public_url.is_https();
        NewCookie { name: LANG_COOKIE, value: lang.tag().to_owned(), https, max_age_s: Some(YEAR_S) }
    }
}

impl NewCookie {
    /// What to tell on the next page.
    pub(super) fn notice(notice: Notice) -> Self {
        Self { name: NOTICE_COOKIE, value: notice.slug().to_owned(), https: false, max_age_s: Some(60) }
    }

    /// What to tell on the next page, with a button that takes it back.
    pub(super) fn notice_with_undo(notice: Notice, undo: &Undo) -> Self {
        Self { value: format!("{}~{}", notice.slug(), undo.written()), max_age_s: Some(600), ..Self::notice(notice) }
    }

    fn no_notice() -> Self {
        Self { name: NOTICE_COOKIE, value: String::new(), https: false, max_age_s: Some(0) }
    }

    /// What it holds.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Adds it to a response.
    pub fn add_to(&self, response: &mut Response) {
        let value = HeaderValue::try_from(self.to_string()).expect("cookies are made of plain ASCII");
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

impl fmt::Display for NewCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}; Path=/; HttpOnly; SameSite=Lax", self.name, self.value)?;
        if self.https {
            f.write_str("; Secure")?;
        }
        if let Some(seconds) = self.max_age_s {
            write!(f, "; Max-Age={seconds}")?;
        }
        Ok(())
    }
}
