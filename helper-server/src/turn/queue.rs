//! Fourth stage: tell the workers. The row is what counts; an entry that is lost is put back.

use super::Turn;
use crate::app::App;

/// Puts a new turn in the queue.
pub async fn push(app: &App, turn: &Turn) {
    if turn.is_repeated() {
        return;
    }
    if let Err(error) = app.redis.enqueue(turn.id()).await {
        tracing::warn!(turn = %turn.id(), %error, "a turn could not be queued; the sweeper will queue it");
    }
}
