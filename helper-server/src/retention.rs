//! How long things are kept, applied by the helper itself: conversations until they have been idle for a
//! day (a setting), delivered events for a week, rungs of the hint ladder for a month.

use crate::{app::App, policy::ladder, report};
use shared_types::ids::TurnId;
use std::time::Duration;

const EVERY: Duration = Duration::from_mins(1);

/// Erases until the process stops.
pub async fn run(app: App) {
    loop {
        if let Err(error) = erase_expired(&app).await {
            tracing::warn!(error = format!("{error:#}"), "what has reached its end could not be erased");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = app.shutdown.cancelled() => return,
        }
    }
}

/// Erases the text of conversations that have reached their end, with their logs and the cookies that
/// open them. Returns how many turns lost their text.
pub async fn erase_expired(app: &App) -> anyhow::Result<usize> {
    let now = app.clock.now();
    let erased = sqlx::query_scalar!("delete from turn_text where expires_at < $1 returning turn", now)
        .fetch_all(&app.db)
        .await?;
    if !erased.is_empty() {
        sqlx::query!("delete from turn_pass where turn = any($1)", &erased).execute(&app.db).await?;
        let turns: Vec<TurnId> = erased.iter().copied().map(TurnId).collect();
        app.redis.erase_logs(&turns).await?;
        tracing::info!(turns = turns.len(), "erased conversations that had been idle");
    }
    sqlx::query!("delete from conversation_summary where expires_at < $1", now).execute(&app.db).await?;
    report::store::delete_old(&app.db, now).await?;
    ladder::forget_old(&app.db, now).await?;
    Ok(erased.len())
}
