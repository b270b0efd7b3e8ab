//! `POST /teach/classes/{classroom}/submissions/{submission}/takedown`: a teacher takes a work out of what a gallery shows
//! to the class. It stays handed in, and its student may show it again.

use super::store;
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    material::teach::material_path,
    web::{Asked, Error, Notice, PageResult, Protected, Respond, Teaching, see_other},
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::SubmissionId;

/// The form; it has nothing to say.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Nothing {}

/// Nobody else in the class sees it from then on.
pub async fn take_down(
    Teaching(staff, classroom): Teaching,
    Asked(submission): Asked<SubmissionId>,
    State(app): State<App>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let found = store::take_down(&mut tx, classroom.id, submission).await?;
    let (material, student) = found.ok_or(Error::NotFound)?;
    let entry = Entry::new("shown_work_taken_down", Subject::Material(material)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry.with("student", Detail::Id(student.0))).await?;
    tx.commit().await?;
    Ok(see_other(material_path(&classroom, material)).with_notice(Notice::TakenDown))
}
