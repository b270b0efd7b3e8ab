//! Telling the helper that tokens are worth nothing any more: those given out for a class, and those of a student's session
//! that has ended.
//!
//! An ended session is noted by a trigger in the transaction that ends it (`migrations/hub/0120_helper_revocations.sql`),
//! be it signed out of, taken over by somebody else on the same computer, or gone with its student. Here it is told
//! through Redis, after the commit, and forgotten once a helper has heard it. While Redis or every helper is away it
//! stays; a token ends by itself before that would matter for long.

use crate::app::App;
use chrono::{DateTime, Duration, Utc};
use shared_types::{ids::ClassroomId, scope::MAX_LIFETIME_S};
use sqlx::PgConnection;

/// Where the helper listens for classes whose tokens are revoked.
const EPOCH_CHANNEL: &str = "class-hub:epoch";
/// Where the helper listens for sessions that have ended.
const SESSION_CHANNEL: &str = "class-hub:session";
/// Most that are told at once.
const MOST: i64 = 1000;

/// Announces a class's raised epoch, once that is committed. Pages that are left open fetch a new token by themselves,
/// as far as they still may have one. Without Redis the tokens' own end is the bound.
pub async fn announce(app: &App, classroom: ClassroomId, epoch: i32) {
    if let Err(away) = app.redis.tell(EPOCH_CHANNEL, format!("{classroom} {epoch}")).await {
        tracing::warn!(%away, "the helper was not told that tokens of a class are revoked");
    }
}

/// Tells of the sessions that wait to be told of; returns how many a helper has heard.
pub async fn tell(app: &App) -> anyhow::Result<usize> {
    let mut tx = app.db.begin().await?;
    // Of several hubs one tells; the others pass by.
    let waiting = sqlx::query!(
        "select id, ended_session from helper_revocations order by id limit $1 for update skip locked",
        MOST,
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut heard = Vec::new();
    for ended in waiting {
        match app.redis.tell(SESSION_CHANNEL, ended.ended_session.to_string()).await {
            Ok(listeners) if listeners > 0 => heard.push(ended.id),
            // The next would find nobody either.
            Ok(_) => break,
            Err(away) => {
                tracing::debug!(%away, "the helper is told later whose session has ended");
                break;
            }
        }
    }
    sqlx::query!("delete from helper_revocations where id = any($1)", &heard).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(heard.len())
}

/// Forgets sessions whose tokens have all ended by themselves; returns how many.
pub async fn sweep(tx: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let before = now - Duration::seconds(MAX_LIFETIME_S);
    let old = sqlx::query!("delete from helper_revocations where requested_at < $1", before);
    Ok(old.execute(tx).await?.rows_affected())
}
