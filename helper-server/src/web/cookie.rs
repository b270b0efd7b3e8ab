//! The cookie that opens one turn: the browser's own `EventSource` can send nothing else. It is sent to
//! that turn's addresses only.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use shared_types::ids::TurnId;

const NAME: &str = "turn";

/// A cookie that opens `turn`; `https` keeps it off plain connections.
pub fn opening(turn: TurnId, pass: &str, https: bool) -> Cookie<'static> {
    Cookie::build((NAME, pass.to_owned()))
        .path(format!("/helper/turns/{turn}"))
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Strict)
        .build()
}

/// The pass that came with a request.
pub fn pass(cookies: &CookieJar) -> Option<&str> {
    cookies.get(NAME).map(Cookie::value)
}
