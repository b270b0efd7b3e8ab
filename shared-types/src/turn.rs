//! What travels between the chat in the browser and the helper: a question, its ticket, and the stream
//! of events that becomes the answer.
//!
//! A stream is one Server-Sent Event per [`TurnEvent`]: `id:` is the position to resume from, `data:` the
//! event as JSON. The text of an answer is the concatenation of the `delta`s since the last `started`;
//! `block`s only replace how a stretch of that text is shown.

use crate::{event::BackendKind, ids::TurnId};
use serde::{Deserialize, Serialize};

/// Longest question accepted, in characters.
pub const MAX_QUESTION_CHARS: usize = 4000;

/// Body of `POST /helper/turns`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub question: String,
}

/// Answer to an accepted question (201). The same `Idempotency-Key` gets the same ticket (200).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub turn: TurnId,
    /// How many turns are to be answered before this one; 0 is next.
    pub place: u32,
    /// Estimated seconds until the answer starts, once there is something to estimate from.
    pub eta_s: Option<u32>,
}

/// Body of every refusal: a stable code, and a sentence in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub code: String,
    pub message: String,
}

/// Answer to `GET /helper/conversation`: what this person asked about this lesson, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub turns: Vec<PastTurn>,
    /// The backend that would answer now.
    pub backend: Option<BackendKind>,
}

/// A turn as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastTurn {
    pub turn: TurnId,
    pub state: TurnState,
    pub question: String,
    /// The answer rendered and sanitised; empty while none is stored.
    pub answer_html: String,
}

/// Where a turn stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnState {
    Queued,
    Running,
    Answered,
    Stopped,
    Failed,
}

impl TurnState {
    /// Whether nothing more will happen to the turn.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Answered | Self::Stopped | Self::Failed)
    }

    /// The word it is stored and sent as.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Answered => "answered",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }
}

/// One step of a turn. Receivers ignore kinds they do not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TurnEvent {
    /// Waiting; may come again with a better place.
    Queued { place: u32, eta_s: Option<u32> },
    /// A worker started. What an earlier attempt had sent is void.
    Started { attempt: u16, backend: BackendKind },
    /// More text, to be appended.
    Delta { text: String },
    /// The text from byte `from` to byte `to` (of the attempt's whole text) is a finished block; show
    /// this sanitised HTML in its place. What lies before it and had none is plain text, in paragraphs.
    Block { from: u32, to: u32, html: String },
    /// Words of the lesson the answer rests on, checked to be in it.
    Citation { anchor: String, quote: String },
    /// Something the student could ask next.
    Suggestion { text: String },
    /// The answer is complete.
    Done { attempt: u16, backend: BackendKind },
    /// No answer could be made.
    Failed { code: FailureCode },
    /// Somebody pressed Stop; the text so far stays.
    Stopped,
}

impl TurnEvent {
    /// Whether no event follows this one.
    pub const fn is_terminal(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Failed { .. } | Self::Stopped)
    }
}

/// Why a turn ended without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// Every backend is down or too slow.
    BackendUnavailable,
    /// It was started three times and never ended.
    GaveUp,
    /// The conversation was erased while it waited.
    Erased,
}

/// A [`TurnEvent`] with its position, as `GET …/events?poll=1` lists them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Positioned {
    pub id: String,
    pub event: TurnEvent,
}
