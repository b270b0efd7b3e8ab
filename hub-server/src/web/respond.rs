//! How handlers finish: go somewhere, say something, set a cookie, say that the form was not right.

use crate::web::{PageResult, browser::NewCookie, notice::Notice, undo::Undo};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// 303 to a path of this site.
pub fn see_other(path: impl AsRef<str>) -> Response {
    match HeaderValue::try_from(path.as_ref()) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What may be added to an answer.
pub trait Respond: Sized {
    /// Says `notice` on the page that comes next.
    #[must_use]
    fn with_notice(self, notice: Notice) -> Self;
    /// The same, with a button that takes back what was done.
    #[must_use]
    fn with_undo(self, notice: Notice, undo: &Undo) -> Self;
    /// Sets a cookie.
    #[must_use]
    fn with_cookie(self, cookie: &NewCookie) -> Self;
    /// The same page, marked as showing what was wrong (422).
    #[must_use]
    fn unprocessable(self) -> Self;
    /// The same page, marked as refused for now (429).
    #[must_use]
    fn too_many(self) -> Self;
}

impl Respond for Response {
    fn with_notice(self, notice: Notice) -> Self {
        self.with_cookie(&NewCookie::notice(notice))
    }

    fn with_undo(self, notice: Notice, undo: &Undo) -> Self {
        self.with_cookie(&NewCookie::notice_with_undo(notice, undo))
    }

    fn with_cookie(mut self, cookie: &NewCookie) -> Self {
        cookie.add_to(&mut self);
        self
    }

    fn unprocessable(mut self) -> Self {
        *self.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        self
    }

    fn too_many(mut self) -> Self {
        *self.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        self
    }
}

impl Respond for PageResult {
    fn with_notice(self, notice: Notice) -> Self {
        self.map(|response| response.with_notice(notice))
    }

    fn with_undo(self, notice: Notice, undo: &Undo) -> Self {
        self.map(|response| response.with_undo(notice, undo))
    }

    fn with_cookie(self, cookie: &NewCookie) -> Self {
        self.map(|response| response.with_cookie(cookie))
    }

    fn unprocessable(self) -> Self {
        self.map(Respond::unprocessable)
    }

    fn too_many(self) -> Self {
        self.map(Respond::too_many)
    }
}
