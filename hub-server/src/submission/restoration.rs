//! `POST …/submissions/{submission}/restoration`: what a student has just withdrawn is handed in again, with its own time.

use super::{path, store};
use crate::{
    app::App,
    grading::{policy::Closed, returned},
    material::{Settings, store as materials},
    web::{Asked, Error, JoinedStudent, Nothing, Notice, PageResult, Protected, Respond, see_other},
};
use axum::extract::State;
use shared_types::ids::{MaterialId, SubmissionId};

/// Brings it back. It was handed in when it was, so a date that has passed since does not stand in its way; a grade that
/// came back and was the last word does, and the page says so.
pub async fn restore(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(id): Asked<MaterialId>,
    Asked(submission): Asked<SubmissionId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let material = materials::of_class(&mut tx, classroom.id, id, now).await?;
    let material = material.filter(|material| material.open).ok_or(Error::NotFound)?;
    let closed = returned::feedback(&mut tx, student.id, &material, now).await?.closed;
    if !store::restore(&mut tx, student.id, id, submission).await? {
        return Err(Error::NotFound);
    }
    if closed == Some(Closed::Returned) {
        return Ok(see_other(path(id)));
    }
    tx.commit().await?;
    let is_gallery = matches!(material.settings, Settings::Gallery(_));
    let notice = if is_gallery { Notice::HandedInAgainUnshared } else { Notice::HandedInAgain };
    Ok(see_other(path(id)).with_notice(notice))
}
