//! All the helper says to Redis, so that the client library appears in this folder only.
//!
//! * `PREFIX:line…`: who waits, and who was served when; see [`line`].
//! * `PREFIX:queue`: a stream with one entry for each turn that has a slot, read by the consumer group `workers`. An
//!   entry stays until its turn has ended; who holds it, and since when, is the group's pending list.
//! * `PREFIX:turn:ID:log`: a stream with one [`TurnEvent`](shared_types::turn::TurnEvent) an entry.
//! * `PREFIX:turn:ID:fence`: the attempt that may append to that log, or `closed`.
//! * `PREFIX:asked:…`: who asked when, for the limits.
//! * `PREFIX:page:HASH`: the scope token that a browser opened the chat's own page with, until it ends.
//! * `PREFIX:once:ID`: grants to read a conversation that were taken.
//! * `PREFIX:epoch:CLASSROOM`: the highest epoch known.
//! * `PREFIX:ended-session:ID`: sessions of the hub that have ended, for as long as a token of theirs could live.
//! * Channels `PREFIX:wake` and `PREFIX:stop`, each carrying a turn id, `PREFIX:due` for the workers, and the hub's
//!   `class-hub:epoch`, `class-hub:session` and `class-hub:erase`; `class-hub:helper-waiting` tells the hub who waits.

mod epoch;
mod limits;
mod line;
mod log;
mod once;
mod page;
mod queue;
mod session;
mod signals;

pub use limits::{Asked, Windows};
pub use line::Waiting;
pub use log::{Appended, Entry, Position};
pub use queue::Delivery;
pub use signals::Signal;

use fred::{
    clients::Client,
    interfaces::ClientLike,
    types::{Builder, config::Config, config::ReconnectPolicy},
};
use secrecy::{ExposeSecret, SecretString};
use shared_types::ids::TurnId;
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// What a call may take; longer than any blocking read.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(4);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a call waits for a connection that is just being made.
const CONNECTION_PATIENCE: Duration = Duration::from_millis(250);

/// Something went wrong between us and Redis.
#[derive(Debug, thiserror::Error)]
pub enum RedisError {
    #[error("Redis is away")]
    Away,
    #[error("Redis: {0}")]
    Failed(#[from] fred::error::Error),
}

/// One process's connection to Redis, with the names of its keys.
#[derive(Clone, Debug)]
pub struct Redis {
    client: Client,
    prefix: Arc<str>,
}

impl Redis {
    /// Connects in the background, and again whenever the connection is lost; while there is none, calls
    /// fail within seconds. Fails if the address is malformed.
    pub fn connect(url: &SecretString, prefix: &str) -> Result<Self, RedisError> {
        let config = Config { fail_fast: false, ..Config::from_url(url.expose_secret())? };
        let client = Builder::from_config(config)
            .with_connection_config(|connection| {
                connection.connection_timeout = CONNECT_TIMEOUT;
                // A call that may have been carried out is never repeated behind our back.
                connection.max_command_attempts = 1;
            })
            .with_performance_config(|performance| performance.default_command_timeout = COMMAND_TIMEOUT)
            .set_policy(ReconnectPolicy::new_exponential(0, 50, 2_000, 2))
            .build()?;
        client.connect();
        Ok(Self { client, prefix: prefix.into() })
    }

    /// Another connection with the same settings: for a blocking read, or for subscribing.
    pub fn connect_again(&self) -> Self {
        let client = self.client.clone_new();
        client.connect();
        Self { client, prefix: Arc::clone(&self.prefix) }
    }

    /// Whether Redis answers now.
    pub async fn is_up(&self) -> bool {
        match self.client().await {
            Ok(client) => client.ping::<()>(None).await.is_ok(),
            Err(_) => false,
        }
    }

    /// Says goodbye.
    pub async fn close(&self) {
        if self.client.is_connected()
            && let Err(error) = self.client.quit().await
        {
            tracing::debug!(%error, "Redis was gone before the goodbye");
        }
    }

    /// The client, if it has a connection: without one, calls would wait for their whole time.
    async fn client(&self) -> Result<&Client, RedisError> {
        if !self.client.is_connected() {
            let connected = timeout(CONNECTION_PATIENCE, self.client.wait_for_connect());
            connected.await.map_err(|_| RedisError::Away)?.map_err(|_| RedisError::Away)?;
        }
        Ok(&self.client)
    }

    fn key(&self, rest: &str) -> String {
        format!("{}:{rest}", self.prefix)
    }

    fn log_key(&self, turn: TurnId) -> String {
        self.key(&format!("turn:{turn}:log"))
    }

    fn fence_key(&self, turn: TurnId) -> String {
        self.key(&format!("turn:{turn}:fence"))
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
