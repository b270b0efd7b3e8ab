//! The outbox table.

use chrono::{DateTime, TimeDelta, Utc};
use shared_types::event::HelperEvent;
use sqlx::{PgConnection, PgPool};

/// How many events one process sends at a time.
const BATCH: i64 = 20;
/// Delivered events are of no more use; a week of them helps to answer questions.
const KEEP_DELIVERED: TimeDelta = TimeDelta::days(7);

/// An event taken for sending.
#[derive(Debug)]
pub struct Due {
    pub event: HelperEvent,
    /// Counts this try.
    pub tries: u32,
}

/// Adds an event to what has to be delivered.
pub async fn add(db: &mut PgConnection, event: &HelperEvent, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into outbox (id, turn, event, created_at, next_try_at) values ($1, $2, $3, $4, $4)",
        event.id.0,
        event.turn.0,
        serde_json::to_value(event).expect("events have string keys only"),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes events that are due, oldest first. What is said of an answer waits for the report of its turn. Until `again_at`
/// no other process takes them.
pub async fn take_due(db: &PgPool, now: DateTime<Utc>, again_at: DateTime<Utc>) -> sqlx::Result<Vec<Due>> {
    let rows = sqlx::query!(
        "update outbox set tries = tries + 1, next_try_at = $2
         where id in (
             select id from outbox due where delivered_at is null and next_try_at <= $1
               and (event -> 'kind' ->> 'type' <> 'turn_rated' or not exists (
                   select from outbox earlier
                   where earlier.turn = due.turn and earlier.delivered_at is null and earlier.id < due.id))
             order by next_try_at limit $3 for update skip locked)
         returning event, tries",
        now,
        again_at,
        BATCH,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let event = serde_json::from_value(row.event).map_err(|error| sqlx::Error::Decode(error.into()))?;
            Ok(Due { event, tries: row.tries.unsigned_abs() })
        })
        .collect()
}

/// Marks an event as done with: the hub has it, or will never want it.
pub async fn settle(db: &PgPool, event: &HelperEvent, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update outbox set delivered_at = $2 where id = $1", event.id.0, now).execute(db).await?;
    Ok(())
}

/// Sets when an event is to be tried again.
pub async fn try_again_at(db: &PgPool, event: &HelperEvent, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update outbox set next_try_at = $2 where id = $1", event.id.0, at).execute(db).await?;
    Ok(())
}

/// Deletes what was delivered long ago.
pub async fn delete_old(db: &PgPool, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let deleted = sqlx::query!("delete from outbox where delivered_at < $1", now - KEEP_DELIVERED).execute(db).await?;
    Ok(deleted.rows_affected())
}
