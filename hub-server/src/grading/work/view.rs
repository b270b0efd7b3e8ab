//! `GET /teach/classes/{classroom}/submissions/{submission}/view`: a file shown within the grading page. Only kinds that
//! a browser shows without running anything of them; all others are saved (`…/file`).

use super::kind_of;
use crate::{
    app::App,
    storage::{self, SafeName, Sending, Shown},
    submission::{FileKind, store},
    web::{Asked, Error, PageResult, Viewing},
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, Method, header},
};
use shared_types::ids::SubmissionId;

/// The browser's own reader of PDF needs its styles and may stand in a frame of ours; of the file itself nothing runs.
/// The frame has no `sandbox` and neither has this policy, as readers do not open within one. In its place: this answer is
/// a PDF by type, whatever is in it (`nosniff`), and where a link of the PDF leads the frame elsewhere, the page's
/// `frame-src` stops it outside of this host and every other answer's `frame-ancestors 'none'` within.
const PDF_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'",
);

/// Sends the file.
pub async fn show(
    State(app): State<App>,
    Viewing { classroom, .. }: Viewing,
    Asked(submission): Asked<SubmissionId>,
    method: Method,
    headers: HeaderMap,
) -> PageResult {
    let found = store::file_for_class(&mut *app.db.acquire().await?, classroom.id, submission).await?;
    let submitted = found.ok_or(Error::NotFound)?;
    let kind = kind_of(&submitted.file_name).filter(|kind| is_shown(*kind)).ok_or(Error::NotFound)?;
    let sending = Sending {
        id: submitted.file.id,
        bytes: u64::try_from(submitted.file.bytes).unwrap_or_default(),
        sha256: submitted.file.sha256,
        // What the content was found to be, not what it is called.
        content_type: submitted.file.content_type,
        name: SafeName::of(&submitted.file_name),
        shown: Shown::Inline,
    };
    if sending.content_type != kind.content_type() {
        return Err(Error::NotFound);
    }
    let mut response = storage::send(&app.storage, &sending, &method, &headers).await?;
    if kind == FileKind::Pdf {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, PDF_POLICY);
        response.headers_mut().insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    }
    Ok(response)
}

const fn is_shown(kind: FileKind) -> bool {
    matches!(
        kind,
        FileKind::Png | FileKind::Jpeg | FileKind::Gif | FileKind::Webp | FileKind::Pdf | FileKind::Mp3 | FileKind::Mp4
    )
}
