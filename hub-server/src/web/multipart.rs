//! Forms with files. [`ProtectedParts`] is the one way to read one: its first field is the CSRF token, and it is
//! checked before a byte of a file is read.

use crate::{
    app::App,
    web::{Error, browser::Browser, csrf},
};
use axum::{
    body::{Body, BodyDataStream, Bytes},
    extract::{FromRequest, FromRequestParts, Request},
    http::header,
    middleware::Next,
    response::Response,
};
use futures::{Stream, StreamExt};
use multer::{Constraints, Field, Multipart, SizeLimit};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

/// Most a form may hold in all; each field has its own, smaller limit.
pub const MAX_BODY_BYTES: u64 = 600 * 1024 * 1024;
/// How long a refused upload may go on, so that the browser gets to read why it was refused.
const DRAIN: Duration = Duration::from_mins(2);

/// The fields of a form sent from one of our own pages, in their order, after the CSRF token.
pub struct ProtectedParts(Multipart<'static>);

/// One field.
pub struct Part(Field<'static>);

impl FromRequest<App> for ProtectedParts {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        csrf::refuse_other_sites(&parts.headers)?;
        let Ok(browser) = Browser::from_request_parts(&mut parts, app).await;
        let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let boundary = multer::parse_boundary(content_type.unwrap_or_default()).map_err(|_| Error::BadRequest)?;
        let constraints = Constraints::new().size_limit(SizeLimit::new().whole_stream(MAX_BODY_BYTES));
        let mut fields = Self(Multipart::with_constraints(body.into_data_stream(), boundary, constraints));
        let first = fields.next().await?.filter(|part| part.name() == csrf::FIELD).ok_or(Error::FormExpired)?;
        csrf::verify(&first.text(256).await?, &browser, app)?;
        Ok(fields)
    }
}

impl ProtectedParts {
    /// The next field; what was left of the one before is skipped.
    pub async fn next(&mut self) -> Result<Option<Part>, Error> {
        Ok(self.0.next_field().await.map_err(error)?.map(Part))
    }
}

impl Part {
    /// The field's name; empty where it has none.
    pub fn name(&self) -> &str {
        self.0.name().unwrap_or_default()
    }

    /// What the file is called on the sender's device. Empty where no file was chosen, none where it is no file.
    pub fn file_name(&self) -> Option<&str> {
        self.0.file_name()
    }

    /// The next piece of its content.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.0.chunk().await.map_err(error)
    }

    /// The whole of a short text.
    pub async fn text(mut self, max_bytes: usize) -> Result<String, Error> {
        let mut text = Vec::new();
        while let Some(piece) = self.chunk().await? {
            if text.len() + piece.len() > max_bytes {
                return Err(Error::TooLarge);
            }
            text.extend_from_slice(&piece);
        }
        String::from_utf8(text).map_err(|_| Error::BadRequest)
    }
}

fn error(error: multer::Error) -> Error {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => Error::TooLarge,
        // Cut off, or no multipart at all.
        _ => Error::BadRequest,
    }
}

/// Middleware: reads a form with files to its end even where the answer was clear before. A browser that is still
/// sending when the connection closes shows its own error instead of our sentence.
pub async fn read_to_the_end(request: Request, next: Next) -> Response {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    if !content_type.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/")) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let rest = Rest { body: Arc::new(Mutex::new(body.into_data_stream())), breathe: false };
    let response = next.run(Request::from_parts(parts, Body::from_stream(rest.clone()))).await;
    let _read_or_late = tokio::time::timeout(DRAIN, rest.drain()).await;
    response
}

/// A body that can be read on after its reader has gone.
///
/// It gives one piece at a time and is then not ready once: multer takes everything that is ready into memory before it
/// looks at any of it, which with a fast sender and a slow disk comes to many megabytes for each of them.
#[derive(Clone)]
struct Rest {
    body: Arc<Mutex<BodyDataStream>>,
    /// A piece was just given.
    breathe: bool,
}

impl Rest {
    async fn drain(mut self) {
        let mut bytes = 0;
        while let Some(Ok(piece)) = self.next().await {
            bytes += piece.len() as u64;
            if bytes > MAX_BODY_BYTES {
                return;
            }
        }
    }
}

impl Stream for Rest {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.breathe) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let polled = self.body.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(context);
        self.breathe = matches!(polled, Poll::Ready(Some(_)));
        polled
    }
}
