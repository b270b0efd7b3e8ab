//! The student's home: what to do next, then this week, then everything.

mod page;
mod plan;

use crate::{
    announcement,
    app::App,
    certificate,
    material::outline,
    ui::frame::Frame,
    web::{JoinedStudent, PageResult},
};
use axum::extract::State;

/// Most announcements that are shown.
const ANNOUNCEMENTS: i64 = 5;

/// `GET /student`.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    frame: Frame,
) -> PageResult {
    let now = app.now_at_school();
    let mut db = app.db.acquire().await?;
    let modules = outline::of_student(&mut db, classroom.id, student.id, now.now).await?;
    let told = announcement::store::of_class(&mut db, classroom.id, Some(now.now), ANNOUNCEMENTS).await?;
    // Few have any: for most students this is no statement.
    let certificates =
        if student.certified { certificate::store::of_student(&mut db, student.id).await? } else { Vec::new() };
    drop(db);
    Ok(page::home(frame, page::Home { student, classroom, modules, told, certificates, now }).await)
}
