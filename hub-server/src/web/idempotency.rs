//! Sending a form twice does it once: the second sending is led to where the first one led.
//!
//! The key is a hidden field, minted with the page. It is claimed in the transaction of the change, so either both
//! are there or neither; of two sendings at once the second waits for the first.

use crate::app::App;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

/// How long a form can be sent again.
const KEPT_DAYS: i64 = 2;

/// The hidden field `idempotency_key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdempotencyKey(pub Uuid);

impl IdempotencyKey {
    /// A key for a form that is shown now.
    pub fn new(app: &App) -> Self {
        Self(app.new_id())
    }
}

/// Claims `key` for a change by `actor` that leads to `location`. `Some` is where the same form led before: nothing
/// is left to do but to go there.
pub async fn led_to(
    tx: &mut PgConnection,
    actor: Uuid,
    key: IdempotencyKey,
    location: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<String>> {
    let claimed = sqlx::query!(
        "insert into idempotency_keys (actor_id, key, location, created_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        actor,
        key.0,
        location,
        now,
    )
    .execute(&mut *tx)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    sqlx::query_scalar!("select location from idempotency_keys where actor_id = $1 and key = $2", actor, key.0)
        .fetch_optional(tx)
        .await
}

/// Forgets keys that are too old to be sent again; returns how many.
pub async fn sweep(tx: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let oldest = now - chrono::Duration::days(KEPT_DAYS);
    let result = sqlx::query!("delete from idempotency_keys where created_at < $1", oldest).execute(tx).await?;
    Ok(result.rows_affected())
}
