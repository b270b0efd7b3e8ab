//! Holding a turn while working on it: heartbeats, and the tokens that end the work early.

use super::lease::{self, Renewed};
use crate::{
    app::App,
    live::StopWatch,
    redis::{Delivery, Redis},
};
use shared_types::ids::TurnId;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A worker's hold on one delivery, from before the turn is taken until it is let go.
#[derive(Debug)]
pub struct Hold {
    /// Somebody pressed Stop.
    pub stop: CancellationToken,
    /// Another worker has the turn.
    pub lost: CancellationToken,
    heartbeat: Option<JoinHandle<()>>,
    _watch: StopWatch,
}

impl Hold {
    /// Listens for Stop. Do so before the turn is taken: a Stop from before then is in its row.
    pub fn new(app: &App, turn: TurnId) -> Self {
        let watch = app.live.watch_for_stop(turn);
        Self { stop: watch.token(), lost: CancellationToken::new(), heartbeat: None, _watch: watch }
    }

    /// Starts saying, in Postgres and in Redis, that this worker is alive.
    pub fn keep(&mut self, app: &App, consumer: &str, delivery: &Delivery, attempt: i32) {
        let beat =
            beat(app.clone(), consumer.to_owned(), delivery.clone(), attempt, self.stop.clone(), self.lost.clone());
        self.heartbeat = Some(tokio::spawn(beat));
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(heartbeat) = &self.heartbeat {
            heartbeat.abort();
        }
    }
}

async fn beat(
    app: App,
    consumer: String,
    delivery: Delivery,
    attempt: i32,
    stop: CancellationToken,
    lost: CancellationToken,
) {
    loop {
        tokio::time::sleep(app.config.pace.heartbeat).await;
        // First Postgres, then Redis: whoever reclaims the entry after our last word finds the lease over.
        match lease::renew(&app, delivery.turn, attempt).await {
            Ok(Renewed::Lost) => return lost.cancel(),
            Ok(Renewed::StopRequested) => stop.cancel(),
            Ok(Renewed::Kept) => {}
            Err(error) => tracing::warn!(turn = %delivery.turn, %error, "a heartbeat did not reach Postgres"),
        }
        keep_entry(&app.redis, &consumer, &delivery).await;
    }
}

async fn keep_entry(redis: &Redis, consumer: &str, delivery: &Delivery) {
    if let Err(error) = redis.keep_delivery(consumer, &delivery.entry).await {
        tracing::warn!(turn = %delivery.turn, %error, "a heartbeat did not reach Redis");
    }
}
