//! Puts turns back in line that are neither there nor in a slot: lost between row and line, or with a Redis that
//! forgot.

use super::lease::actor;
use crate::{app::App, redis::Waiting};
use chrono::{DateTime, TimeDelta, Utc};
use shared_types::ids::{ClassroomId, TurnId};
use sqlx::PgConnection;

/// Any number that no other task of the helper uses.
const LOCK: i64 = 0x7377_6565_7001;

/// Sweeps until the process stops.
pub async fn run(app: App) {
    loop {
        if let Err(error) = sweep(&app).await {
            tracing::warn!(error = format!("{error:#}"), "turns that nobody waits with could not be looked for");
        }
        tokio::select! {
            () = tokio::time::sleep(app.config.pace.sweep) => {}
            () = app.shutdown.cancelled() => return,
        }
    }
}

/// Puts every open turn in line that is nowhere, unless another process is doing so. Returns how many.
pub async fn sweep(app: &App) -> anyhow::Result<usize> {
    let mut tx = app.db.begin().await?;
    if !sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "locked!""#, LOCK).fetch_one(&mut *tx).await? {
        return Ok(0);
    }
    app.redis.make_queue().await?;
    // First Redis, then the rows: a turn that ends in between is not taken for a lost one.
    let enqueued = app.redis.enqueued().await?;
    let settled = app.clock.now() - TimeDelta::from_std(app.config.pace.sweep)?;
    let mut found = 0;
    for turn in open_turns(&mut tx, settled, app.clock.now()).await? {
        if !enqueued.contains(&turn.turn) {
            app.redis.enter_line(turn).await?;
            tracing::warn!(turn = %turn.turn, "put a turn back in line that was lost");
            found += 1;
        }
    }
    app.redis.drop_gone_consumers().await?;
    Ok(found)
}

/// Turns that wait since before `settled`, or whose worker has fallen silent; oldest first.
async fn open_turns(db: &mut PgConnection, settled: DateTime<Utc>, now: DateTime<Utc>) -> sqlx::Result<Vec<Waiting>> {
    let turns = sqlx::query!(
        "select id, classroom, actor, actor_kind from turn
         where (state = 'queued' and created_at < $1) or (state = 'running' and lease_until < $2)
         order by created_at, id",
        settled,
        now,
    )
    .fetch_all(db)
    .await?;
    let waiting = turns.into_iter().map(|row| Waiting {
        turn: TurnId(row.id),
        classroom: ClassroomId(row.classroom),
        actor: actor(&row.actor_kind, row.actor),
    });
    Ok(waiting.collect())
}
