//! Why a question was not taken: expected, named, with a stable code.

use crate::redis::RedisError;
use axum::http::StatusCode;
use shared_types::scope::{Hours, OffBecause, ScopeRefusal};

/// A question that was not taken. Sentences for people are in [`crate::web::words`].
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("no scope token")]
    NoScope,
    #[error("scope token refused: {0}")]
    Scope(ScopeRefusal),
    #[error("the class's epoch has been raised since")]
    Revoked,
    #[error("the session it was made in has ended")]
    SignedOut,
    #[error("the question has no idempotency key, or not a UUID")]
    NoKey,
    #[error("the question is empty")]
    Empty,
    #[error("the question is too long")]
    TooLong,
    #[error("too many questions of one person within a minute")]
    MinuteFull { retry_after_s: u64 },
    #[error("too many questions of one person within a day")]
    DayFull { retry_after_s: u64 },
    #[error("too many questions of the class within a day")]
    ClassDayFull { retry_after_s: u64 },
    #[error("the helper is switched off: {because:?}")]
    SwitchedOff { because: OffBecause, hours: Option<Hours> },
    #[error("as many questions wait as may")]
    LineFull,
    #[error("the idempotency key belongs to another question")]
    KeyReused,
    #[error("the database does not answer")]
    Database(#[from] sqlx::Error),
    #[error("Redis does not answer")]
    Redis(#[from] RedisError),
}

impl Refusal {
    /// The code programs go by.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoScope => "scope_missing",
            Self::Scope(refusal) => refusal.code(),
            Self::Revoked => "scope_revoked",
            Self::SignedOut => "session_ended",
            Self::NoKey => "idempotency_key_missing",
            Self::Empty => "question_empty",
            Self::TooLong => "question_too_long",
            Self::MinuteFull { .. } => "limit_minute",
            Self::DayFull { .. } => "limit_day",
            Self::ClassDayFull { .. } => "limit_class_day",
            Self::SwitchedOff { .. } => "helper_off",
            Self::LineFull => "line_full",
            Self::KeyReused => "idempotency_key_reused",
            Self::Database(_) | Self::Redis(_) => "helper_resting",
        }
    }

    /// The status it is answered with.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NoScope | Self::Scope(_) | Self::Revoked | Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::NoKey | Self::Empty | Self::TooLong => StatusCode::UNPROCESSABLE_ENTITY,
            Self::MinuteFull { .. } | Self::DayFull { .. } | Self::ClassDayFull { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::SwitchedOff { .. } => StatusCode::FORBIDDEN,
            Self::KeyReused => StatusCode::CONFLICT,
            Self::LineFull | Self::Database(_) | Self::Redis(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// After how many seconds it is worth trying again, where that is known.
    pub const fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::MinuteFull { retry_after_s }
            | Self::DayFull { retry_after_s }
            | Self::ClassDayFull { retry_after_s } => Some(*retry_after_s),
            Self::LineFull => Some(20),
            Self::Database(_) | Self::Redis(_) => Some(5),
            _ => None,
        }
    }

    /// Whether the scope token is what is wrong, so that a fresh one may help.
    pub const fn is_about_scope(&self) -> bool {
        matches!(self, Self::NoScope | Self::Scope(_) | Self::Revoked | Self::SignedOut)
    }
}
