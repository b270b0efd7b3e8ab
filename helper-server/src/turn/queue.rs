//! Fourth stage: into the line, and the workers are told. The row is what counts; a place that is lost is given back.

use super::Turn;
use crate::app::App;

/// Puts a new turn in line.
pub async fn push(app: &App, turn: &Turn) {
    if turn.is_repeated() {
        return;
    }
    if let Err(error) = app.redis.enter_line(turn.waiting()).await {
        tracing::warn!(turn = %turn.id(), %error, "a turn could not be put in line; the sweeper will do so");
    }
}
