//! Limits on failures: so many per account, code or address within a time, successes not counted. Counted in Redis for
//! all processes together, and in this process alone while Redis is away.

use crate::web::redis::Redis;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How many failures of one kind are let pass within `window`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is counted, for instance `sign-in-account`.
    pub name: &'static str,
    pub failures: u32,
    pub window: Duration,
}

/// A limit applied to one account, code or address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limited {
    limit: Limit,
    key: String,
}

impl Limit {
    /// This limit for `whom`, who is hashed: counters hold no names.
    pub fn on(self, whom: &str) -> Limited {
        let digest = Sha256::digest(whom.as_bytes());
        let short = URL_SAFE_NO_PAD.encode(&digest[..16]);
        Limited { limit: self, key: format!("limit:{}:{short}", self.name) }
    }
}

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub Duration);

impl Wait {
    /// Whole seconds, at least one.
    pub fn seconds(self) -> u64 {
        self.0.as_secs().max(1)
    }
}

/// Counts failures.
#[derive(Clone)]
pub struct Throttle {
    redis: Redis,
    /// While Redis is away: count and end of each counter.
    own: Arc<Mutex<HashMap<String, (i64, Instant)>>>,
}

impl Throttle {
    /// Counters in `redis`.
    pub fn new(redis: Redis) -> Self {
        Self { redis, own: Arc::default() }
    }

    /// `Err` if one of `limits` was reached: nothing may be tried for that long.
    pub async fn check(&self, limits: &[&Limited]) -> Result<(), Wait> {
        for limited in limits {
            let (count, life) = match self.redis.counted(&limited.key).await {
                Ok(counted) => counted,
                Err(_) => self.own_count(&limited.key),
            };
            if count >= i64::from(limited.limit.failures) {
                return Err(Wait(life));
            }
        }
        Ok(())
    }

    /// Counts one more and returns how many that makes.
    pub async fn count(&self, limited: &Limited) -> i64 {
        self.add(limited, 1).await
    }

    /// How long until `limited` counts from nothing again.
    pub async fn wait(&self, limited: &Limited) -> Wait {
        let life = match self.redis.counted(&limited.key).await {
            Ok((_, life)) => life,
            Err(_) => self.own_count(&limited.key).1,
        };
        Wait(life)
    }

    /// Counts an attempt before it is made, so that many at once cannot slip past; `Err` where that is one too many.
    /// An attempt that turns out well is to be [`forgiven`](Self::forgive).
    pub async fn attempt(&self, limits: &[&Limited]) -> Result<(), Wait> {
        for (at, limited) in limits.iter().enumerate() {
            if self.add(limited, 1).await > i64::from(limited.limit.failures) {
                let wait = self.wait(limited).await;
                self.forgive(&limits[..=at]).await;
                return Err(wait);
            }
        }
        Ok(())
    }

    /// Takes an attempt back.
    pub async fn forgive(&self, limits: &[&Limited]) {
        for limited in limits {
            self.add(limited, -1).await;
        }
    }

    /// Counts a failure.
    pub async fn failed(&self, limits: &[&Limited]) {
        for limited in limits {
            self.add(limited, 1).await;
        }
    }

    /// Forgets all failures of one counter.
    pub async fn clear(&self, limited: &Limited) {
        self.own().remove(&limited.key);
        if let Err(away) = self.redis.forget(&limited.key).await {
            tracing::debug!(%away, "a counter was cleared in this process only");
        }
    }

    async fn add(&self, limited: &Limited, by: i64) -> i64 {
        let Limited { limit, key } = limited;
        match self.redis.count(key, by, limit.window).await {
            Ok(count) => count,
            Err(away) => {
                tracing::debug!(%away, limit = limit.name, "counting in this process only");
                self.add_own(key, by, limit.window)
            }
        }
    }

    fn add_own(&self, key: &str, by: i64, window: Duration) -> i64 {
        let now = Instant::now();
        let mut own = self.own();
        own.retain(|_, (_, end)| *end > now);
        let (count, _) = own.entry(key.to_owned()).or_insert((0, now + window));
        // What was counted in Redis before it went away cannot be taken back here.
        *count = (*count + by).max(0);
        *count
    }

    fn own_count(&self, key: &str) -> (i64, Duration) {
        let now = Instant::now();
        let found = self.own().get(key).copied().filter(|(_, end)| *end > now);
        found.map_or((0, Duration::ZERO), |(count, end)| (count, end - now))
    }

    fn own(&self) -> std::sync::MutexGuard<'_, HashMap<String, (i64, Instant)>> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
