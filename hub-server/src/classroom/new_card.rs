//! `POST …/students/{student}/return-code`: a new return card, for the teacher to print or to hand over.

use super::{pages, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    enrolment::{self, admission},
    ui::frame::Frame,
    web::{Asked, Error, Nothing, PageResult, Protected, Teaching},
};
use axum::extract::State;
use shared_types::ids::StudentId;

/// Gives the student another return code and shows its card once; the old one stops.
pub async fn renew(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(student): Asked<StudentId>,
    frame: Frame,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let student = store::student(&mut tx, classroom.id, student, app.clock.now()).await?.ok_or(Error::NotFound)?;
    let code = admission::renew_return_code(&mut tx, &app, classroom.id, student.id).await?;
    // What the student has not looked at yet is the old one.
    enrolment::store::remove_card(&mut tx, student.id).await?;
    let entry = Entry::new("return_code_renewed", Subject::Student(student.id)).within(classroom.organisation);
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    let address = enrolment::come_back_address(&app);
    Ok(pages::new_card(frame, pages::NewCard { staff: teacher, classroom, student, code, address }).await)
}
