//! `GET /teach/classes/{classroom}/roster`: everyone in the class.

use super::{pages, store};
use crate::{
    app::App,
    enrolment::asking,
    ui::{frame::Frame, time::Now},
    web::{PageResult, Viewing},
};
use axum::extract::State;

/// Shows the roster, and above it who is waiting to be let in.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    let mut db = app.db.acquire().await?;
    let at = app.clock.now();
    let lines = store::roster(&mut db, classroom.id, at).await?;
    let requests = asking::store::waiting_in(&mut db, classroom.id, at).await?;
    let waiting = requests.into_iter().map(|request| (asking::pictures(&app, request.id), request)).collect();
    let now = Now { now: at, zone: app.config.time_zone };
    let roster = pages::Roster { staff, classroom, lines, waiting, now, may_change: role.may_teach() };
    Ok(pages::roster(frame, roster).await)
}
