//! Deleting one thing, or everything. Rows go first, then files; what a crash leaves of the files the sweeper takes.

use super::{PATH, page, register, store};
use crate::{
    app::App,
    storage,
    ui::frame::Frame,
    web::{Error, JoinedStudent, Notice, PageResult, Protected, Respond, browser::CookieKind, see_other},
};
use axum::{
    extract::{Path, State},
    http::HeaderValue,
};
use serde::Deserialize;
use shared_types::ids::{FileId, MaterialId, SubmissionId};
use uuid::Uuid;

/// A form without fields.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Nothing {}

/// `POST /student/my-data/{record}/{id}/deletion`: one file, answer or draft.
pub async fn delete_one(
    State(app): State<App>,
    JoinedStudent(student, _): JoinedStudent,
    Path((record, id)): Path<(String, Uuid)>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let mut files = Vec::new();
    let found = match record.as_str() {
        "files" => {
            let of_submission = store::delete_submission(&mut tx, student.id, SubmissionId(id)).await?;
            files = storage::store::remove(&mut tx, &of_submission).await?;
            !of_submission.is_empty()
        }
        "answers" => store::delete_answer(&mut tx, student.id, MaterialId(id)).await?,
        "drafts" => store::delete_draft(&mut tx, student.id, MaterialId(id)).await?,
        _ => false,
    };
    if !found {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    remove(&app, &files).await;
    Ok(see_other(PATH).with_notice(Notice::PieceDeleted))
}

/// `GET /student/my-data/deletion`: whether it is really meant.
pub async fn ask(State(app): State<App>, JoinedStudent(student, classroom): JoinedStudent, frame: Frame) -> PageResult {
    let counts = register::counts(&mut *app.db.acquire().await?, student.id).await?;
    Ok(page::ask(frame, student, classroom, counts).await)
}

/// `POST /student/my-data/deletion`: everything, the session and the device's memory included.
pub async fn delete_everything(
    State(app): State<App>,
    JoinedStudent(student, _): JoinedStudent,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let files = store::all_files(&mut tx, student.id).await?;
    register::delete_all(&mut tx, student.id).await?;
    let files = storage::store::remove(&mut tx, &files).await?;
    tx.commit().await?;
    remove(&app, &files).await;
    tracing::info!(files = files.len(), "a student deleted everything stored about them");
    let mut gone = see_other("/").with_notice(Notice::EverythingDeleted);
    // As on leaving a shared computer (`enrolment::leave`).
    gone.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    Ok(gone.with_cookie(&app.no_cookie(CookieKind::Student)).with_cookie(&app.no_cookie(CookieKind::Device)))
}

async fn remove(app: &App, files: &[FileId]) {
    for file in files {
        if let Err(error) = app.storage.remove(*file).await {
            tracing::warn!(%error, %file, "a file whose row is gone stays until the next sweep");
        }
    }
}
