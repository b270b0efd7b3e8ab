//! `GET /teach`: what needs me now, and my classes.

use super::{pages, store};
use crate::{
    app::App,
    organisation,
    ui::frame::Frame,
    web::{PageResult, SignedIn},
};
use axum::extract::State;
use chrono::Duration;

/// How long it is of interest that somebody was stuck.
const STUCK_HOURS: i64 = 24;

/// Shows the classes of whoever is signed in.
pub async fn show(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let classes = store::of_staff(&mut db, staff.id, now - Duration::hours(STUCK_HOURS), now).await?;
    let may_create = !organisation::store::taught_by(&mut db, staff.id).await?.is_empty();
    Ok(pages::home(frame, pages::Home { staff, classes, may_create }).await)
}
