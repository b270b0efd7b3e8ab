//! `POST /student/session/end`: ending this browser's session, and on a shared computer forgetting the device too.

use super::{device, store};
use crate::{
    app::App,
    web::{
        Notice, PageResult, Protected, Respond,
        browser::{Browser, CookieKind},
        see_other, session,
    },
};
use axum::{extract::State, http::HeaderValue};
use serde::Deserialize;

/// The form as it is sent.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct LeaveForm {
    /// Sent by the button for shared computers.
    #[serde(default, deserialize_with = "pressed")]
    forget_device: bool,
}

fn pressed<'de, D: serde::Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    String::deserialize(value).map(|value| value == "yes")
}

/// Ends the session. Nobody has to be signed in for it.
pub async fn leave(State(app): State<App>, browser: Browser, Protected(form): Protected<LeaveForm>) -> PageResult {
    let mut tx = app.db.begin().await?;
    if let Some(token) = browser.cookie(CookieKind::Student) {
        session::close(&mut tx, token).await?;
    }
    if let Some(device) = device::of(&browser, &app).filter(|_| form.forget_device) {
        store::forget_device(&mut tx, device).await?;
    }
    tx.commit().await?;
    let notice = if form.forget_device { Notice::LeftForGood } else { Notice::Left };
    let left = see_other("/").with_notice(notice).with_cookie(&app.no_cookie(CookieKind::Student));
    if !form.forget_device {
        return Ok(left);
    }
    let mut left = left.with_cookie(&app.no_cookie(CookieKind::Device));
    // What was typed and kept on this device goes too: browsers heed this on https and on this machine itself, and
    // elsewhere the page that follows does it (`Frame::forgets_device`).
    left.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    Ok(left)
}
