//! What travels between the chat in the browser and the helper: a question, its ticket, and the stream
//! of events that becomes the answer.
//!
//! A stream is one Server-Sent Event per [`TurnEvent`]: `id:` is the position to resume from, `data:` the
//! event as JSON. The text of an answer is the concatenation of the `delta`s since the last `started`;
//! `block`s only replace how a stretch of that text is shown.

use crate::{
    event::{BackendKind, Rating},
    ids::TurnId,
};
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

/// Where young people find somebody to talk to. The helper's words of help name it, and nothing else it says does.
pub const HELP_SITE: &str = "findahelpline.com";

/// Whether an answer is the helper's words of help to somebody who may be in danger: nothing to be rated or asked again.
pub fn is_help(answer_html: &str) -> bool {
    answer_html.contains(HELP_SITE)
}

/// A turn as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastTurn {
    pub turn: TurnId,
    pub state: TurnState,
    pub question: String,
    /// The answer rendered and sanitised; empty while none is stored.
    pub answer_html: String,
    /// Whether the answer helped, once that was said.
    #[serde(default)]
    pub rating: Option<Rating>,
    /// Words of the lesson the answer rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Quoted>,
    /// What the student could ask next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<String>,
}

/// Words of a lesson, and where they stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    pub anchor: String,
    pub quote: String,
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
#[serde(tag = "type", rename_all = "snake_case", try_from = "Flat")]
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

/// A [`TurnEvent`] as it is read: the fields of all kinds beside each other. To read by the tag, serde keeps each event as
/// a tree of values first, and the code for that is 6 kB of the chat's WASM as it is sent.
#[derive(Deserialize)]
struct Flat {
    r#type: String,
    place: Option<u32>,
    eta_s: Option<u32>,
    attempt: Option<u16>,
    backend: Option<BackendKind>,
    text: Option<String>,
    from: Option<u32>,
    to: Option<u32>,
    html: Option<String>,
    anchor: Option<String>,
    quote: Option<String>,
    code: Option<FailureCode>,
}

impl Flat {
    /// The event; none of a kind not known here, or with a field missing.
    fn event(self) -> Option<TurnEvent> {
        Some(match self.r#type.as_str() {
            "queued" => TurnEvent::Queued { place: self.place?, eta_s: self.eta_s },
            "started" => TurnEvent::Started { attempt: self.attempt?, backend: self.backend? },
            "delta" => TurnEvent::Delta { text: self.text? },
            "block" => TurnEvent::Block { from: self.from?, to: self.to?, html: self.html? },
            "citation" => TurnEvent::Citation { anchor: self.anchor?, quote: self.quote? },
            "suggestion" => TurnEvent::Suggestion { text: self.text? },
            "done" => TurnEvent::Done { attempt: self.attempt?, backend: self.backend? },
            "failed" => TurnEvent::Failed { code: self.code? },
            "stopped" => TurnEvent::Stopped,
            _ => return None,
        })
    }
}

impl TryFrom<Flat> for TurnEvent {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        flat.event().ok_or("not an event that is known here")
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
