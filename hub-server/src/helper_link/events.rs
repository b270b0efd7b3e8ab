//! `POST /internal/events`: the helper's signed, metadata-only reports. The edge answers 404 for this address.

use crate::{app::App, web::Error};
use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use shared_types::{
    event::{
        ConcernKind, EventKind, HelperEvent, ID_HEADER, Rating, SIGNATURE_HEADER, SignedEvent, TIMESTAMP_HEADER, Tier,
    },
    scope::Actor,
};
use sqlx::PgPool;
use uuid::Uuid;

/// Takes one report: 204 once it is stored, and again whenever it comes again.
pub async fn receive(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Result<Response, Error> {
    let signed = signed(&headers, &body);
    let event = match signed.open(&app.config.event_keys, app.clock.unix()) {
        Ok(event) => event,
        Err(refusal) => {
            tracing::warn!(code = refusal.code(), "refused a helper's report: {refusal}");
            return Ok(refused(StatusCode::UNAUTHORIZED, refusal.code()));
        }
    };
    let now = app.clock.now();
    let known = match &event.kind {
        EventKind::TurnEnded { .. } => store(&app.db, &event, now).await?,
        EventKind::Concern { tier, kind } => store_concern(&app.db, &event, *tier, *kind, now).await?,
        EventKind::TurnRated { rating, revision } => rate(&app.db, &event, *rating, *revision).await?,
    };
    if known {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        tracing::warn!(event = %event.id, "refused a helper's report about a class or a turn that is not there");
        Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, "event_unknown_classroom"))
    }
}

fn signed(headers: &HeaderMap, body: &Bytes) -> SignedEvent {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    SignedEvent {
        id: header(ID_HEADER),
        timestamp: header(TIMESTAMP_HEADER),
        signature: header(SIGNATURE_HEADER),
        body: body.to_vec(),
    }
}

fn refused(status: StatusCode, code: &'static str) -> Response {
    #[derive(Serialize)]
    struct Refused {
        code: &'static str,
    }
    (status, Json(Refused { code })).into_response()
}

/// Stores a report once; false where the class is not one of the organisation.
async fn store(db: &PgPool, event: &HelperEvent, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let EventKind::TurnEnded {
        outcome,
        backend,
        intent,
        rung,
        attempts,
        waited_ms,
        first_text_ms,
        duration_ms,
        question_chars,
        answer_chars,
        citations,
        lesson_version,
        passages,
    } = &event.kind
    else {
        return Ok(true);
    };
    sqlx::query_scalar!(
        r#"with class as (select id, organisation_id from classrooms where id = $1 and organisation_id = $2),
           stored as (
               insert into helper_events (id, at, received_at, organisation_id, classroom_id, lesson_id, actor_kind,
                   actor_id, turn_id, outcome, backend, intent, rung, attempts, waited_ms, first_text_ms, duration_ms,
                   question_chars, answer_chars, citations)
               select $3, $4, $5, organisation_id, id, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                   $20
               from class
               on conflict (id) do nothing
               returning id, lesson_id),
           rested_on as (
               insert into helper_event_passages (event_id, lesson_id, version, position)
               select distinct id, lesson_id, $21::integer, position from stored, unnest($22::integer[]) position
               where lesson_id is not null and $21 is not null)
           select exists (select from class) as "known!""#,
        event.classroom.0,
        event.organisation.0,
        event.id.0,
        DateTime::from_timestamp_millis(event.at_ms).unwrap_or(now),
        now,
        event.lesson.map(Uuid::from),
        match event.actor {
            Actor::Student(_) => "student",
            Actor::Staff(_) => "staff",
        },
        event.actor.uuid(),
        event.turn.0,
        word(outcome),
        backend.as_ref().and_then(word),
        intent.as_ref().and_then(word),
        rung.as_ref().and_then(word),
        i32::from(*attempts),
        number(*waited_ms),
        first_text_ms.map(number),
        number(*duration_ms),
        i32::try_from(*question_chars).unwrap_or(i32::MAX),
        i32::try_from(*answer_chars).unwrap_or(i32::MAX),
        i32::from(*citations),
        *lesson_version,
        &passages.iter().map(|&position| i32::from(position)).collect::<Vec<_>>(),
    )
    .fetch_one(db)
    .await
}

/// Stores a concern once; false where the class is not one of the organisation. A student who is gone by now is told of
/// without a name.
async fn store_concern(
    db: &PgPool,
    event: &HelperEvent,
    tier: Tier,
    kind: ConcernKind,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let student = match event.actor {
        Actor::Student(student) => Some(student.0),
        Actor::Staff(_) => None,
    };
    sqlx::query_scalar!(
        r#"with class as (select id from classrooms where id = $1 and organisation_id = $2),
           stored as (
               insert into helper_concerns (id, at, classroom_id, lesson_id, student_id, tier, kind)
               select $3, $4, id, $5, (select s.id from students s where s.id = $6 and s.classroom_id = $1), $7, $8
               from class
               on conflict (id) do nothing)
           select exists (select from class) as "known!""#,
        event.classroom.0,
        event.organisation.0,
        event.id.0,
        DateTime::from_timestamp_millis(event.at_ms).unwrap_or(now),
        event.lesson.map(Uuid::from),
        student,
        word(&tier),
        word(&kind),
    )
    .fetch_one(db)
    .await
}

/// Keeps what was said of a reported turn's answer, unless something newer is known; false where there is no such turn of
/// the class. The helper tells of a turn's end first, so a turn that is not here is gone.
async fn rate(db: &PgPool, event: &HelperEvent, rating: Option<Rating>, revision: u32) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with told as (
               select id from helper_events
               where turn_id = $1 and classroom_id = $2 and organisation_id = $3 and actor_id = $4),
           rated as (
               update helper_events set rating = $5, rating_revision = $6
               where id in (select id from told) and rating_revision < $6)
           select exists (select from told) as "known!""#,
        event.turn.0,
        event.classroom.0,
        event.organisation.0,
        event.actor.uuid(),
        rating.as_ref().and_then(word),
        i32::try_from(revision).unwrap_or(i32::MAX),
    )
    .fetch_one(db)
    .await
}

/// An enum's word as it is on the wire.
fn word(value: &impl Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Some(word),
        _ => None,
    }
}

fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
