//! `POST …/submissions/{submission}/withdrawal`: a student takes their own newest version back.

use super::{path, store};
use crate::{
    app::App,
    web::{Asked, Error, JoinedStudent, Notice, PageResult, Protected, Respond, Undo, see_other},
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::{MaterialId, SubmissionId};

/// A form without fields.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Nothing {}

/// Takes it back. The version before it, if there is one, counts again.
pub async fn withdraw(
    State(app): State<App>,
    JoinedStudent(student, _): JoinedStudent,
    Asked(material): Asked<MaterialId>,
    Asked(submission): Asked<SubmissionId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    if !store::withdraw(&mut tx, student.id, material, submission, app.clock.now()).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    let undo = Undo::restore(&format!("{}/submissions/{submission}", path(material)));
    Ok(see_other(path(material)).with_undo(Notice::Withdrawn, &undo))
}
