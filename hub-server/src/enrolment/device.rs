//! The device a student joined on: a cookie with the id of a row, signed, so that a made-up one costs no look-up.

use super::store;
use crate::{
    app::App,
    web::browser::{Browser, CookieKind, NewCookie},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use shared_types::ids::StudentId;
use sqlx::PgConnection;
use uuid::Uuid;

/// A school year, in seconds.
const KEPT_S: i64 = 400 * 24 * 60 * 60;
const ID_BYTES: usize = 16;

/// Remembers this device for `student`; returns its cookie.
pub async fn remember(tx: &mut PgConnection, app: &App, student: StudentId) -> sqlx::Result<NewCookie> {
    let now = app.clock.now();
    let id = app.entropy.id(now);
    store::add_device(tx, id, student, now).await?;
    let signed = [&id.as_bytes()[..], &mac(app, id)].concat();
    Ok(app.cookie(CookieKind::Device, URL_SAFE_NO_PAD.encode(signed), Some(KEPT_S)))
}

/// The id of the row this browser's cookie speaks of, if we signed it.
pub fn of(browser: &Browser, app: &App) -> Option<Uuid> {
    let signed = URL_SAFE_NO_PAD.decode(browser.cookie(CookieKind::Device)?).ok()?;
    let (id, given) = signed.split_first_chunk::<ID_BYTES>()?;
    let id = Uuid::from_bytes(*id);
    let expected = mac(app, id);
    let differs = given.iter().zip(expected).fold(given.len() ^ expected.len(), |all, (a, b)| all | usize::from(a ^ b));
    (differs == 0).then_some(id)
}

fn mac(app: &App, id: Uuid) -> [u8; 32] {
    app.secrets.fingerprint("device", &[id.as_bytes()])
}
