//! The student's home: what to do next, then this week, then everything.

mod page;
mod plan;

use crate::{
    announcement,
    app::App,
    certificate,
    material::outline,
    web::{JoinedStudent, Keeping, PageResult},
};
use axum::extract::State;

/// Most announcements that are shown.
const ANNOUNCEMENTS: i64 = 5;

/// `GET /student`.
pub async fn show(
    State(app): State<App>,
    Keeping(JoinedStudent(student, classroom), keeper): Keeping<JoinedStudent>,
) -> PageResult {
    keeper
        .page(&app, async |frame, mut db| {
            let now = app.now_at_school();
            let modules = outline::of_student(&mut db, classroom.id, student.id, now.now).await?;
            let told = announcement::store::of_class(&mut db, classroom.id, Some(now.now), ANNOUNCEMENTS).await?;
            let certificates = certificate::store::of_student(&mut db, student.id).await?;
            drop(db);
            Ok(page::home(frame, page::Home { student, classroom, modules, told, certificates, now }).await)
        })
        .await
}
