//! `POST …/submissions/{submission}/sharing`: a student shows a picture to the class, or no longer.

use super::{path, store};
use crate::{
    app::App,
    web::{Asked, Error, JoinedStudent, Notice, PageResult, Protected, Respond, see_other},
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::{MaterialId, SubmissionId};

/// The form under a version.
#[derive(Clone, Debug, Deserialize)]
pub struct SharingForm {
    shared: String,
}

/// Shares, or withdraws the sharing; nobody else sees it from then on.
pub async fn set_sharing(
    State(app): State<App>,
    JoinedStudent(student, _): JoinedStudent,
    Asked(material): Asked<MaterialId>,
    Asked(submission): Asked<SubmissionId>,
    Protected(form): Protected<SharingForm>,
) -> PageResult {
    let since = (form.shared == "yes").then(|| app.clock.now());
    let mut tx = app.db.begin().await?;
    if !store::set_sharing(&mut tx, student.id, material, submission, since).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    let notice = if since.is_some() { Notice::Shared } else { Notice::NoLongerShared };
    Ok(see_other(path(material)).with_notice(notice))
}
