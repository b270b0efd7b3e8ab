//! Who asked when: sliding windows, counted and entered in one script, so that two tabs cannot slip past a
//! limit together. A question is entered under its idempotency key: sending it again counts once.

use super::{Redis, RedisError};
use chrono::{DateTime, Utc};
use fred::interfaces::LuaInterface;
use shared_types::{ids::ClassroomId, scope::Actor};
use uuid::Uuid;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// KEYS: one person, the class. ARGV: now in ms, member, a minute, a day, limits per minute, day and class day.
/// Answers which limit is reached (0 for none) and in how many ms there is room again.
const ASK: &str = "
local now, member, minute, day = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
for _, key in ipairs(KEYS) do redis.call('zremrangebyscore', key, '-inf', now - day) end
if redis.call('zscore', KEYS[1], member) then return {0, 0} end
local windows = {{KEYS[1], minute, ARGV[5]}, {KEYS[1], day, ARGV[6]}, {KEYS[2], day, ARGV[7]}}
for index, window in ipairs(windows) do
  local key, length, limit = window[1], window[2], tonumber(window[3])
  local since = '(' .. (now - length)
  if limit > 0 and redis.call('zcount', key, since, '+inf') >= limit then
    local newest = redis.call('zrevrange', key, limit - 1, limit - 1, 'withscores')
    return {index, tonumber(newest[2]) + length - now}
  end
end
redis.call('zadd', KEYS[1], now, member)
redis.call('zadd', KEYS[2], now, KEYS[1] .. member)
for _, key in ipairs(KEYS) do redis.call('pexpire', key, day) end
return {0, 0}
";

/// How many questions fit into each window; zero means any number.
#[derive(Clone, Copy, Debug)]
pub struct Windows {
    pub per_minute: u16,
    pub per_day: u16,
    pub class_per_day: u32,
}

/// Whether there was room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Counted,
    /// The person asked too much in a minute; room again after so many milliseconds.
    MinuteFull(u64),
    DayFull(u64),
    ClassDayFull(u64),
}

impl Redis {
    /// Counts a question, unless a window is full.
    pub async fn count_question(
        &self,
        actor: Actor,
        classroom: ClassroomId,
        question: Uuid,
        windows: Windows,
        now: DateTime<Utc>,
    ) -> Result<Asked, RedisError> {
        let keys = vec![self.key(&format!("asked:{}", actor.uuid())), self.key(&format!("asked:class:{classroom}"))];
        let args = vec![
            now.timestamp_millis().to_string(),
            question.to_string(),
            MINUTE_MS.to_string(),
            DAY_MS.to_string(),
            windows.per_minute.to_string(),
            windows.per_day.to_string(),
            windows.class_per_day.to_string(),
        ];
        let (full, wait): (i64, i64) = self.client().await?.eval(ASK, keys, args).await?;
        let wait = u64::try_from(wait).unwrap_or_default();
        Ok(match full {
            0 => Asked::Counted,
            1 => Asked::MinuteFull(wait),
            2 => Asked::DayFull(wait),
            _ => Asked::ClassDayFull(wait),
        })
    }
}
