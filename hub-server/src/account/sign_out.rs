//! `POST /teach/logout`: ends this session and no other.

use crate::{
    app::App,
    web::{
        Notice, PageResult, Protected, Respond,
        browser::{Browser, CookieKind},
        see_other, session,
    },
};
use axum::extract::State;
use serde::Deserialize;

/// Nothing but the button.
#[derive(Debug, Deserialize)]
pub struct SignOutForm {}

/// Ends the session and takes the cookie back.
pub async fn sign_out(
    State(app): State<App>,
    browser: Browser,
    Protected(SignOutForm {}): Protected<SignOutForm>,
) -> PageResult {
    if let Some(token) = browser.cookie(CookieKind::Staff) {
        session::close(&mut *app.db.acquire().await?, token).await?;
    }
    Ok(see_other("/teach/login").with_cookie(&app.no_cookie(CookieKind::Staff)).with_notice(Notice::SignedOut))
}
