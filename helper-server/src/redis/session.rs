//! Sessions of the hub that have ended: what was signed for them is worth nothing, for as long as it could live. Kept for
//! that long.

use super::{Redis, RedisError};
use fred::{
    interfaces::{KeysInterface, LuaInterface},
    types::Expiration,
};
use shared_types::{
    ids::ClassroomId,
    scope::{CLOCK_SKEW_S, MAX_LIFETIME_S},
};
use uuid::Uuid;

/// KEYS: a class's epoch, an ended session. ARGV: the epoch that a token tells of. Remembers that epoch if it is higher than
/// what is known; answers what is known then, and whether the session has ended.
const LOOK: &str = "
local known = tonumber(redis.call('get', KEYS[1]) or '-1')
local epoch = tonumber(ARGV[1])
if epoch > known then
  redis.call('set', KEYS[1], ARGV[1])
  known = epoch
end
return {known, redis.call('exists', KEYS[2])}
";

/// What is known of what a token was signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub epoch: i32,
    pub session_has_ended: bool,
}

impl Redis {
    /// Remembers that a session has ended.
    pub async fn end_session(&self, session: Uuid) -> Result<(), RedisError> {
        let expires = Some(Expiration::EX(MAX_LIFETIME_S + 2 * CLOCK_SKEW_S));
        Ok(self.client().await?.set(self.session_key(session), 1, expires, None, false).await?)
    }

    /// What is known of a token's class and session; the class's epoch is at least the token's then.
    pub async fn known(&self, classroom: ClassroomId, epoch: i32, session: Option<Uuid>) -> Result<Known, RedisError> {
        let keys = vec![self.epoch_key(classroom), self.session_key(session.unwrap_or_default())];
        let (epoch, ended): (i32, i64) = self.client().await?.eval(LOOK, keys, vec![epoch.to_string()]).await?;
        Ok(Known { epoch, session_has_ended: ended == 1 })
    }

    fn session_key(&self, session: Uuid) -> String {
        self.key(&format!("ended-session:{session}"))
    }
}
