//! Where answers come from: one enum, one call, tried in the configured order until one starts to answer. One that keeps
//! failing is left alone for a while (see [`breaker`]).

pub mod breaker;
mod chat_completions;
pub mod embedded;
pub mod ledger;
mod lesson_only;
mod ollama;
mod openai;

use crate::{
    config::{BackendConfig, BackendSettings},
    prompt::Prompt,
};
use async_stream::stream;
use breaker::{Breaker, Standing};
use chat_completions::ChatCompletions;
use embedded::Embedded;
use futures::{Stream, StreamExt};
use ledger::Ledger;
use ollama::Ollama;
use openai::OpenAi;
use serde::Serialize;
use server_kit::clock::Clock;
use shared_types::event::BackendKind;
use std::{
    pin::Pin,
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};
use tokio::time::timeout;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a model that was told to load is not told again.
const WARM_FOR_S: i64 = 5 * 60;
/// Large models come from a slow disk.
const WARMING_TAKES: Duration = Duration::from_mins(3);

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
    /// What was written is sound, and not all of it.
    #[error("the room for its answer was used up")]
    Full,
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
    #[error("its monthly ceiling is reached")]
    CeilingReached,
    #[error("what it may cost cannot be counted: {0}")]
    NotCounted(#[from] sqlx::Error),
}

impl BackendError {
    /// A word for operators.
    const fn reason(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Status(_) => "refused",
            Self::Reported(_) => "reported_an_error",
            Self::Malformed(_) => "unreadable",
            Self::Cut => "broke_off",
            Self::Full => "no_room",
            Self::Silent => "silent",
            Self::TooSlow(_) => "too_slow",
            Self::Died => "died",
            Self::Down => "not_running",
            Self::PromptTooLong => "prompt_too_long",
            Self::CeilingReached => "ceiling_reached",
            Self::NotCounted(_) => "cost_not_counted",
        }
    }

    /// Whether it says something about the backend, and not about this one prompt.
    const fn is_the_backends_fault(&self) -> bool {
        !matches!(self, Self::PromptTooLong)
    }

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
    /// Turns it answers at the same time.
    slots: usize,
    first_text_timeout: Duration,
    breaker: Breaker,
}

/// How a backend is, for operators.
#[derive(Clone, Debug, Serialize)]
pub struct BackendHealth {
    pub backend: BackendKind,
    pub slots: usize,
    pub standing: Standing,
    /// Why its last try failed; none while it answers.
    pub reason: Option<&'static str>,
}

#[derive(Debug)]
enum Source {
    Ollama(Ollama),
    OpenAi(OpenAi),
    ChatCompletions(ChatCompletions),
    Embedded(Embedded),
    LessonOnly,
}

impl Backend {
    fn new(settings: &BackendSettings, http: &reqwest::Client, ledger: &Ledger) -> anyhow::Result<Self> {
        let http = http.clone();
        let source = match settings.config.clone() {
            BackendConfig::Ollama { url, model, size } => Source::Ollama(Ollama::new(http, &url, model, size)),
            BackendConfig::OpenAi { url: base, model, key, size, prices } => {
                let settings = openai::Settings { base, model, key, size, prices };
                Source::OpenAi(OpenAi::new(http, settings, ledger.clone()))
            }
            BackendConfig::ChatCompletions { url, model, key, size } => {
                Source::ChatCompletions(ChatCompletions::new(http, &url, model, key, size))
            }
            BackendConfig::Embedded { model, size } => {
                let slots = u16::try_from(settings.slots).unwrap_or(u16::MAX);
                Source::Embedded(Embedded::start(&model, slots, size)?)
            }
            BackendConfig::LessonOnly => Source::LessonOnly,
        };
        let BackendSettings { slots, first_text_timeout, .. } = *settings;
        Ok(Self { source, slots, first_text_timeout, breaker: Breaker::default() })
    }

    /// Which kind it is.
    pub const fn kind(&self) -> BackendKind {
        match self.source {
            Source::Ollama(_) => BackendKind::Ollama,
            Source::OpenAi(_) => BackendKind::OpenAiResponses,
            Source::ChatCompletions(_) => BackendKind::ChatCompletions,
            Source::Embedded(_) => BackendKind::Embedded,
            Source::LessonOnly => BackendKind::LessonOnly,
        }
    }

    /// Whether it writes text of its own.
    pub const fn is_a_model(&self) -> bool {
        !matches!(self.source, Source::LessonOnly)
    }

    /// Lets it load its model before the first question, where it has one to load.
    async fn warm_up(&self) -> Result<(), BackendError> {
        match &self.source {
            Source::Ollama(ollama) => ollama.warm_up().await,
            Source::Embedded(embedded) => embedded.warm_up(),
            Source::OpenAi(_) | Source::ChatCompletions(_) | Source::LessonOnly => Ok(()),
        }
    }

    async fn stream(&self, prompt: &Prompt) -> Result<TextStream, BackendError> {
        match &self.source {
            Source::Ollama(ollama) => ollama.stream(prompt).await,
            Source::OpenAi(openai) => openai.stream(prompt).await,
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
    next_text_timeout: Duration,
    clock: Clock,
    /// Unix second at which a model was last told to load.
    warmed_at: AtomicI64,
}

impl Backends {
    /// Sets the backends up; starts the embedded model's process if one is configured.
    /// What the paid ones cost is counted in `ledger`.
    pub fn new(
        backends: &[BackendSettings],
        next_text_timeout: Duration,
        clock: Clock,
        ledger: &Ledger,
    ) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT).no_proxy().build()?;
        let backends = backends.iter().map(|backend| Backend::new(backend, &http, ledger));
        let ordered = backends.collect::<anyhow::Result<_>>()?;
        Ok(Self { ordered, next_text_timeout, clock, warmed_at: AtomicI64::new(0) })
    }

    /// Somebody has opened a lesson and may ask soon: the first backend that would be asked loads its model. A class
    /// that opens a lesson together is told once.
    pub async fn warm_up(&self) {
        let (now, at) = (self.clock.unix(), self.warmed_at.load(Ordering::Relaxed));
        if now - at < WARM_FOR_S
            || self.warmed_at.compare_exchange(at, now, Ordering::Relaxed, Ordering::Relaxed).is_err()
        {
            return;
        }
        let standing = self.clock.now();
        let Some(backend) = self.ordered.iter().find(|one| one.breaker.standing(standing) != Standing::Open) else {
            return;
        };
        let warmed = timeout(WARMING_TAKES, backend.warm_up()).await;
        if let Err(error) = warmed.unwrap_or(Err(BackendError::TooSlow(WARMING_TAKES))) {
            tracing::warn!(backend = ?backend.kind(), %error, "a model could not be loaded ahead");
        }
    }

    /// Those to be tried now, in order; never none.
    pub fn to_try(&self) -> Vec<&Backend> {
        let now = self.clock.now();
        let admitted: Vec<&Backend> = self.ordered.iter().filter(|backend| backend.breaker.admits(now)).collect();
        if admitted.is_empty() { self.ordered.iter().collect() } else { admitted }
    }

    /// Which one would answer now, as far as the last tries tell.
    pub fn would_answer(&self) -> Option<BackendKind> {
        let works = |backend: &&Backend| backend.breaker.last_failure().is_none();
        self.ordered.iter().find(works).or(self.ordered.last()).map(Backend::kind)
    }

    /// How many turns may be answered at the same time now: as many as the first backend that is not left alone
    /// really answers side by side.
    pub fn slots(&self) -> usize {
        let now = self.clock.now();
        let open = |backend: &&Backend| backend.breaker.standing(now) != Standing::Open;
        self.ordered.iter().find(open).or(self.ordered.last()).map_or(1, |backend| backend.slots)
    }

    /// The most that [`slots`](Self::slots) can be.
    pub fn most_slots(&self) -> usize {
        self.ordered.iter().map(|backend| backend.slots).max().unwrap_or(1)
    }

    /// How each of them is.
    pub fn health(&self) -> Vec<BackendHealth> {
        let now = self.clock.now();
        let health = self.ordered.iter().map(|backend| BackendHealth {
            backend: backend.kind(),
            slots: backend.slots,
            standing: backend.breaker.standing(now),
            reason: backend.breaker.last_failure(),
        });
        health.collect()
    }

    /// Asks one backend and waits for its first text.
    pub async fn open(&self, backend: &Backend, prompt: &Prompt) -> Result<Answering, BackendError> {
        let asking = Asking(&backend.breaker);
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
        let limit = backend.first_text_timeout;
        let opened = timeout(limit, first).await.unwrap_or(Err(BackendError::TooSlow(limit)));
        match &opened {
            Ok(_) => backend.breaker.succeeded(),
            Err(error) if error.is_the_backends_fault() => backend.breaker.failed(self.clock.now(), error.reason()),
            Err(_) => {}
        }
        drop(asking);
        let Answering { first, rest } = opened?;
        Ok(Answering { first, rest: within(self.next_text_timeout, rest) })
    }
}

/// Lets the next one try where an asker went away before the backend had said anything.
struct Asking<'b>(&'b Breaker);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.undecided();
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
