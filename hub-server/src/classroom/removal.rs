//! `GET` and `POST …/students/{student}/removal`: deleting one student, after a page that says what goes.

use super::{pages, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    enrolment,
    ui::frame::Frame,
    web::{Asked, Error, Nothing, Notice, PageResult, Protected, Respond, Teaching, Viewing, see_other},
};
use axum::extract::State;
use shared_types::ids::StudentId;

/// Asks, and says what goes.
pub async fn show(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(student): Asked<StudentId>,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let student = store::student(&mut db, classroom.id, student, app.clock.now()).await?.ok_or(Error::NotFound)?;
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let belongings = store::belongings(&mut db, student.id).await?;
    Ok(pages::removal(frame, pages::Removal { staff, classroom, student, belongings }).await)
}

/// Deletes the student; nobody else is signed out by it.
pub async fn remove(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(student): Asked<StudentId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    if enrolment::store::remove_student(&mut tx, classroom.id, student).await? {
        let entry = Entry::new("student_removed", Subject::Student(student)).within(classroom.organisation);
        audit::record(&mut tx, &app, &teacher, entry).await?;
        tx.commit().await?;
    }
    Ok(see_other(classroom.roster_path()).with_notice(Notice::StudentRemoved))
}
