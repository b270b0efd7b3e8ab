//! The slots: a stream of the turns that are being answered, and the consumer group that says by whom.

use super::{Redis, RedisError, millis};
use fred::interfaces::{LuaInterface, PubsubInterface, StreamsInterface, TransactionInterface};
use shared_types::ids::TurnId;
use std::{collections::HashSet, time::Duration};

pub(super) const GROUP: &str = "workers";
const FIELD: &str = "turn";
/// Set as an entry's idle time to say: nobody works on this, take it at once.
const HANDED_BACK_MS: u64 = 24 * 60 * 60 * 1000;
/// A consumer without entries that said nothing for so long is gone for good.
const CONSUMER_GONE_MS: i64 = 60 * 60 * 1000;
const PAGE: u64 = 500;

/// Claims the first entry that has been idle long enough, walking the pending list to its end.
const RECLAIM: &str = "
local cursor = '0-0'
repeat
  local found = redis.call('xautoclaim', KEYS[1], ARGV[1], ARGV[2], ARGV[3], cursor, 'count', 1)
  cursor = found[1]
  local entry = found[2][1]
  if entry then return {entry[1], entry[2][2]} end
until cursor == '0-0'
return {}
";

/// Drops consumers that hold nothing and have been silent for long.
const DROP_CONSUMERS: &str = "
local dropped = 0
for _, consumer in ipairs(redis.call('xinfo', 'consumers', KEYS[1], ARGV[1])) do
  local info = {}
  for i = 1, #consumer, 2 do info[consumer[i]] = consumer[i + 1] end
  if info['pending'] == 0 and info['idle'] > tonumber(ARGV[2]) then
    redis.call('xgroup', 'delconsumer', KEYS[1], ARGV[1], info['name'])
    dropped = dropped + 1
  end
end
return dropped
";

/// An entry given to one consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub entry: String,
    pub turn: TurnId,
    /// Whether another worker had it before and fell silent.
    pub reclaimed: bool,
}

impl Redis {
    pub(super) fn queue_key(&self) -> String {
        self.key("queue")
    }

    /// Makes queue and group unless they are there. The group starts at the stream's beginning, so that
    /// entries from before are not skipped.
    pub async fn make_queue(&self) -> Result<(), RedisError> {
        match self.client().await?.xgroup_create::<(), _, _, _>(self.queue_key(), GROUP, "0", true).await {
            Err(error) if !error.details().starts_with("BUSYGROUP") => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Takes over a turn whose worker has been silent for `idle`, if there is one.
    pub async fn reclaim(&self, consumer: &str, idle: Duration) -> Result<Option<Delivery>, RedisError> {
        let args = vec![GROUP.to_owned(), consumer.to_owned(), millis(idle).to_string()];
        let found: Vec<String> = match self.client().await?.eval(RECLAIM, self.queue_key(), args).await {
            Err(error) if error.details().contains("NOGROUP") => {
                self.make_queue().await?;
                return Ok(None);
            }
            found => found?,
        };
        match found.as_slice() {
            [entry, turn] => Ok(self.delivery(entry.clone(), Some(turn), true).await),
            _ => Ok(None),
        }
    }

    pub(super) async fn delivery(&self, entry: String, turn: Option<&str>, reclaimed: bool) -> Option<Delivery> {
        if let Some(turn) = turn.and_then(|turn| turn.parse().ok()) {
            return Some(Delivery { entry, turn, reclaimed });
        }
        tracing::error!(entry, "dropped a queue entry that names no turn");
        if let Err(error) = self.acknowledge(&entry).await {
            tracing::warn!(%error, "the entry could not be dropped");
        }
        None
    }

    /// Says that this consumer still works on the entry.
    pub async fn keep_delivery(&self, consumer: &str, entry: &str) -> Result<(), RedisError> {
        let key = self.queue_key();
        let claimed = self
            .client()
            .await?
            .xclaim::<(), _, _, _, _>(key, GROUP, consumer, 0, entry, None, None, None, false, true);
        Ok(claimed.await?)
    }

    /// Gives the entry back, to be taken by whoever looks next.
    pub async fn hand_back(&self, consumer: &str, entry: &str) -> Result<(), RedisError> {
        let (key, idle) = (self.queue_key(), Some(HANDED_BACK_MS));
        let claimed = self
            .client()
            .await?
            .xclaim::<(), _, _, _, _>(key, GROUP, consumer, 0, entry, idle, None, None, false, true);
        claimed.await?;
        Ok(self.client().await?.publish::<(), _, _>(self.due_channel(), "").await?)
    }

    /// Takes the entry away for good, which frees its slot.
    pub async fn acknowledge(&self, entry: &str) -> Result<(), RedisError> {
        let (key, multi) = (self.queue_key(), self.client().await?.multi());
        multi.xack::<(), _, _, _>(key.clone(), GROUP, entry).await?;
        multi.xdel::<(), _, _>(key, entry).await?;
        multi.publish::<(), _, _>(self.due_channel(), "").await?;
        Ok(multi.exec::<()>(true).await?)
    }

    /// Every turn that waits in line or has a slot.
    pub async fn enqueued(&self) -> Result<HashSet<TurnId>, RedisError> {
        // First the line: a turn that is taken in between is found among the slots.
        let mut turns: HashSet<TurnId> = self.line_in_order().await?.into_iter().collect();
        let mut from = "-".to_owned();
        loop {
            let page: Vec<(String, std::collections::HashMap<String, String>)> =
                self.client().await?.xrange_values(self.queue_key(), from, "+", Some(PAGE)).await?;
            let Some((last, _)) = page.last() else { return Ok(turns) };
            from = format!("({last}");
            turns.extend(page.iter().filter_map(|(_, fields)| fields.get(FIELD)?.parse::<TurnId>().ok()));
        }
    }

    /// Forgets consumers of processes that ended long ago.
    pub async fn drop_gone_consumers(&self) -> Result<(), RedisError> {
        let args = vec![GROUP.to_owned(), CONSUMER_GONE_MS.to_string()];
        Ok(self.client().await?.eval::<(), _, _, _>(DROP_CONSUMERS, self.queue_key(), args).await?)
    }
}
