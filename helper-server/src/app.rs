//! What every part of the helper is given.

use crate::{
    backend::{Backends, ledger::Ledger},
    config::Config,
    live::Live,
    redis::Redis,
    turn::place::LastLook,
};
use anyhow::Context;
use secrecy::ExposeSecret;
use server_kit::{assets::Assets, clock::Clock, database, entropy::Entropy, shutdown::Shutdown};
use sqlx::PgPool;
use std::{num::NonZero, ops::Deref, sync::Arc, thread::available_parallelism, time::Duration};
use tokio::{
    sync::{Notify, Semaphore},
    task::JoinSet,
};

/// Most database connections of one process.
const MAX_CONNECTIONS: u32 = 12;
const HUB_CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// The application: cheap to clone, one per process.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// What an [`App`] is made of.
#[derive(Debug)]
pub struct Parts {
    pub config: Config,
    pub db: PgPool,
    pub redis: Redis,
    pub http: reqwest::Client,
    pub backends: Backends,
    pub assets: Assets,
    pub live: Live,
    pub last_look: LastLook,
    /// As many turns as may be ended at the same time.
    pub endings: Semaphore,
    /// Told when an event was added to the outbox.
    pub outbox_due: Notify,
    pub clock: Clock,
    pub entropy: Entropy,
    pub shutdown: Shutdown,
}

impl App {
    /// The application as the settings say. Waits for no neighbour: what is away is waited for later.
    pub fn start(config: Config, clock: Clock, entropy: Entropy, shutdown: Shutdown) -> anyhow::Result<Self> {
        let db = database::pool(config.database_url.expose_secret(), MAX_CONNECTIONS)
            .context("HELPER_DATABASE_URL is not a postgres:// address")?;
        let redis = Redis::connect(&config.redis_url, &config.redis_prefix)
            .context("HELPER_REDIS_URL is not a redis:// address")?;
        let assets = Assets::load(&config.assets_dir, "/helper/pkg")?;
        let http = reqwest::Client::builder().connect_timeout(HUB_CONNECT_TIMEOUT).no_proxy().build()?;
        let ledger = Ledger::shared(db.clone(), clock.clone());
        let backends = Backends::new(&config.backends, config.next_text_timeout, clock.clone(), &ledger)?;
        let outbox_due = Notify::new();
        let live = Live::default();
        Ok(Self(Arc::new(Parts {
            config,
            db,
            redis,
            http,
            backends,
            assets,
            live,
            last_look: LastLook::default(),
            endings: Semaphore::new(available_parallelism().map_or(1, NonZero::get)),
            outbox_due,
            clock,
            entropy,
            shutdown,
        })))
    }

    /// Starts everything that works beside the requests. All of it ends by itself after a stop.
    pub fn start_work(&self) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        tasks.spawn(crate::live::listen(self.clone()));
        tasks.spawn(crate::turn::worker::run(self.clone()));
        tasks.spawn(crate::turn::sweep::run(self.clone()));
        tasks.spawn(crate::turn::waiting::run(self.clone()));
        tasks.spawn(crate::report::run(self.clone()));
        tasks.spawn(crate::retention::run(self.clone()));
        tasks
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
