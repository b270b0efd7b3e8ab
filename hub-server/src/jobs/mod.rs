//! What the hub does by itself: forgetting what has ended.

use crate::{
    app::App,
    enrolment,
    web::{idempotency, session},
};
use server_kit::shutdown::Shutdown;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often ended sessions and old keys are removed.
const SWEEP_EVERY: Duration = Duration::from_mins(15);

/// Starts the recurring work; it ends with `shutdown`.
pub fn start(app: &App, shutdown: &Shutdown) {
    let (app, shutdown) = (app.clone(), shutdown.clone());
    tokio::spawn(async move {
        let mut due = interval(SWEEP_EVERY);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = due.tick() => {}
            }
            if let Err(error) = sweep(&app).await {
                tracing::warn!(%error, "what has ended could not be removed; trying again later");
            }
        }
    });
}

/// Removes what has ended.
pub async fn sweep(app: &App) -> sqlx::Result<()> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let sessions = session::sweep(&mut connection, now).await?;
    let keys = idempotency::sweep(&mut connection, now).await?;
    let cards = enrolment::store::sweep_cards(&mut connection, now).await?;
    tracing::debug!(sessions, keys, cards, "removed {sessions} ended sessions, {keys} old form keys, {cards} cards");
    Ok(())
}
