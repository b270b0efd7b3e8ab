//! The helper's cookies. One opens one turn: the browser's own `EventSource` can send nothing else; it is sent to that
//! turn's addresses only. The other opens the chat's own page.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use shared_types::ids::TurnId;

const TURN: &str = "turn";
const PAGE: &str = "chat";
/// The hub's cookie of a student's session, with and without https; see hub-server, `web::browser`. It is only compared.
const STUDENT: [&str; 2] = ["__Host-student", "student"];

/// A cookie that opens `turn`; `https` keeps it off plain connections.
pub fn opening(turn: TurnId, pass: &str, https: bool) -> Cookie<'static> {
    ours(TURN, pass, format!("/helper/turns/{turn}"), https)
}

/// The pass of a turn that came with a request.
pub fn pass(cookies: &CookieJar) -> Option<&str> {
    cookies.get(TURN).map(Cookie::value)
}

/// A cookie that opens the chat's own page, as long as that is kept.
pub fn opening_page(pass: &str, https: bool) -> Cookie<'static> {
    ours(PAGE, pass, "/helper/".to_owned(), https)
}

/// The pass of the chat's own page that came with a request.
pub fn page_pass(cookies: &CookieJar) -> Option<&str> {
    cookies.get(PAGE).map(Cookie::value)
}

/// What a page is kept under: the pass together with the browser's student session, so that it is nothing without either.
pub fn page_key(cookies: &CookieJar, pass: &str) -> String {
    let session = STUDENT.into_iter().find_map(|name| cookies.get(name)).map(Cookie::value).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{pass}.{session}")))
}

fn ours(name: &'static str, pass: &str, path: String, https: bool) -> Cookie<'static> {
    let cookie = Cookie::build((name, pass.to_owned())).path(path);
    cookie.http_only(true).secure(https).same_site(SameSite::Strict).build()
}
