//! The highest epoch known of each class. Raising it revokes every scope token made before.

use super::{Redis, RedisError};
use fred::interfaces::LuaInterface;
use shared_types::ids::ClassroomId;

const RAISE: &str = "
local known = tonumber(redis.call('get', KEYS[1]) or '-1')
local epoch = tonumber(ARGV[1])
if epoch > known then redis.call('set', KEYS[1], ARGV[1]) return epoch end
return known
";

impl Redis {
    pub(super) fn epoch_key(&self, classroom: ClassroomId) -> String {
        self.key(&format!("epoch:{classroom}"))
    }

    /// Remembers `epoch` if it is higher than what is known; returns what is known then.
    pub async fn raise_epoch(&self, classroom: ClassroomId, epoch: i32) -> Result<i32, RedisError> {
        Ok(self.client().await?.eval(RAISE, self.epoch_key(classroom), vec![epoch.to_string()]).await?)
    }
}
