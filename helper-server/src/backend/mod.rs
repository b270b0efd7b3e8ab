//! Where answers come from: one enum, one call, tried in the configured order until one starts to answer.

mod chat_completions;
pub mod embedded;
mod lesson_only;
mod ollama;

use crate::{
    config::{BackendConfig, Config},
    prompt::Prompt,
};
use async_stream::stream;
use chat_completions::ChatCompletions;
use embedded::Embedded;
use futures::{Stream, StreamExt};
use ollama::Ollama;
use shared_types::event::BackendKind;
use std::{
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::time::timeout;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// Text as it is written. It stops with the first error; dropping it frees the model.
pub type TextStream = Pin<Box<dyn Stream<Item = Result<String, BackendError>> + Send>>;

/// Why a backend gave no (more) text.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    #[error("it cannot be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
    #[error("it answered with status {0}")]
    Status(u16),
    #[error("it reported: {0}")]
    Reported(String),
    #[error("it sent what cannot be read: {0}")]
    Malformed(String),
    #[error("it stopped in the middle")]
    Cut,
    #[error("it wrote nothing")]
    Silent,
    #[error("it took longer than {} s", .0.as_secs())]
    TooSlow(Duration),
    #[error("its process died")]
    Died,
    #[error("its process is not running")]
    Down,
    #[error("the prompt is too long for its context")]
    PromptTooLong,
}

impl BackendError {
    /// Says where, not what: this goes into logs, and what was sent may be somebody's words.
    fn malformed(error: &serde_json::Error) -> Self {
        Self::Malformed(format!("{:?} error at column {}", error.classify(), error.column()))
    }
}

/// An answer that has started.
pub struct Answering {
    pub first: String,
    pub rest: TextStream,
}

/// One source of answers.
#[derive(Debug)]
pub struct Backend {
    source: Source,
    failed_last: AtomicBool,
}

#[derive(Debug)]
enum Source {
    Ollama(Ollama),
    ChatCompletions(ChatCompletions),
    Embedded(Embedded),
    LessonOnly,
}

impl Backend {
    fn new(config: &BackendConfig, http: &reqwest::Client) -> anyhow::Result<Self> {
        let http = http.clone();
        let source = match config.clone() {
            BackendConfig::Ollama { url, model, size } => Source::Ollama(Ollama::new(http, &url, model, size)),
            BackendConfig::ChatCompletions { url, model, key, size } => {
                Source::ChatCompletions(ChatCompletions::new(http, &url, model, key, size))
            }
            BackendConfig::Embedded { model, slots, size } => Source::Embedded(Embedded::start(&model, slots, size)?),
            BackendConfig::LessonOnly => Source::LessonOnly,
        };
        Ok(Self { source, failed_last: AtomicBool::new(false) })
    }

    /// Which kind it is.
    pub const fn kind(&self) -> BackendKind {
        match self.source {
            Source::Ollama(_) => BackendKind::Ollama,
            Source::ChatCompletions(_) => BackendKind::ChatCompletions,
            Source::Embedded(_) => BackendKind::Embedded,
            Source::LessonOnly => BackendKind::LessonOnly,
        }
    }

    async fn stream(&self, prompt: &Prompt) -> Result<TextStream, BackendError> {
        match &self.source {
            Source::Ollama(ollama) => ollama.stream(prompt).await,
            Source::ChatCompletions(chat) => chat.stream(prompt).await,
            Source::Embedded(embedded) => embedded.stream(prompt),
            Source::LessonOnly => Ok(lesson_only::stream(prompt)),
        }
    }
}

/// The configured backends.
#[derive(Debug)]
pub struct Backends {
    ordered: Vec<Backend>,
    first_text_timeout: Duration,
    next_text_timeout: Duration,
}

impl Backends {
    /// Sets the backends up; starts the embedded model's process if one is configured.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT).no_proxy().build()?;
        let backends = config.backends.iter().map(|backend| Backend::new(backend, &http));
        Ok(Self {
            ordered: backends.collect::<anyhow::Result<_>>()?,
            first_text_timeout: config.first_text_timeout,
            next_text_timeout: config.next_text_timeout,
        })
    }

    /// All of them, in the order in which they are tried.
    pub fn in_order(&self) -> impl Iterator<Item = &Backend> {
        self.ordered.iter()
    }

    /// Which one would answer now, as far as the last tries tell.
    pub fn would_answer(&self) -> Option<BackendKind> {
        let works = |backend: &&Backend| !backend.failed_last.load(Ordering::Relaxed);
        self.ordered.iter().find(works).or(self.ordered.last()).map(Backend::kind)
    }

    /// Asks one backend and waits for its first text.
    pub async fn open(&self, backend: &Backend, prompt: &Prompt) -> Result<Answering, BackendError> {
        let first = async {
            let mut text = backend.stream(prompt).await?;
            loop {
                match text.next().await {
                    Some(Ok(first)) if first.is_empty() => {}
                    Some(Ok(first)) => return Ok(Answering { first, rest: text }),
                    Some(Err(error)) => return Err(error),
                    None => return Err(BackendError::Silent),
                }
            }
        };
        let limit = self.first_text_timeout;
        let opened = timeout(limit, first).await.unwrap_or(Err(BackendError::TooSlow(limit)));
        backend.failed_last.store(opened.is_err(), Ordering::Relaxed);
        let Answering { first, rest } = opened?;
        Ok(Answering { first, rest: within(self.next_text_timeout, rest) })
    }
}

/// Ends a stream that pauses for too long.
fn within(limit: Duration, mut text: TextStream) -> TextStream {
    Box::pin(stream! {
        loop {
            match timeout(limit, text.next()).await {
                Ok(Some(piece)) => yield piece,
                Ok(None) => return,
                Err(_) => {
                    yield Err(BackendError::TooSlow(limit));
                    return;
                }
            }
        }
    })
}

/// Checks the status of an answer to a streaming call.
fn accepted(response: reqwest::Response) -> Result<reqwest::Response, BackendError> {
    if response.status().is_success() { Ok(response) } else { Err(BackendError::Status(response.status().as_u16())) }
}
