//! What every handler is given: the settings and the things that outlive a request.

use crate::{
    account::Passwords,
    config::Config,
    live::Live,
    storage::Storage,
    submission::Checks,
    ui::time::Now,
    web::{kept::KeptPages, redis::Redis, secrets::Secrets, throttle::Throttle},
};
use anyhow::Context;
use secrecy::ExposeSecret;
use server_kit::{assets::Assets, clock::Clock, database, entropy::Entropy};
use sqlx::PgPool;
use std::{ops::Deref, sync::Arc};

/// Most database connections of one process. Two cores saturate well below.
const MAX_CONNECTIONS: u32 = 16;

/// The application: cheap to clone, the same for every request.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
pub struct Parts {
    pub config: Config,
    pub db: PgPool,
    pub redis: Redis,
    pub throttle: Throttle,
    pub assets: Assets,
    pub storage: Storage,
    pub checks: Checks,
    pub live: Live,
    pub pages: KeptPages,
    pub secrets: Secrets,
    pub passwords: Passwords,
    pub clock: Clock,
    pub entropy: Entropy,
}

impl App {
    /// The application as the settings say. Connects to nothing yet, so that a start never waits for a neighbour.
    pub fn start(config: Config) -> anyhow::Result<Self> {
        let db = database::pool(config.database_url.expose_secret(), MAX_CONNECTIONS)
            .context("HUB_DATABASE_URL is not a postgres:// address")?;
        let redis = Redis::start(config.redis_url.expose_secret(), "class-hub:")
            .context("HUB_REDIS_URL is not a redis:// address")?;
        let entropy = Entropy::system();
        Ok(Self::new(Parts {
            storage: Storage::new(&config.uploads_dir, &config.storage)?,
            checks: Checks::new(config.scanner.clone()),
            live: Live::default(),
            pages: KeptPages::default(),
            assets: Assets::load(&config.assets_dir, "/pkg")?,
            secrets: Secrets::new(config.secret_key.expose_secret()),
            passwords: Passwords::new(&entropy),
            throttle: Throttle::new(redis.clone()),
            clock: Clock::system(),
            db,
            redis,
            entropy,
            config,
        }))
    }

    /// The application made of `parts`; tests choose their own.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The time, with the school's zone to say it in.
    pub fn now_at_school(&self) -> Now {
        Now { now: self.clock.now(), zone: self.config.time_zone }
    }

    /// A new id: they sort by time of creation.
    pub fn new_id(&self) -> uuid::Uuid {
        self.entropy.id(self.clock.now())
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
