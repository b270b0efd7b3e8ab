//! The waiting line: whose question is answered next, decided in Redis so that all helpers agree.
//!
//! * `PREFIX:line`: a hash, turn id to `number class actor`, where the number counts arrivals. A turn is in it from
//!   its acceptance until a worker takes it.
//! * `PREFIX:line:served`: a sorted set of classes and actors by when they were last given a slot.
//! * `PREFIX:line:count`: the counter both take their numbers from.
//!
//! Classes take turns, and within a class its students do: whoever was given a slot longest ago is next, and among
//! equals whoever came first. Asking ten times makes nobody else wait longer than asking once.
//!
//! A slot is an entry of the stream `PREFIX:queue`: it is added when a turn leaves the line and goes when the turn
//! has ended, so the stream's length is the number of slots in use and its entries say who has a turn running. Leaving
//! the line, taking the slot and handing it to a worker is one script: a crash leaves the turn in the one place or in
//! the other.

use super::{Redis, RedisError, queue};
use fred::interfaces::{HashesInterface, LuaInterface};
use shared_types::{
    ids::{ClassroomId, TurnId},
    scope::Actor,
};

/// How many classes and students the line remembers having served.
const REMEMBERED: usize = 20_000;

/// `in_order(line, served)`: the waiting turns as tables with `turn`, `class` and `actor`, in the order in which they
/// are to be answered.
const IN_ORDER: &str = "
local function last_served(served, member) return tonumber(redis.call('zscore', served, member) or 0) end
local function by_last_then_first(a, b)
  if a.last ~= b.last then return a.last < b.last end
  return a.first < b.first
end
local function in_order(line, served)
  local flat, turns = redis.call('hgetall', line), {}
  for i = 1, #flat, 2 do
    local number, class, actor = string.match(flat[i + 1], '^(%d+) (%S+) (%S+)$')
    if number then
      turns[#turns + 1] = {turn = flat[i], first = tonumber(number), class = class, actor = actor}
    end
  end
  table.sort(turns, function(a, b) return a.first < b.first end)
  local classes, class_of = {}, {}
  for _, turn in ipairs(turns) do
    local class = class_of[turn.class]
    if not class then
      class = {last = last_served(served, turn.class), first = turn.first, actors = {}, actor_of = {}, head = 1}
      class_of[turn.class] = class
      classes[#classes + 1] = class
    end
    local actor = class.actor_of[turn.actor]
    if not actor then
      actor = {last = last_served(served, turn.actor), first = turn.first, turns = {}, head = 1}
      class.actor_of[turn.actor] = actor
      class.actors[#class.actors + 1] = actor
    end
    actor.turns[#actor.turns + 1] = turn
  end
  table.sort(classes, by_last_then_first)
  for _, class in ipairs(classes) do table.sort(class.actors, by_last_then_first) end
  local order, head = {}, 1
  while classes[head] do
    local class = classes[head]
    local actor = class.actors[class.head]
    order[#order + 1] = actor.turns[actor.head]
    head, class.head, actor.head = head + 1, class.head + 1, actor.head + 1
    if actor.turns[actor.head] then class.actors[#class.actors + 1] = actor end
    if class.actors[class.head] then classes[#classes + 1] = class end
  end
  return order
end
";

/// KEYS: line, counter. ARGV: turn, class, actor, channel. Entering twice keeps the first place.
const ENTER: &str = "
if redis.call('hexists', KEYS[1], ARGV[1]) == 0 then
  local number = redis.call('incr', KEYS[2])
  redis.call('hset', KEYS[1], ARGV[1], number .. ' ' .. ARGV[2] .. ' ' .. ARGV[3])
end
redis.call('publish', ARGV[4], '')
";

/// KEYS: queue, line, served, counter. ARGV: group, consumer, slots, classes and students to remember.
/// Answers the entry and its turn, or nothing where no slot is free or nobody waits who may be answered now.
const TAKE: &str = "
local function read()
  local read = redis.call('xreadgroup', 'group', ARGV[1], ARGV[2], 'count', 1, 'streams', KEYS[1], '>')
  if not read then return nil end
  local entry = read[1][2][1]
  return {entry[1], entry[2][2]}
end
local unread = read()
if unread then return unread end
local held, busy = redis.call('xrange', KEYS[1], '-', '+'), {}
if #held >= tonumber(ARGV[3]) then return {} end
for _, entry in ipairs(held) do
  if entry[2][3] == 'actor' then busy[entry[2][4]] = true end
end
for _, next in ipairs(in_order(KEYS[2], KEYS[3])) do
  if not busy[next.actor] then
    local number = redis.call('incr', KEYS[4])
    redis.call('hdel', KEYS[2], next.turn)
    redis.call('zadd', KEYS[3], number, next.class, number, next.actor)
    redis.call('zremrangebyrank', KEYS[3], 0, -1 - tonumber(ARGV[4]))
    redis.call('xadd', KEYS[1], '*', 'turn', next.turn, 'actor', next.actor)
    return read()
  end
end
return {}
";

/// KEYS: line, served.
const ORDER: &str = "
local turns = {}
for index, next in ipairs(in_order(KEYS[1], KEYS[2])) do turns[index] = next.turn end
return turns
";

/// A turn as the line needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub turn: TurnId,
    pub classroom: ClassroomId,
    pub actor: Actor,
}

impl Redis {
    fn line_key(&self) -> String {
        self.key("line")
    }

    fn served_key(&self) -> String {
        self.key("line:served")
    }

    fn count_key(&self) -> String {
        self.key("line:count")
    }

    /// Lets a turn wait, and tells the workers.
    pub async fn enter_line(&self, waiting: Waiting) -> Result<(), RedisError> {
        let Waiting { turn, classroom, actor } = waiting;
        let args = vec![turn.to_string(), classroom.to_string(), actor.uuid().to_string(), self.due_channel()];
        Ok(self.client().await?.eval::<(), _, _, _>(ENTER, vec![self.line_key(), self.count_key()], args).await?)
    }

    /// Takes a turn out of the line that need not be answered any more.
    pub async fn leave_line(&self, turn: TurnId) -> Result<(), RedisError> {
        Ok(self.client().await?.hdel::<(), _, _>(self.line_key(), turn.to_string()).await?)
    }

    /// Gives the next turn that may be answered to `consumer`, if one of `slots` is free.
    pub async fn take_next(&self, consumer: &str, slots: usize) -> Result<Option<queue::Delivery>, RedisError> {
        let script = format!("{IN_ORDER}{TAKE}");
        let keys = vec![self.queue_key(), self.line_key(), self.served_key(), self.count_key()];
        let args = vec![queue::GROUP.to_owned(), consumer.to_owned(), slots.to_string(), REMEMBERED.to_string()];
        let taken: Vec<String> = match self.client().await?.eval(script, keys, args).await {
            // The stream went with its Redis; the sweeper puts back what waited.
            Err(error) if error.details().contains("NOGROUP") => {
                self.make_queue().await?;
                return Ok(None);
            }
            taken => taken?,
        };
        match taken.as_slice() {
            [entry, turn] => Ok(self.delivery(entry.clone(), Some(turn), false).await),
            _ => Ok(None),
        }
    }

    /// How many turns wait.
    pub async fn line_length(&self) -> Result<usize, RedisError> {
        Ok(self.client().await?.hlen(self.line_key()).await?)
    }

    /// Everyone who waits, in the order in which they will be answered.
    pub async fn line_in_order(&self) -> Result<Vec<TurnId>, RedisError> {
        let script = format!("{IN_ORDER}{ORDER}");
        let turns: Vec<String> =
            self.client().await?.eval(script, vec![self.line_key(), self.served_key()], Vec::<String>::new()).await?;
        Ok(turns.iter().filter_map(|turn| turn.parse().ok()).collect())
    }
}
