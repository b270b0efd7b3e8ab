//! Sending a file to a browser: whole or in part, named, and as nothing that could run.

use super::{OpenError, SafeName, Storage, range};
use crate::{
    hexadecimal::hexadecimal,
    web::{Error, PageResult},
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use shared_types::ids::FileId;

/// Nothing in a file of somebody else's may run or load anything, even when it is opened by itself.
const SANDBOX: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");
/// The same for films and sounds, which the browser plays in a page of its own when they are opened by themselves: that
/// page loads the file and styles itself. What is sent as such cannot run, whatever is in it.
const PLAYED: HeaderValue = HeaderValue::from_static("default-src 'none'; media-src 'self'; style-src 'unsafe-inline'");
/// Asked about each time, because the right to see it may end; its content never changes. What a cache on the way
/// compresses would no longer be what its range says.
const CACHING: HeaderValue = HeaderValue::from_static("private, no-cache, no-transform");

/// What is sent.
#[derive(Clone, Debug)]
pub struct Sending {
    pub id: FileId,
    pub bytes: u64,
    pub sha256: Vec<u8>,
    pub content_type: String,
    pub name: SafeName,
    pub shown: Shown,
}

/// How a browser is to treat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Within one of our pages: a picture, a video.
    Inline,
    /// Saved.
    Attachment,
}

impl Sending {
    fn etag(&self) -> String {
        format!("\"{}\"", hexadecimal(&self.sha256))
    }
}

/// Answers `GET` and `HEAD` for a file: conditions, one range, and headers that keep it from being run.
pub async fn send(storage: &Storage, file: &Sending, method: &Method, asked: &HeaderMap) -> PageResult {
    let etag = file.etag();
    if listed(asked, &header::IF_NONE_MATCH, &etag) {
        return Ok(dressed(StatusCode::NOT_MODIFIED.into_response(), file, &etag));
    }
    let same = asked.get(header::IF_RANGE).is_none_or(|tag| tag.as_bytes() == etag.as_bytes());
    let wanted = asked.get(header::RANGE).and_then(|range| range.to_str().ok()).filter(|_| same);
    let (status, part) = match range::asked(wanted, file.bytes) {
        range::Asked::Whole => (StatusCode::OK, 0..file.bytes),
        range::Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        range::Asked::Outside => {
            let mut response = dressed(StatusCode::RANGE_NOT_SATISFIABLE.into_response(), file, &etag);
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_RANGE, value(&format!("bytes */{}", file.bytes))?);
            // There is none of it here, whatever it is.
            headers.remove(header::CONTENT_TYPE);
            return Ok(response);
        }
    };
    let body = if *method == Method::HEAD || part.is_empty() {
        Body::empty()
    } else {
        body(storage, file, (status == StatusCode::PARTIAL_CONTENT).then(|| part.clone())).await?
    };
    let mut response = dressed((status, body).into_response(), file, &etag);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{}", part.start, part.end - 1, file.bytes);
        headers.insert(header::CONTENT_RANGE, value(&range)?);
    }
    Ok(response)
}

async fn body(storage: &Storage, file: &Sending, part: Option<std::ops::Range<u64>>) -> Result<Body, Error> {
    match storage.open(file.id, part).await {
        Ok(pieces) => Ok(Body::from_stream(pieces)),
        Err(OpenError::Missing) => Err(anyhow::anyhow!("the file {} is not in the storage", file.id).into()),
        Err(OpenError::Away(error)) => Err(Error::Unavailable(std::sync::Arc::new(anyhow::Error::new(error)))),
    }
}

fn dressed(mut response: Response, file: &Sending, etag: &str) -> Response {
    let kind = if file.shown == Shown::Inline { "inline" } else { "attachment" };
    let headers = response.headers_mut();
    for (name, text) in [
        (header::CONTENT_TYPE, file.content_type.as_str()),
        (header::CONTENT_DISPOSITION, &file.name.disposition(kind)),
        (header::ETAG, etag),
    ] {
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, CACHING);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(&file.content_type, file.shown == Shown::Inline));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// What a file of this type may do where it is opened by itself.
pub fn policy(content_type: &str, inline: bool) -> HeaderValue {
    let played = inline && ["video/", "audio/"].iter().any(|kind| content_type.starts_with(kind));
    if played { PLAYED } else { SANDBOX }
}

fn listed(headers: &HeaderMap, name: &header::HeaderName, etag: &str) -> bool {
    let tags = headers.get_all(name).into_iter().filter_map(|tags| tags.to_str().ok()).flat_map(|tags| tags.split(','));
    tags.map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

fn value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(text).map_err(|error| anyhow::Error::new(error).into())
}

/// What was made for this answer alone, as a file to save.
pub fn attached(content_type: &'static str, name: &SafeName, content: impl Into<Body>) -> PageResult {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CONTENT_DISPOSITION, value(&name.disposition("attachment"))?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    Ok((headers, content.into()).into_response())
}

/// What a browser is sent that has no length yet: made while it is sent.
pub fn streamed(content_type: &'static str, name: &SafeName, pieces: super::Pieces) -> PageResult {
    let body = Body::from_stream(pieces);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CONTENT_DISPOSITION, value(&name.disposition("attachment"))?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform")),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
        // Neither compressed nor cut: see server_kit::frame.
        (header::ACCEPT_RANGES, HeaderValue::from_static("none")),
    ];
    Ok((headers, body).into_response())
}
