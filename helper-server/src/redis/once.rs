//! What may be done once.

use super::{Redis, RedisError};
use fred::interfaces::LuaInterface;
use uuid::Uuid;

/// KEYS: one key for the thing. ARGV: how long it is remembered, in seconds.
const FIRST: &str = "
if redis.call('set', KEYS[1], '1', 'nx', 'ex', ARGV[1]) then return 1 end
return 0
";

impl Redis {
    /// Whether this is the first time that `id` is taken; remembered for so many seconds.
    pub async fn is_first(&self, id: Uuid, remembered_s: i64) -> Result<bool, RedisError> {
        let key = self.key(&format!("once:{id}"));
        let first: i64 = self.client().await?.eval(FIRST, key, vec![remembered_s.to_string()]).await?;
        Ok(first == 1)
    }
}
