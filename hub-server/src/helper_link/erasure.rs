//! Telling the helper to erase what it keeps of students who are gone from the hub: their conversations.
//!
//! A trigger writes the wish in the transaction that deletes the student (`migrations/hub/0102_helper_erasures.sql`);
//! here it is told through Redis, after the commit, and forgotten once a helper has heard it. While Redis or every helper
//! is away it stays, and is told later; after two days nothing is left there that could be erased.

use crate::app::App;
use chrono::{Duration, Utc};
use sqlx::PgConnection;

/// Where the helper listens: `{class} {student}`.
const ERASE_CHANNEL: &str = "class-hub:erase";
/// Most that are told at once.
const MOST: i64 = 500;
/// The helper's own sweeper has long been there: conversations live for a day.
const FORGOTTEN_AFTER: Duration = Duration::days(2);

/// Tells what is waiting to be told; returns how many a helper has heard.
pub async fn tell(app: &App) -> anyhow::Result<usize> {
    let mut tx = app.db.begin().await?;
    // Of several hubs one tells; the others pass by.
    let waiting = sqlx::query!(
        "select id, classroom_id, erased_student from helper_erasures order by id limit $1 for update skip locked",
        MOST,
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut heard = Vec::new();
    for wish in waiting {
        let message = format!("{} {}", wish.classroom_id, wish.erased_student);
        match app.redis.tell(ERASE_CHANNEL, message).await {
            Ok(listeners) if listeners > 0 => heard.push(wish.id),
            // The next would find nobody either.
            Ok(_) => break,
            Err(away) => {
                tracing::debug!(%away, "the helper is told later whom to erase");
                break;
            }
        }
    }
    sqlx::query!("delete from helper_erasures where id = any($1)", &heard).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(heard.len())
}

/// Forgets wishes that no helper heard in time; returns how many.
pub async fn sweep(tx: &mut PgConnection, now: chrono::DateTime<Utc>) -> sqlx::Result<u64> {
    let old = sqlx::query!("delete from helper_erasures where requested_at < $1", now - FORGOTTEN_AFTER);
    Ok(old.execute(tx).await?.rows_affected())
}
