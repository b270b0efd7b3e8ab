//! What processes tell each other at once: a log grew, a turn is to stop, a class's epoch rose. One
//! subscribed connection per process. A signal may get lost; whoever waits for one also looks by itself.

use super::{Redis, RedisError};
use fred::{
    interfaces::{EventInterface, PubsubInterface},
    types::Message,
};
use shared_types::ids::{ClassroomId, StudentId, TurnId};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use uuid::Uuid;

const EPOCH_CHANNEL: &str = "class-hub:epoch";
const SESSION_CHANNEL: &str = "class-hub:session";
const ERASE_CHANNEL: &str = "class-hub:erase";
const WAITING_CHANNEL: &str = "class-hub:helper-waiting";

/// Something another process wants known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// This turn's log grew.
    Wake(TurnId),
    /// Somebody pressed Stop.
    Stop(TurnId),
    /// The hub raised a class's epoch.
    Epoch(ClassroomId, i32),
    /// A student's session has ended.
    SessionEnded(Uuid),
    /// Somebody waits, or a slot became free.
    Due,
    /// The hub wants a student's conversations gone, or the whole class's.
    Erase(ClassroomId, Option<StudentId>),
    /// Signals may have been missed.
    Missed,
}

/// The subscribed connection.
#[derive(Debug)]
pub struct Signals {
    redis: Redis,
    messages: Receiver<Message>,
}

impl Redis {
    pub(super) fn wake_channel(&self) -> String {
        self.key("wake")
    }

    fn stop_channel(&self) -> String {
        self.key("stop")
    }

    pub(super) fn due_channel(&self) -> String {
        self.key("due")
    }

    /// Tells the worker on this turn, wherever it is, to stop.
    pub async fn publish_stop(&self, turn: TurnId) -> Result<(), RedisError> {
        Ok(self.client().await?.publish::<(), _, _>(self.stop_channel(), turn.to_string()).await?)
    }

    /// Tells the hub how many turns of a class wait or run, and for how long the oldest has waited.
    pub async fn publish_waiting(&self, classroom: ClassroomId, turns: i64, oldest_s: i64) -> Result<(), RedisError> {
        let message = format!("{classroom} {turns} {oldest_s}");
        Ok(self.client().await?.publish::<(), _, _>(WAITING_CHANNEL, message).await?)
    }

    /// Subscribes on a connection of its own.
    pub async fn signals(&self) -> Result<Signals, RedisError> {
        let redis = self.connect_again();
        let messages = redis.client.message_rx();
        let channels = vec![
            redis.wake_channel(),
            redis.stop_channel(),
            redis.due_channel(),
            EPOCH_CHANNEL.to_owned(),
            SESSION_CHANNEL.to_owned(),
            ERASE_CHANNEL.to_owned(),
        ];
        redis.client().await?.subscribe(channels.clone()).await?;
        let client = redis.client.clone();
        // A new connection knows nothing of the old one's subscriptions.
        redis.client.on_reconnect(move |_| {
            let (client, channels) = (client.clone(), channels.clone());
            async move { client.subscribe(channels).await }
        });
        Ok(Signals { redis, messages })
    }
}

impl Signals {
    /// Waits for the next signal; none once the connection was closed for good.
    pub async fn next(&mut self) -> Option<Signal> {
        loop {
            match self.messages.recv().await {
                Ok(message) => {
                    if let Some(signal) = self.read(&message) {
                        return Some(signal);
                    }
                }
                Err(RecvError::Lagged(_)) => return Some(Signal::Missed),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Closes the connection.
    pub async fn close(&self) {
        self.redis.close().await;
    }

    fn read(&self, message: &Message) -> Option<Signal> {
        if message.channel == self.redis.due_channel() {
            return Some(Signal::Due);
        }
        let text: String = message.value.clone().convert().ok()?;
        if message.channel == self.redis.wake_channel() {
            Some(Signal::Wake(text.parse().ok()?))
        } else if message.channel == self.redis.stop_channel() {
            Some(Signal::Stop(text.parse().ok()?))
        } else if message.channel == SESSION_CHANNEL {
            Some(Signal::SessionEnded(text.parse().ok()?))
        } else if message.channel == ERASE_CHANNEL {
            let (classroom, student) = text.split_once(' ')?;
            let student = if student == "all" { None } else { Some(student.parse().ok()?) };
            Some(Signal::Erase(classroom.parse().ok()?, student))
        } else {
            let (classroom, epoch) = text.split_once(' ')?;
            Some(Signal::Epoch(classroom.parse().ok()?, epoch.parse().ok()?))
        }
    }
}
