//! What is answered where something is missing or went wrong: a page with a way on, or JSON for the chat.

use super::{
    language::BrowserWords,
    layout::{self, Plain},
    words::{Words, words},
};
use crate::{app::App, turn::Refusal};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use helper_ui::ui::Drawing;
use server_kit::frame;
use shared_types::turn::Problem;
use std::{fmt, panic::AssertUnwindSafe};

/// Why the chat was not given what it asked for.
#[derive(Debug)]
pub struct ChatError {
    refusal: Refusal,
    locale: String,
}

impl ChatError {
    /// Says `refusal` in the language of `locale`.
    pub fn new(refusal: Refusal, locale: &str) -> Self {
        log(&refusal);
        Self { refusal, locale: locale.to_owned() }
    }
}

impl IntoResponse for ChatError {
    fn into_response(self) -> Response {
        let (code, message) = (self.refusal.code().to_owned(), words(&self.locale).refusal(&self.refusal));
        let mut response = (self.refusal.status(), Json(Problem { code, message })).into_response();
        retry_after(&mut response, &self.refusal);
        response
    }
}

/// Tells when it is worth trying again.
pub fn retry_after(response: &mut Response, refusal: &Refusal) {
    if let Some(seconds) = refusal.retry_after_s() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// Refusals are ordinary; a neighbour that is away is not.
pub fn log(refusal: &Refusal) {
    match refusal {
        Refusal::Database(_) | Refusal::Redis(_) => {
            tracing::error!(error = format!("{:#}", anyhow::anyhow!(refusal.to_string())), detail = ?refusal, "a question could not be taken");
        }
        expected => tracing::info!(code = expected.code(), "a question was not taken"),
    }
}

/// Something that was not to be expected. People get a sentence and a next step, logs get the chain.
#[derive(Debug)]
pub struct Unexpected(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Unexpected {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

impl IntoResponse for Unexpected {
    fn into_response(self) -> Response {
        tracing::error!(error = %self, "a request failed");
        let problem = Problem { code: "helper_resting".into(), message: words("en").resting.into() };
        (StatusCode::SERVICE_UNAVAILABLE, Json(problem)).into_response()
    }
}

/// The page for an address that leads nowhere, or not for this person.
pub async fn missing_page(app: &App, words: &'static Words) -> Response {
    let plain =
        Plain { title: words.no_such_page, text: words.no_such_page_more.to_owned(), drawing: Drawing::Signpost };
    layout::plain_page(app, words, StatusCode::NOT_FOUND, plain).await
}

/// The page for what was not to be expected.
pub async fn broken_page(app: &App, words: &'static Words, error: Unexpected) -> Response {
    tracing::error!(%error, "a page failed");
    let plain = Plain { title: words.went_wrong, text: words.went_wrong_more.to_owned(), drawing: Drawing::Resting };
    layout::plain_page(app, words, StatusCode::SERVICE_UNAVAILABLE, plain).await
}

/// For addresses no route knows.
pub async fn no_such_page(State(app): State<App>, BrowserWords(words): BrowserWords) -> Response {
    missing_page(&app, words).await
}

/// For routes that do not know the method.
pub async fn no_such_method(State(app): State<App>, BrowserWords(words): BrowserWords) -> Response {
    let mut page = missing_page(&app, words).await;
    *page.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    page
}

/// Middleware: a handler that panics answers like one that failed, with a page or, for the chat, JSON.
pub async fn panics(
    State(app): State<App>,
    BrowserWords(words): BrowserWords,
    request: Request,
    next: Next,
) -> Response {
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let wants_page = accepts.is_some_and(|accepts| accepts.contains("text/html"));
    let panic = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => return response,
        Err(panic) => Unexpected(anyhow::anyhow!("a handler panicked: {}", frame::panic_message(&*panic))),
    };
    if wants_page { broken_page(&app, words, panic).await } else { panic.into_response() }
}
