//! Redis: counters that all hub processes share. The only file that knows the client. Everything here gives up
//! quickly; the hub works without it.

use fred::{
    clients::Client,
    interfaces::{ClientLike, EventInterface, KeysInterface, LuaInterface, PubsubInterface},
    types::{
        Builder,
        config::{Config, PerformanceConfig, ReconnectPolicy},
    },
};
use std::{sync::Arc, time::Duration};
use tokio::sync::broadcast::error::RecvError;

/// A command that takes longer counts as refused.
const PATIENCE: Duration = Duration::from_millis(250);
/// Retries to connect for ever, at first at once and then every two seconds.
const RECONNECT: (u32, u32, u32, u32) = (0, 50, 2_000, 2);

/// Adds ARGV[1] to a counter that starts to live for ARGV[2] milliseconds with its first addition. Nothing is taken
/// from a counter that is not there, or has ended meanwhile.
const COUNT: &str = "if tonumber(ARGV[1]) < 0 and tonumber(redis.call('get', KEYS[1]) or 0) <= 0 then return 0 end
local n = redis.call('incrby', KEYS[1], ARGV[1])
if redis.call('pttl', KEYS[1]) < 0 then redis.call('pexpire', KEYS[1], ARGV[2]) end
return n";

/// The connection; clones share it.
#[derive(Clone)]
pub struct Redis {
    client: Client,
    /// In front of every key, so that several hubs can share one database.
    prefix: Arc<str>,
}

/// Redis did not answer, or not in time.
#[derive(Debug, thiserror::Error)]
#[error("redis is away: {0}")]
pub struct RedisAway(#[from] fred::error::Error);

impl Redis {
    /// Starts to connect in the background; fails only where the address is not one. Keys begin with `prefix`.
    pub fn start(url: &str, prefix: &str) -> anyhow::Result<Self> {
        let mut config = Config::from_url(url)?;
        config.fail_fast = false;
        let (attempts, min, max, base) = RECONNECT;
        let client = Builder::from_config(config)
            .with_performance_config(|performance: &mut PerformanceConfig| {
                performance.default_command_timeout = PATIENCE;
            })
            .with_connection_config(|connection| {
                connection.connection_timeout = Duration::from_secs(2);
                connection.max_command_attempts = 1;
            })
            .set_policy(ReconnectPolicy::new_exponential(attempts, min, max, base))
            .build()?;
        drop(client.connect());
        Ok(Self { client, prefix: prefix.into() })
    }

    /// Waits until the connection stands. Nothing that answers a request may do so.
    pub async fn connected(&self) -> Result<(), RedisAway> {
        Ok(self.client.wait_for_connect().await?)
    }

    /// Whether Redis answers now.
    pub async fn answers(&self) -> bool {
        self.is_connected() && self.client.ping::<String>(None).await.is_ok()
    }

    /// Adds `by` to a counter and returns it; a new counter ends after `life`.
    pub(super) async fn count(&self, key: &str, by: i64, life: Duration) -> Result<i64, RedisAway> {
        self.must_be_connected()?;
        let life_ms = i64::try_from(life.as_millis()).unwrap_or(i64::MAX);
        Ok(self.client.eval(COUNT, self.key(key), vec![by, life_ms]).await?)
    }

    /// A counter's value and how long it still lives; zero where there is none.
    pub(super) async fn counted(&self, key: &str) -> Result<(i64, Duration), RedisAway> {
        self.must_be_connected()?;
        let pipeline = self.client.pipeline();
        let () = pipeline.get(self.key(key)).await?;
        let () = pipeline.pttl(self.key(key)).await?;
        let (count, life_ms): (Option<i64>, i64) = pipeline.all().await?;
        Ok((count.unwrap_or_default(), Duration::from_millis(life_ms.max(0).unsigned_abs())))
    }

    /// Forgets a counter.
    pub(super) async fn forget(&self, key: &str) -> Result<(), RedisAway> {
        self.must_be_connected()?;
        Ok(self.client.del(self.key(key)).await?)
    }

    /// Tells every listener of `channel`; returns how many there are.
    pub async fn tell(&self, channel: &str, message: String) -> Result<i64, RedisAway> {
        self.must_be_connected()?;
        Ok(self.client.publish(channel, message).await?)
    }

    /// Hands every message of `channel` to `hear`, on a connection of its own, until that fails.
    pub async fn listen(&self, channel: &str, hear: impl Fn(&str)) -> Result<(), RedisAway> {
        let client = self.client.clone_new();
        let (mut messages, mut again) = (client.message_rx(), client.reconnect_rx());
        let connection = client.init().await?;
        client.subscribe(channel).await?;
        let ended = loop {
            tokio::select! {
                message = messages.recv() => match message {
                    Ok(message) => hear(&message.value.convert::<String>().unwrap_or_default()),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => break Ok(()),
                },
                // A new connection knows nothing of what the old one listened to.
                connected = again.recv() => match connected {
                    Ok(_) | Err(RecvError::Lagged(_)) => {
                        if let Err(away) = client.subscribe(channel).await {
                            break Err(away.into());
                        }
                    }
                    Err(RecvError::Closed) => break Ok(()),
                },
            }
        };
        connection.abort();
        ended
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn is_connected(&self) -> bool {
        self.client.is_connected()
    }

    /// Without a connection a command would wait for one; a page must not.
    fn must_be_connected(&self) -> Result<(), RedisAway> {
        if self.is_connected() {
            return Ok(());
        }
        Err(RedisAway(fred::error::Error::new(fred::error::ErrorKind::IO, "not connected")))
    }
}
