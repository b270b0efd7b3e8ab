//! Who works on a turn: taking it, keeping it, giving it back. Each start raises the attempt, and every
//! later statement names it, so a worker that was thought dead can change nothing.

use super::{
    record::{TurnScope, parse_state},
    standing::from_word,
};
use crate::app::App;
use chrono::{DateTime, Utc};
use shared_types::{
    ids::{ClassroomId, LessonId, OrganisationId, TurnId},
    scope::{Actor, LessonRef, Rung},
    turn::TurnState,
};
use uuid::Uuid;

/// A turn this worker has started.
#[derive(Debug)]
pub struct Running {
    pub id: TurnId,
    /// The fencing token.
    pub attempt: i32,
    pub organisation: OrganisationId,
    pub classroom: ClassroomId,
    pub lesson: Option<LessonRef>,
    pub actor: Actor,
    pub locale: String,
    /// Whether the chat told that teachers can read it.
    pub may_be_read: bool,
    /// Where the student stands on the hint ladder.
    pub rung: Option<Rung>,
    pub scope: TurnScope,
    /// Whether Stop was pressed before this start.
    pub stop_requested: bool,
}

/// What came of trying to take a turn.
#[derive(Debug)]
pub enum Taken {
    /// It is ours.
    Running(Box<Running>),
    /// A living worker has it.
    Held,
    /// It was started too often; it is ours to give up.
    Spent,
    /// It has ended.
    Ended,
    /// There is no such turn.
    Unknown,
}

/// Starts a turn that waits, or one whose worker has fallen silent.
pub async fn take(app: &App, turn: TurnId) -> sqlx::Result<Taken> {
    let now = app.clock.now();
    let taken = sqlx::query!(
        "update turn set state = 'running', attempt = attempt + 1, deliveries = deliveries + 1,
             started_at = $2, lease_until = $3, first_text_at = null, backend = null
         where id = $1 and deliveries < $4
           and (state = 'queued' or (state = 'running' and lease_until < $2))
         returning attempt, organisation, classroom, lesson, lesson_version, actor_kind, actor, locale, may_be_read,
             scope, stop_requested_at, rung",
        turn.0,
        now,
        now + app.config.pace.lease(),
        app.config.pace.max_deliveries,
    )
    .fetch_optional(&app.db)
    .await?;
    let Some(row) = taken else { return not_taken(app, turn, now).await };
    let scope = serde_json::from_value(row.scope).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(Taken::Running(Box::new(Running {
        id: turn,
        attempt: row.attempt,
        organisation: OrganisationId(row.organisation),
        classroom: ClassroomId(row.classroom),
        lesson: lesson(row.lesson, row.lesson_version),
        actor: actor(&row.actor_kind, row.actor),
        locale: row.locale,
        may_be_read: row.may_be_read,
        rung: row.rung.as_deref().and_then(from_word),
        scope,
        stop_requested: row.stop_requested_at.is_some(),
    })))
}

async fn not_taken(app: &App, turn: TurnId, now: DateTime<Utc>) -> sqlx::Result<Taken> {
    let row = sqlx::query!("select state, deliveries, lease_until from turn where id = $1", turn.0)
        .fetch_optional(&app.db)
        .await?;
    let Some(row) = row else { return Ok(Taken::Unknown) };
    let state = parse_state(&row.state);
    let alone = state == TurnState::Queued || row.lease_until.is_none_or(|until| until < now);
    Ok(if state.is_final() {
        Taken::Ended
    } else if alone && row.deliveries >= app.config.pace.max_deliveries {
        Taken::Spent
    } else {
        Taken::Held
    })
}

/// What a heartbeat found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewed {
    Kept,
    StopRequested,
    Lost,
}

/// Says that this worker is alive, and learns whether the turn is still its own.
pub async fn renew(app: &App, turn: TurnId, attempt: i32) -> sqlx::Result<Renewed> {
    let until = app.clock.now() + app.config.pace.lease();
    let row = sqlx::query!(
        "update turn set lease_until = $3 where id = $1 and attempt = $2 and state = 'running'
         returning stop_requested_at",
        turn.0,
        attempt,
        until,
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(match row {
        None => Renewed::Lost,
        Some(row) if row.stop_requested_at.is_some() => Renewed::StopRequested,
        Some(_) => Renewed::Kept,
    })
}

/// Why a worker gives a turn back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenBack {
    /// The process stops; the start does not count.
    Stopping,
    /// The backend broke off; the start counts.
    BrokenOff,
}

/// Puts a started turn back in line.
pub async fn give_back(app: &App, running: &Running, why: GivenBack) -> sqlx::Result<()> {
    let uncounted = i32::from(why == GivenBack::Stopping);
    sqlx::query!(
        "update turn set state = 'queued', lease_until = null, deliveries = deliveries - $3
         where id = $1 and attempt = $2 and state = 'running'",
        running.id.0,
        running.attempt,
        uncounted,
    )
    .execute(&app.db)
    .await?;
    Ok(())
}

fn lesson(id: Option<Uuid>, version: Option<i32>) -> Option<LessonRef> {
    Some(LessonRef { id: LessonId(id?), version: version? })
}

/// The actor a row names.
pub fn actor(kind: &str, id: Uuid) -> Actor {
    if kind == "staff" { Actor::Staff(id.into()) } else { Actor::Student(id.into()) }
}
