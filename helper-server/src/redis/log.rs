//! A turn's log: what has been streamed so far, kept so that any reader can resume at any point.
//!
//! The fence is checked and the entries are added in one script, so a worker that lost its turn cannot
//! slip text in. Every append names the entry it believes to be the last: where that is not so (Redis was
//! restarted, the log expired, an answer to an earlier append got lost), nothing is added and the
//! caller starts the log anew with all it has.

use super::{Redis, RedisError, millis};
use fred::interfaces::{KeysInterface, LuaInterface, StreamsInterface};
use shared_types::{ids::TurnId, turn::TurnEvent};
use std::{collections::HashMap, fmt, str::FromStr, time::Duration};

const FIELD: &str = "event";
const PAGE: u64 = 512;

/// KEYS: log, fence. ARGV: mode, attempt, expected last id, life in ms, channel, turn, whether this ends
/// the log, events…
/// Modes: `open` takes the fence over, `append` needs it, `complete` ends a log whose turn has ended.
const APPEND: &str = "
local mode, attempt, expected = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local fence = redis.call('get', KEYS[2])
local tail = redis.call('xrevrange', KEYS[1], '+', '-', 'count', 1)
local last = tail[1] and tail[1][1] or ''
if fence == 'closed' and (mode ~= 'complete' or last ~= '') then return {'closed', last} end
if mode ~= 'complete' then
  local held = tonumber(fence or '0') or 0
  if held > attempt then return {'fenced', last} end
  if mode == 'append' and (held < attempt or last ~= expected) then return {'lost', last} end
end
for i = 8, #ARGV do last = redis.call('xadd', KEYS[1], '*', 'event', ARGV[i]) end
redis.call('set', KEYS[2], ARGV[7] == '1' and 'closed' or attempt, 'px', ARGV[4])
redis.call('pexpire', KEYS[1], ARGV[4])
if #ARGV >= 8 then redis.call('publish', ARGV[5], ARGV[6]) end
return {'added', last}
";

/// A place in a log; what the stream's `id:` holds and `Last-Event-ID` brings back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    ms: u64,
    seq: u64,
}

impl Position {
    /// Before the first entry.
    pub const START: Self = Self { ms: 0, seq: 0 };
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.ms, self.seq)
    }
}

impl FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (ms, seq) = text.split_once('-').ok_or(())?;
        Ok(Self { ms: ms.parse().map_err(|_| ())?, seq: seq.parse().map_err(|_| ())? })
    }
}

/// One entry, with the event also as it was written.
#[derive(Clone, Debug)]
pub struct Entry {
    pub position: Position,
    pub event: TurnEvent,
    pub json: String,
}

/// What came of an append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appended {
    /// Added; this is the last entry's position now (empty while there is none).
    Added(String),
    /// The log is not as the caller believes; it has to be opened anew. Nothing was added.
    Lost,
    /// A later attempt holds the log. Nothing was added.
    Fenced,
    /// The log has ended. Nothing was added.
    Closed,
}

impl Redis {
    /// Takes the log over for `attempt` and adds `events`.
    pub async fn open_log(
        &self,
        turn: TurnId,
        attempt: i32,
        events: &[TurnEvent],
        life: Duration,
    ) -> Result<Appended, RedisError> {
        self.append_in_mode("open", turn, attempt, "", events, life).await
    }

    /// Adds `events` if `attempt` still holds the log and `after` is its last entry.
    pub async fn append_log(
        &self,
        turn: TurnId,
        attempt: i32,
        after: &str,
        events: &[TurnEvent],
        life: Duration,
    ) -> Result<Appended, RedisError> {
        self.append_in_mode("append", turn, attempt, after, events, life).await
    }

    /// Adds the `events` that end the log of a turn that has ended, unless it has its end already.
    pub async fn complete_log(
        &self,
        turn: TurnId,
        events: &[TurnEvent],
        life: Duration,
    ) -> Result<Appended, RedisError> {
        self.append_in_mode("complete", turn, 0, "", events, life).await
    }

    async fn append_in_mode(
        &self,
        mode: &str,
        turn: TurnId,
        attempt: i32,
        after: &str,
        events: &[TurnEvent],
        life: Duration,
    ) -> Result<Appended, RedisError> {
        let ends = events.last().is_some_and(TurnEvent::is_terminal);
        let mut args = vec![
            mode.to_owned(),
            attempt.to_string(),
            after.to_owned(),
            millis(life).to_string(),
            self.wake_channel(),
            turn.to_string(),
            u8::from(ends).to_string(),
        ];
        args.extend(events.iter().map(|event| serde_json::to_string(event).expect("events have string keys only")));
        let keys = vec![self.log_key(turn), self.fence_key(turn)];
        let (what, last): (String, String) = self.client().await?.eval(APPEND, keys, args).await?;
        Ok(match what.as_str() {
            "added" => Appended::Added(last),
            "fenced" => Appended::Fenced,
            "closed" => Appended::Closed,
            _ => Appended::Lost,
        })
    }

    /// The next entries after `after`, oldest first; none if there are none yet.
    pub async fn read_log(&self, turn: TurnId, after: Position) -> Result<Vec<Entry>, RedisError> {
        let page: Vec<(String, HashMap<String, String>)> =
            self.client().await?.xrange_values(self.log_key(turn), format!("({after}"), "+", Some(PAGE)).await?;
        Ok(page.into_iter().filter_map(|(id, fields)| entry(&id, fields)).collect())
    }

    /// The whole log.
    pub async fn read_whole_log(&self, turn: TurnId) -> Result<Vec<Entry>, RedisError> {
        let mut entries = Vec::new();
        let mut after = Position::START;
        loop {
            let page = self.read_log(turn, after).await?;
            let Some(last) = page.last() else { return Ok(entries) };
            after = last.position;
            entries.extend(page);
        }
    }

    /// The last entry, if there is one.
    pub async fn log_end(&self, turn: TurnId) -> Result<Option<Entry>, RedisError> {
        let page: Vec<(String, HashMap<String, String>)> =
            self.client().await?.xrevrange_values(self.log_key(turn), "+", "-", Some(1)).await?;
        Ok(page.into_iter().next().and_then(|(id, fields)| entry(&id, fields)))
    }

    /// Forgets the logs of these turns.
    pub async fn erase_logs(&self, turns: &[TurnId]) -> Result<(), RedisError> {
        if turns.is_empty() {
            return Ok(());
        }
        let keys: Vec<String> = turns.iter().flat_map(|turn| [self.log_key(*turn), self.fence_key(*turn)]).collect();
        Ok(self.client().await?.del::<(), _>(keys).await?)
    }
}

fn entry(id: &str, mut fields: HashMap<String, String>) -> Option<Entry> {
    let json = fields.remove(FIELD)?;
    let event = serde_json::from_str(&json).ok()?;
    Some(Entry { position: id.parse().ok()?, event, json })
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn positions_sort_as_numbers_and_survive_the_trip_through_a_browser() {
        let early: Position = "999-10".parse().unwrap();
        let late: Position = "1000-9".parse().unwrap();
        assert!(Position::START < early && early < late);
        assert_eq!(late.to_string().parse(), Ok(late));
        for broken in ["", "end", "1", "-", "1-x", "(1-1", "-1-1"] {
            assert!(broken.parse::<Position>().is_err(), "{broken}");
        }
    }
}
