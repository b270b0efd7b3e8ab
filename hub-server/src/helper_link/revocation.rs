//! Telling the helper that the tokens given out for a class are worth nothing any more.

use crate::app::App;
use shared_types::ids::ClassroomId;

/// Where the helper listens for classes whose tokens are revoked.
const EPOCH_CHANNEL: &str = "class-hub:epoch";

/// Announces a class's raised epoch, once that is committed. Pages that are left open fetch a new token by themselves,
/// as far as they still may have one. Without Redis the tokens' own end is the bound.
pub async fn announce(app: &App, classroom: ClassroomId, epoch: i32) {
    if let Err(away) = app.redis.tell(EPOCH_CHANNEL, format!("{classroom} {epoch}")).await {
        tracing::warn!(%away, "the helper was not told that tokens of a class are revoked");
    }
}
