//! Connections to Postgres, as both servers keep them.

use sqlx::{
    Connection, PgPool, Postgres,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// A request does not wait longer for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection that was idle for longer is asked whether it is still there before it is used.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// At most so many connections to the database that `url` names. Connects to nothing yet, so that a start never waits for a
/// neighbour.
///
/// # Errors
///
/// Where `url` is no address of a Postgres database.
pub fn pool(url: &str, max_connections: u32) -> sqlx::Result<PgPool> {
    let options: PgConnectOptions = url.parse()?;
    let pool = PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(PATIENCE)
        // A connection that was used a moment ago is there; asking it first would double the waiting.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > TRUSTED_FOR {
                    connection.ping().await?;
                }
                Ok(true)
            })
        });
    Ok(pool.connect_lazy_with(options))
}

/// Connections of a pool that go straight from one short look to the next. The pool asks each connection that comes back
/// whether it is still there, a round trip more than the look itself. Those that are held stay out of the pool until the
/// next look.
#[derive(Debug)]
pub struct WarmConnections {
    held: Mutex<Vec<(PoolConnection<Postgres>, Instant)>>,
    most: usize,
}

impl WarmConnections {
    /// Holds at most so many; the pool has to have more, for what is not short.
    pub const fn at_most(most: usize) -> Self {
        Self { held: Mutex::new(Vec::new()), most }
    }

    /// One that was used a moment ago, or one of the pool's.
    ///
    /// # Errors
    ///
    /// Where the pool has none.
    pub async fn acquire(&self, pool: &PgPool) -> sqlx::Result<PoolConnection<Postgres>> {
        match self.newest() {
            Some(connection) => Ok(connection),
            None => pool.acquire().await,
        }
    }

    fn newest(&self) -> Option<PoolConnection<Postgres>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(_, used)| used.elapsed() < TRUSTED_FOR);
        held.pop().map(|(connection, _)| connection)
    }

    /// Holds a connection on which nothing went wrong; one too many goes back to the pool.
    pub fn give_back(&self, connection: PoolConnection<Postgres>) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() < self.most {
            held.push((connection, Instant::now()));
        }
    }
}
