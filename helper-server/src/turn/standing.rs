//! Where a turn stands, as its readers need it.

use super::record::{actor_kind, parse_state, pass_hash};
use crate::passages::cite::Cited;
use chrono::{DateTime, Utc};
use shared_types::{
    event::{BackendKind, Rating},
    ids::{LessonId, TurnId},
    scope::Actor,
    turn::{FailureCode, TurnEvent, TurnState},
};
use sqlx::PgPool;

/// A turn's row without its text.
#[derive(Clone, Debug)]
pub struct Standing {
    pub id: TurnId,
    pub lesson: Option<LessonId>,
    pub locale: String,
    pub state: TurnState,
    pub attempt: u16,
    pub backend: Option<BackendKind>,
    pub failure: Option<FailureCode>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether the answer helped, once that was said.
    pub rating: Option<Rating>,
}

impl Standing {
    /// The event that ends the turn's log; none while it has not ended.
    pub fn last_event(&self) -> Option<TurnEvent> {
        match self.state {
            TurnState::Queued | TurnState::Running => None,
            TurnState::Answered => Some(TurnEvent::Done { attempt: self.attempt, backend: self.backend() }),
            TurnState::Stopped => Some(TurnEvent::Stopped),
            TurnState::Failed => {
                Some(TurnEvent::Failed { code: self.failure.unwrap_or(FailureCode::BackendUnavailable) })
            }
        }
    }

    /// What wrote the answer; a turn that never reached a backend counts as the lesson's own.
    pub fn backend(&self) -> BackendKind {
        self.backend.unwrap_or(BackendKind::LessonOnly)
    }
}

macro_rules! standing {
    ($db:expr, $where:literal, $($bind:expr),+) => {
        sqlx::query!(
            "select id, lesson, locale, state, attempt, backend, failure, ended_at, rating from turn where " + $where,
            $($bind),+
        )
        .fetch_optional($db)
        .await
        .map(|row| row.map(|row| Standing {
            id: TurnId(row.id),
            lesson: row.lesson.map(LessonId),
            locale: row.locale,
            state: parse_state(&row.state),
            attempt: u16::try_from(row.attempt).unwrap_or(u16::MAX),
            backend: row.backend.as_deref().and_then(from_word),
            failure: row.failure.as_deref().and_then(from_word),
            ended_at: row.ended_at,
            rating: row.rating.as_deref().and_then(from_word),
        }))
    };
}

/// A turn's standing, for those who may see any.
pub async fn of(db: &PgPool, turn: TurnId) -> sqlx::Result<Option<Standing>> {
    standing!(db, "id = $1", turn.0)
}

/// A turn's standing, if `pass` opens it.
pub async fn opened_by(db: &PgPool, turn: TurnId, pass: &str) -> sqlx::Result<Option<Standing>> {
    let hash = pass_hash(pass);
    standing!(db, "id = $1 and exists (select from turn_pass where turn = id and secret_hash = $2)", turn.0, hash)
}

/// A turn's standing, if `actor` asked it.
pub async fn asked_by(db: &PgPool, turn: TurnId, actor: Actor) -> sqlx::Result<Option<Standing>> {
    standing!(db, "id = $1 and actor = $2 and actor_kind = $3", turn.0, actor.uuid(), actor_kind(actor))
}

/// A turn's question and answer, while they are kept.
#[derive(Clone, Debug)]
pub struct Text {
    pub question: String,
    pub answer: Option<String>,
    /// As JSON; see [`Cited`].
    pub citations: serde_json::Value,
}

impl Text {
    /// The words of the lesson the answer rests on.
    pub fn cited(&self) -> Vec<Cited> {
        serde_json::from_value(self.citations.clone()).unwrap_or_default()
    }
}

/// A turn's text; none once it was erased.
pub async fn text(db: &PgPool, turn: TurnId) -> sqlx::Result<Option<Text>> {
    sqlx::query_as!(Text, "select question, answer, citations from turn_text where turn = $1", turn.0)
        .fetch_optional(db)
        .await
}

/// The word an enum is stored as, which is the one it travels as.
pub fn word<T: serde::Serialize>(value: T) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// The enum a stored word stands for.
pub fn from_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}
