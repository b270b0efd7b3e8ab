//! `GET /teach/classes/{classroom}/roster`: everyone in the class.

use super::{pages, store};
use crate::{
    app::App,
    ui::{frame::Frame, time::Now},
    web::{PageResult, Viewing},
};
use axum::extract::State;

/// Shows the roster.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role: _ }: Viewing, frame: Frame) -> PageResult {
    let mut db = app.db.acquire().await?;
    let lines = store::roster(&mut db, classroom.id).await?;
    let now = Now { now: app.clock.now(), zone: app.config.time_zone };
    Ok(pages::roster(frame, pages::Roster { staff, classroom, lines, now }).await)
}
