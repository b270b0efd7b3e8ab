//! Second stage: may this be asked, and as often as this? Decided here, never by a prompt.

pub mod intent;
pub mod ladder;
pub mod safeguard;
mod topics;

use crate::{
    app::App,
    passages,
    redis::{Asked, Windows},
    turn::{Refusal, Scope, Scoped},
};
use safeguard::Concern;
use serde::{Deserialize, Serialize};
use shared_types::{scope::Limits, turn::MAX_QUESTION_CHARS};
use uuid::Uuid;

/// A question that may be asked.
#[derive(Debug)]
pub struct Permitted {
    scope: Scope,
    question: String,
    idempotency_key: Uuid,
    asked: intent::Asked,
    canned: Option<Canned>,
    concern: Option<Concern>,
    /// Who asks speaks of something hard.
    troubled: bool,
}

/// Why a question is answered with the helper's own words, and no model is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Canned {
    /// It is not about the lesson.
    OffTopic,
    /// Somebody may be in danger.
    Help,
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

    /// What kind of help it asks for.
    pub const fn asked(&self) -> &intent::Asked {
        &self.asked
    }

    /// Whether the helper answers it with words of its own.
    pub const fn canned(&self) -> Option<Canned> {
        self.canned
    }

    /// Whether somebody should look after who asks.
    pub const fn concern(&self) -> Option<Concern> {
        self.concern
    }

    /// Whether who asks speaks of something hard, without cause for concern.
    pub const fn is_troubled(&self) -> bool {
        self.troubled
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
    let availability = scope.claims().availability;
    if let Some(because) = availability.off_at(app.clock.unix()) {
        return Err(Refusal::SwitchedOff { because, hours: availability.hours });
    }
    if app.redis.line_length().await? >= app.config.max_waiting {
        return Err(Refusal::LineFull);
    }
    let claims = scope.claims();
    let windows = windows(claims.limits);
    let asked =
        app.redis.count_question(claims.actor, claims.classroom, idempotency_key, windows, app.clock.now()).await?;
    match asked {
        Asked::Counted => Ok(judge(app, scope, question, idempotency_key).await),
        Asked::MinuteFull(ms) => Err(Refusal::MinuteFull { retry_after_s: seconds(ms) }),
        Asked::DayFull(ms) => Err(Refusal::DayFull { retry_after_s: seconds(ms) }),
        Asked::ClassDayFull(ms) => Err(Refusal::ClassDayFull { retry_after_s: seconds(ms) }),
    }
}

/// Reads the question: what it asks for, whether it is about the lesson, whether somebody is in danger.
async fn judge(app: &App, scope: Scope, question: String, idempotency_key: Uuid) -> Permitted {
    let asked = intent::read(&question);
    let concern = match safeguard::concern(&question, "") {
        // Read again with the lesson, which may be what is quoted.
        Some(_) => safeguard::concern(&question, &lesson_text(app, &scope).await),
        None => None,
    };
    let troubled = concern.is_none() && safeguard::is_troubled(&question);
    let canned = if concern.is_some() {
        Some(Canned::Help)
    } else if topics::in_scope(app, &scope, &question, asked.intent).await {
        None
    } else {
        Some(Canned::OffTopic)
    };
    Permitted { scope, question, idempotency_key, asked, canned, concern, troubled }
}

/// The lesson's words; none where they cannot be had: then a quotation of it is looked after as any other.
async fn lesson_text(app: &App, scope: &Scope) -> String {
    let Some(lesson) = scope.claims().lesson else { return String::new() };
    match passages::whole(&app.db, lesson).await {
        Ok(passages) => passages.into_iter().map(|passage| passage.body + "\n").collect(),
        Err(error) => {
            tracing::error!(%error, "a quotation could not be held against its lesson");
            String::new()
        }
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
