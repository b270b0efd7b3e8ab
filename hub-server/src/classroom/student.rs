//! `GET /teach/classes/{classroom}/students/{student}`: one student, and what a teacher can do for them.

use super::{pages, store};
use crate::{
    app::App,
    ui::{frame::Frame, time::Now},
    web::{Asked, Error, PageResult, Viewing},
};
use axum::extract::State;
use shared_types::ids::StudentId;

/// Shows the student.
pub async fn show(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(student): Asked<StudentId>,
    frame: Frame,
) -> PageResult {
    let now = Now { now: app.clock.now(), zone: app.config.time_zone };
    let student = store::student(&mut *app.db.acquire().await?, classroom.id, student, now.now).await?;
    let student = student.ok_or(Error::NotFound)?;
    let page = pages::OneStudent { staff, classroom, student, now, may_change: role.may_teach() };
    Ok(pages::student(frame, page).await)
}
