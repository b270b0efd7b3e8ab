//! Stop: from any tab and any process. The text so far stays.

use super::{
    answer::Answer,
    ending::{self, Holder},
    log,
    record::parse_state,
    standing,
};
use crate::app::App;
use shared_types::{ids::TurnId, turn::TurnState};

/// Ends the turn, or tells the worker on it to. A turn that has ended stays as it is.
pub async fn stop(app: &App, turn: TurnId) -> anyhow::Result<()> {
    let now = app.clock.now();
    let row = sqlx::query!(
        "update turn set stop_requested_at = coalesce(stop_requested_at, $2)
         where id = $1 and state in ('queued', 'running')
         returning state, attempt, lease_until",
        turn.0,
        now,
    )
    .fetch_optional(&app.db)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let waits = parse_state(&row.state) == TurnState::Queued;
    if waits && let Err(error) = app.redis.leave_line(turn).await {
        tracing::warn!(%turn, %error, "a stopped turn stays in line until it is its turn");
    }
    if waits || row.lease_until.is_none_or(|until| until < now) {
        let answer = Answer::stopped_at(log::text_so_far(app, turn, row.attempt + 1).await);
        if ending::commit(app, turn, Holder::Nobody, &answer).await? {
            if let Some(standing) = standing::of(&app.db, turn).await? {
                log::complete(app, &standing).await?;
            }
            return Ok(());
        }
    }
    if let Err(error) = app.redis.publish_stop(turn).await {
        tracing::warn!(%turn, %error, "Stop could not be signalled; the worker's next heartbeat sees it");
    }
    Ok(())
}
