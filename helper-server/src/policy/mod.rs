//! Second stage: may this be asked, and as often as this? Decided here, never by a prompt.

use crate::{
    app::App,
    redis::{Asked, Windows},
    turn::{Refusal, Scope, Scoped},
};
use shared_types::{scope::Limits, turn::MAX_QUESTION_CHARS};
use uuid::Uuid;

/// A question that may be asked.
#[derive(Debug)]
pub struct Permitted {
    scope: Scope,
    question: String,
    idempotency_key: Uuid,
}

impl Permitted {
    /// The verified claims.
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The question, with line ends and edges tidied.
    pub fn question(&self) -> &str {
        &self.question
    }

    /// What the sender calls the question.
    pub const fn idempotency_key(&self) -> Uuid {
        self.idempotency_key
    }
}

/// Checks the question itself, then counts it against the limits of person and class.
pub async fn check(app: &App, scoped: Scoped) -> Result<Permitted, Refusal> {
    let (scope, question, key) = scoped.into_parts();
    let idempotency_key: Uuid = key.parse().map_err(|_| Refusal::NoKey)?;
    let question = tidy(&question)?;
    if app.redis.line_length().await? >= app.config.max_waiting {
        return Err(Refusal::LineFull);
    }
    let claims = scope.claims();
    let windows = windows(claims.limits);
    let asked =
        app.redis.count_question(claims.actor, claims.classroom, idempotency_key, windows, app.clock.now()).await?;
    match asked {
        Asked::Counted => Ok(Permitted { scope, question, idempotency_key }),
        Asked::MinuteFull(ms) => Err(Refusal::MinuteFull { retry_after_s: seconds(ms) }),
        Asked::DayFull(ms) => Err(Refusal::DayFull { retry_after_s: seconds(ms) }),
        Asked::ClassDayFull(ms) => Err(Refusal::ClassDayFull { retry_after_s: seconds(ms) }),
    }
}

/// One kind of line end, no edges, no NUL (Postgres and llama.cpp refuse it).
fn tidy(question: &str) -> Result<String, Refusal> {
    let question = question.replace("\r\n", "\n").replace(['\r', '\0'], "\n");
    let question = question.trim();
    if question.is_empty() {
        return Err(Refusal::Empty);
    }
    if question.chars().count() > MAX_QUESTION_CHARS {
        return Err(Refusal::TooLong);
    }
    Ok(question.to_owned())
}

const fn windows(limits: Limits) -> Windows {
    Windows { per_minute: limits.per_minute, per_day: limits.per_day, class_per_day: limits.class_per_day }
}

const fn seconds(ms: u64) -> u64 {
    ms.div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::tidy;
    use crate::turn::Refusal;
    use shared_types::turn::MAX_QUESTION_CHARS;

    #[test]
    fn a_question_is_tidied_but_not_changed() {
        assert_eq!(tidy("  why?\r\nreally\r ").unwrap(), "why?\nreally");
        assert_eq!(tidy("a\0b").unwrap(), "a\nb");
    }

    #[test]
    fn nothing_to_ask_is_refused() {
        for nothing in ["", "  ", "\r\n\t"] {
            assert!(matches!(tidy(nothing), Err(Refusal::Empty)), "{nothing:?}");
        }
    }

    #[test]
    fn the_longest_question_is_counted_in_characters() {
        assert!(tidy(&"ñ".repeat(MAX_QUESTION_CHARS)).is_ok());
        assert!(matches!(tidy(&"ñ".repeat(MAX_QUESTION_CHARS + 1)), Err(Refusal::TooLong)));
    }
}
