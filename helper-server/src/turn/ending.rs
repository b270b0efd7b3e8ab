//! The end of a turn: state, text and report in one transaction, taken from one holder only.

use super::{
    Turn,
    answer::Answer,
    lease::actor,
    log,
    standing::{self, from_word, word},
};
use crate::{app::App, policy::safeguard::Concern, report};
use chrono::{DateTime, Utc};
use shared_types::{
    event::{EventKind, HelperEvent, Outcome},
    ids::{ClassroomId, EventId, LessonId, OrganisationId, TurnId},
    turn::TurnState,
};
use sqlx::{PgConnection, types::Uuid};

/// Who may end a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The worker with this attempt.
    Attempt(i32),
    /// Anyone, as long as it waits or its worker has fallen silent.
    Nobody,
}

/// Ends the turn with `answer`. False if it is not `holder`'s to end (any more); then nothing was changed.
pub async fn commit(app: &App, turn: TurnId, holder: Holder, answer: &Answer) -> sqlx::Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(ended) = end_row(&mut tx, turn, holder, answer, now).await? else { return Ok(false) };
    store_text(&mut tx, turn, answer, now + app.config.pace.text_ttl).await?;
    let event = ended.event(turn, EventId(app.entropy.id(now)), now, answer);
    report::store::add(&mut tx, &event, now).await?;
    if let Some(Concern { tier, kind }) = answer.concern() {
        let kind = EventKind::Concern { tier, kind };
        report::store::add(&mut tx, &HelperEvent { id: EventId(app.entropy.id(now)), kind, ..event }, now).await?;
    }
    tx.commit().await?;
    app.outbox_due.notify_one();
    tracing::info!(%turn, state = answer.state().as_str(), attempts = ended.attempt, "a turn ended");
    Ok(true)
}

/// Ends a turn that no model is asked about. Its readers find the log complete, or complete it.
pub async fn in_own_words(app: &App, turn: &Turn) -> sqlx::Result<()> {
    let Some(words) = turn.own_words() else { return Ok(()) };
    let answer = Answer::in_own_words(words.to_owned());
    if !commit(app, turn.id(), Holder::Nobody, &answer).await? {
        return Ok(());
    }
    if let Some(standing) = standing::of(&app.db, turn.id()).await?
        && let Err(error) = log::complete(app, &standing).await
    {
        tracing::warn!(turn = %turn.id(), error = format!("{error:#}"), "left a log to its readers");
    }
    Ok(())
}

struct Ended {
    organisation: Uuid,
    classroom: Uuid,
    lesson: Option<Uuid>,
    lesson_version: Option<i32>,
    actor_kind: String,
    actor: Uuid,
    state: String,
    backend: Option<String>,
    attempt: i32,
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    first_text_at: Option<DateTime<Utc>>,
    question_chars: i32,
    answer_chars: Option<i32>,
    intent: Option<String>,
    rung: Option<String>,
    canned: Option<String>,
    citations: i32,
}

async fn end_row(
    db: &mut PgConnection,
    turn: TurnId,
    holder: Holder,
    answer: &Answer,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Ended>> {
    let attempt = match holder {
        Holder::Attempt(attempt) => Some(attempt),
        Holder::Nobody => None,
    };
    sqlx::query_as!(
        Ended,
        "update turn set state = $3, failure = $4, backend = $5, first_text_at = $6, ended_at = $7,
             answer_chars = $8, lease_until = null, citations = $9, held_back = $10,
             cut_short = $11
         where id = $1 and case when $2::integer is not null
             then state = 'running' and attempt = $2
             else state = 'queued' or (state = 'running' and lease_until < $7) end
         returning organisation, classroom, lesson, lesson_version, actor_kind, actor, state, backend, attempt, created_at,
             started_at, first_text_at, question_chars, answer_chars, intent, rung, canned, citations",
        turn.0,
        attempt,
        answer.state().as_str(),
        answer.failure().and_then(word),
        answer.backend().and_then(word),
        answer.first_text_at(),
        now,
        i32::try_from(answer.text().chars().count()).unwrap_or(i32::MAX),
        i32::try_from(answer.citations().len()).unwrap_or(i32::MAX),
        answer.held_back(),
        answer.cut_short(),
    )
    .fetch_optional(db)
    .await
}

/// A text that was erased in the meantime stays erased.
async fn store_text(
    db: &mut PgConnection,
    turn: TurnId,
    answer: &Answer,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update turn_text set answer = $2, citations = $4, expires_at = greatest(expires_at, $3) where turn = $1",
        turn.0,
        answer.text(),
        expires_at,
        serde_json::to_value(answer.citations()).expect("citations have string keys only"),
    )
    .execute(db)
    .await?;
    Ok(())
}

impl Ended {
    fn event(&self, turn: TurnId, id: EventId, now: DateTime<Utc>, answer: &Answer) -> HelperEvent {
        HelperEvent {
            id,
            at_ms: now.timestamp_millis(),
            organisation: OrganisationId(self.organisation),
            classroom: ClassroomId(self.classroom),
            lesson: self.lesson.map(LessonId),
            actor: actor(&self.actor_kind, self.actor),
            turn,
            kind: EventKind::TurnEnded {
                outcome: match &self.canned {
                    Some(_) => Outcome::Refused,
                    None => outcome(super::record::parse_state(&self.state)),
                },
                backend: self.backend.as_deref().and_then(from_word),
                intent: self.intent.as_deref().and_then(from_word),
                rung: self.rung.as_deref().and_then(from_word),
                attempts: u16::try_from(self.attempt).unwrap_or(u16::MAX),
                waited_ms: ms_between(self.created_at, self.started_at.unwrap_or(now)),
                first_text_ms: self.started_at.zip(self.first_text_at).map(|(from, to)| ms_between(from, to)),
                duration_ms: ms_between(self.created_at, now),
                question_chars: self.question_chars.unsigned_abs(),
                answer_chars: self.answer_chars.unwrap_or_default().unsigned_abs(),
                citations: u16::try_from(self.citations).unwrap_or(u16::MAX),
                lesson_version: self.lesson_version,
                passages: answer.passages().filter_map(|position| position.try_into().ok()).collect(),
            },
        }
    }
}

const fn outcome(state: TurnState) -> Outcome {
    match state {
        TurnState::Answered => Outcome::Answered,
        TurnState::Stopped => Outcome::Stopped,
        TurnState::Queued | TurnState::Running | TurnState::Failed => Outcome::Failed,
    }
}

fn ms_between(from: DateTime<Utc>, to: DateTime<Utc>) -> u64 {
    u64::try_from((to - from).num_milliseconds()).unwrap_or_default()
}
