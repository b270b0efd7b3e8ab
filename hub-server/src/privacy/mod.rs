//! What is stored about a student: as a page, as an archive to take away, and gone when the student says so.

mod answers;
mod ask;
mod deletion;
mod index;
pub mod kept;
mod page;
mod portfolio;
pub mod register;
mod store;
mod talks;

pub use answers::{markdown as answer_markdown, plain as answer_lines};
pub use ask::one as ask_one;
pub use deletion::{ask, delete_everything, delete_one};
pub use portfolio::download;

use crate::{
    app::App,
    ui::{frame::Frame, time::Now},
    web::{JoinedStudent, PageResult},
};
use axum::extract::State;

/// Where a student sees what is stored.
pub const PATH: &str = "/student/my-data";

/// `GET /student/my-data`.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let page = page::MyData {
        now: Now { now: app.clock.now(), zone: app.config.time_zone },
        person: store::person(&mut db, student.id).await?,
        talks: talks::of_student(&mut db, &classroom, student.id, app.clock.now()).await?,
        grades: store::grades(&mut db, student.id).await?,
        files: store::files(&mut db, student.id).await?,
        answers: store::answers(&mut db, student.id).await?,
        drafts: store::drafts(&mut db, student.id).await?,
        counts: register::counts(&mut db, student.id).await?,
        classroom,
        student,
    };
    Ok(page::my_data(frame, page).await)
}
