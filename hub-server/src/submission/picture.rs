//! `GET …/submissions/{submission}/picture`: a picture as large as a page shows it, for whoever may see the file. Only what was
//! found to be a picture when it came is sent, as that and nothing else.
//!
//! A large one is painted anew: it is smaller then, and what a camera wrote beside it is not in it.

use super::{
    FileKind,
    file::{SeenByStudent, sending},
    store::FileOf,
};
use crate::{
    app::App,
    hexadecimal::hexadecimal,
    storage::{self, SafeName, Shown, Spooled, Storage},
    web::{Error, PageResult},
};
use anyhow::Context;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::TryStreamExt;

/// A picture of more bytes is painted anew.
const AS_IT_IS: i64 = 300_000;
/// So is one that moves, but later: painted, it stands still.
const MOVING_AS_IT_IS: i64 = 5_000_000;

/// Sends the picture.
pub async fn show(State(app): State<App>, SeenByStudent(asked): SeenByStudent) -> PageResult {
    let kind = picture_kind(&asked.submitted.file_name).ok_or(Error::NotFound)?;
    let file = asked.submitted.file;
    if file.content_type != kind.content_type() {
        return Err(Error::NotFound);
    }
    let most = if kind == FileKind::Gif { MOVING_AS_IT_IS } else { AS_IT_IS };
    if file.bytes <= most {
        let name = SafeName::of(&asked.submitted.file_name);
        return storage::send(&app.storage, &sending(file, name, Shown::Inline), &asked.method, &asked.headers).await;
    }
    let etag = format!("\"{}-painted\"", hexadecimal(&file.sha256));
    if asked.headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return dressed(StatusCode::NOT_MODIFIED.into_response(), &etag);
    }
    let painted = app.checks.painted(&copy(&app.storage, &file).await?, kind).await?.ok_or(Error::NotFound)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(painted.content_type));
    dressed((headers, Body::from(painted.content)).into_response(), &etag)
}

/// The kind of a file that was checked when it came, where it is a picture.
pub(super) fn picture_kind(name: &str) -> Option<FileKind> {
    let kind = SafeName::of(name).ending().and_then(|ending| FileKind::of_ending(&ending))?;
    matches!(kind, FileKind::Png | FileKind::Jpeg | FileKind::Gif | FileKind::Webp).then_some(kind)
}

/// As [`storage::send`] does: it may be kept by the browser and is asked about each time, and nothing in it runs.
fn dressed(mut response: Response, etag: &str) -> PageResult {
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::try_from(etag).map_err(anyhow::Error::new)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-transform"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

/// A copy on this machine, which goes when it is dropped.
async fn copy(storage: &Storage, file: &FileOf) -> anyhow::Result<Spooled> {
    let mut pieces = storage.open(file.id, None).await?;
    let mut spool = storage.spool(u64::try_from(file.bytes)?).await?;
    while let Some(piece) = pieces.try_next().await? {
        spool.write(&piece).await.context("the file is longer than its row says")?;
    }
    Ok(spool.finish().await?)
}
