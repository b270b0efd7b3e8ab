//! The student's home: what to do next, then everything.

mod page;

use crate::{
    app::App,
    lesson::store,
    ui::frame::Frame,
    web::{JoinedStudent, PageResult},
};
use axum::extract::State;

/// `GET /student`.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    frame: Frame,
) -> PageResult {
    let outline =
        store::outline(&mut *app.db.acquire().await?, classroom.id, Some(student.id), app.clock.now()).await?;
    Ok(page::home(frame, student, classroom, outline).await)
}
