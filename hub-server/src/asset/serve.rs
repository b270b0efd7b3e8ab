//! `GET /files/{asset}/{name}`: a file of the organisation, for students of its classes once it is published, and for its
//! staff. For everybody else there is no such file.

use super::{is_shown, store};
use crate::{
    app::App,
    storage::{self, SafeName, Sending, Shown},
    web::{Error, JoinedStudent, PageResult, SignedIn},
};
use axum::{
    extract::{FromRequestParts, Path, Request, State},
    http::{HeaderMap, Method},
};
use shared_types::ids::AssetId;

/// Sends the file, whole or in part.
pub async fn send(
    State(app): State<App>,
    Path((id, _)): Path<(String, String)>,
    student: Option<JoinedStudent>,
    request: Request,
) -> PageResult {
    let id: AssetId = id.parse().map_err(|_| Error::NotFound)?;
    let (mut parts, _) = request.into_parts();
    let found = match student {
        Some(JoinedStudent(_, classroom)) => {
            store::for_student(&mut *app.db.acquire().await?, classroom.organisation, id).await?
        }
        None => None,
    };
    let asset = if let Some(asset) = found {
        asset
    } else {
        // A teacher may have joined a class of another organisation in the same browser.
        let SignedIn(staff) = SignedIn::from_request_parts(&mut parts, &app).await.map_err(|_| Error::NotFound)?;
        store::for_staff(&mut *app.db.acquire().await?, staff.id, id).await?.ok_or(Error::NotFound)?
    };
    let (method, headers): (Method, HeaderMap) = (parts.method, parts.headers);
    let sending = Sending {
        id: asset.file,
        bytes: asset.bytes.unsigned_abs(),
        sha256: asset.sha256,
        name: SafeName::of(&asset.name),
        shown: if is_shown(&asset.content_type) { Shown::Inline } else { Shown::Attachment },
        content_type: asset.content_type,
    };
    storage::send(&app.storage, &sending, &method, &headers).await
}
