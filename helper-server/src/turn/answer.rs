//! Fifth stage: a started turn becomes an answer, piece by piece.

use super::{
    hold::Hold,
    lease::Running,
    log,
    writer::{Fenced, Writer},
};
use crate::{
    app::App,
    backend::{Answering, BackendError, TextStream},
    passages,
    prompt::{self, Prompt},
};
use chrono::{DateTime, Utc};
use futures::StreamExt;
use shared_types::{
    event::BackendKind,
    turn::{FailureCode, TurnState},
};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How long text is gathered before it is sent.
const BATCH: Duration = Duration::from_millis(40);
/// How often the rest of a text is sent again before the turn is ended without it.
const FLUSHES: u32 = 5;
const FLUSH_AGAIN_AFTER: Duration = Duration::from_millis(300);

/// How a turn ends: its state, its text, and where that came from.
#[derive(Debug)]
pub struct Answer {
    state: TurnState,
    failure: Option<FailureCode>,
    backend: Option<BackendKind>,
    text: String,
    first_text_at: Option<DateTime<Utc>>,
}

impl Answer {
    /// Nobody worked on the turn any more when Stop was pressed.
    pub(super) const fn stopped_at(text: String) -> Self {
        Self { state: TurnState::Stopped, failure: None, backend: None, text, first_text_at: None }
    }

    /// The turn ends without an answer; `text` is what its readers have before them.
    pub(super) const fn failed(code: FailureCode, text: String) -> Self {
        Self { state: TurnState::Failed, failure: Some(code), backend: None, text, first_text_at: None }
    }

    pub const fn state(&self) -> TurnState {
        self.state
    }

    pub const fn failure(&self) -> Option<FailureCode> {
        self.failure
    }

    pub const fn backend(&self) -> Option<BackendKind> {
        self.backend
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub const fn first_text_at(&self) -> Option<DateTime<Utc>> {
        self.first_text_at
    }
}

/// What came of one attempt.
#[derive(Debug)]
pub enum Attempt<'a> {
    /// The turn has its answer; to be committed. The writer is there if the log holds all of the text.
    Ended(Answer, Option<Writer<'a>>),
    /// Another worker has the turn.
    Fenced,
    /// This process stops.
    Stopping,
    /// The backend broke off in the middle.
    BrokenOff,
}

/// Why writing ends before the text does.
enum Interrupt {
    Stop,
    Lost,
    Stopping,
    BrokenOff,
    NoBackend,
}

impl From<Fenced> for Interrupt {
    fn from(_: Fenced) -> Self {
        Self::Lost
    }
}

/// Writes the answer to a started turn.
pub async fn write<'a>(app: &'a App, running: &Running, hold: &Hold) -> anyhow::Result<Attempt<'a>> {
    let so_far = || log::text_so_far(app, running.id, running.attempt);
    if running.stop_requested {
        return Ok(Attempt::Ended(Answer::stopped_at(so_far().await), None));
    }
    let Some(prompt) = compose(app, running).await? else {
        return Ok(Attempt::Ended(Answer::failed(FailureCode::Erased, so_far().await), None));
    };
    let mut writer = Writer::new(app, running.id, running.attempt);
    let mut first_text_at = None;
    let ended = match stream(app, &prompt, hold, &mut writer, &mut first_text_at).await {
        Ok(()) => TurnState::Answered,
        Err(Interrupt::Stop) => TurnState::Stopped,
        Err(Interrupt::NoBackend) => TurnState::Failed,
        Err(Interrupt::Lost) => return Ok(Attempt::Fenced),
        Err(Interrupt::Stopping) => return Ok(Attempt::Stopping),
        Err(Interrupt::BrokenOff) => return Ok(Attempt::BrokenOff),
    };
    let Ok(whole) = flush_all(&mut writer).await else { return Ok(Attempt::Fenced) };
    let answer = Answer {
        state: ended,
        failure: (ended == TurnState::Failed).then_some(FailureCode::BackendUnavailable),
        backend: writer.backend(),
        text: writer.text().to_owned(),
        first_text_at,
    };
    Ok(Attempt::Ended(answer, whole.then_some(writer)))
}

/// The prompt; none if the question was erased while it waited.
async fn compose(app: &App, running: &Running) -> anyhow::Result<Option<Prompt>> {
    let Some(talk) = prompt::talk(&app.db, running).await? else { return Ok(None) };
    let passages = match running.lesson {
        Some(lesson) => passages::matching(&app.db, lesson, &talk.question).await.unwrap_or_else(|error| {
            // The hub's view may be away; an answer without the lesson's words is better than none.
            tracing::error!(turn = %running.id, %error, "the lesson's passages could not be read");
            Vec::new()
        }),
        None => Vec::new(),
    };
    Ok(Some(Prompt::compose(running, talk, passages)))
}

async fn stream(
    app: &App,
    prompt: &Prompt,
    hold: &Hold,
    writer: &mut Writer<'_>,
    first_text_at: &mut Option<DateTime<Utc>>,
) -> Result<(), Interrupt> {
    let Answering { first, rest } = open(app, prompt, hold, writer).await?;
    *first_text_at = Some(app.clock.now());
    writer.push(&first);
    writer.flush().await?;
    copy(app, rest, hold, writer).await
}

/// Asks the backends in order until one starts to answer.
async fn open(app: &App, prompt: &Prompt, hold: &Hold, writer: &mut Writer<'_>) -> Result<Answering, Interrupt> {
    for backend in app.backends.to_try() {
        writer.started(backend.kind()).await?;
        let opened = tokio::select! {
            biased;
            why = interrupted(app, hold) => return Err(why),
            opened = app.backends.open(backend, prompt) => opened,
        };
        match opened {
            Ok(answering) => return Ok(answering),
            // Another start finds a new process; another backend would be a worse answer for no reason.
            Err(error @ BackendError::Died) => return Err(broken_off(writer, &error)),
            Err(error) => tracing::warn!(backend = ?backend.kind(), %error, "a backend did not answer"),
        }
    }
    Err(Interrupt::NoBackend)
}

async fn copy(app: &App, mut text: TextStream, hold: &Hold, writer: &mut Writer<'_>) -> Result<(), Interrupt> {
    let mut batch = interval(BATCH);
    batch.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            why = interrupted(app, hold) => return Err(why),
            _ = batch.tick() => writer.flush().await?,
            piece = text.next() => match piece {
                Some(Ok(piece)) => writer.push(&piece),
                Some(Err(error)) => return Err(broken_off(writer, &error)),
                None => return Ok(()),
            },
        }
    }
}

fn broken_off(writer: &Writer<'_>, error: &BackendError) -> Interrupt {
    tracing::warn!(backend = ?writer.backend(), %error, "a backend broke off");
    Interrupt::BrokenOff
}

async fn interrupted(app: &App, hold: &Hold) -> Interrupt {
    tokio::select! {
        biased;
        () = hold.lost.cancelled() => Interrupt::Lost,
        () = hold.stop.cancelled() => Interrupt::Stop,
        () = app.shutdown.cancelled() => Interrupt::Stopping,
    }
}

/// All text has to be in the log before the turn ends. Where Redis stays away, readers get the text from
/// Postgres; false says so.
async fn flush_all(writer: &mut Writer<'_>) -> Result<bool, Fenced> {
    for _ in 0..FLUSHES {
        if writer.flush_all().await? {
            return Ok(true);
        }
        tokio::time::sleep(FLUSH_AGAIN_AFTER).await;
    }
    Ok(false)
}
