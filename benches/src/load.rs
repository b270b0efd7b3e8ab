//! A closed loop: so many clients, each asking again as soon as it was answered.

use reqwest::{Client, RequestBuilder, StatusCode};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// What one run came to.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// How long each answer took, whole body read.
    latencies: Vec<Duration>,
    seconds: f64,
    bytes: usize,
}

/// Asks `request` by `clients` at once for so long; any answer but 200 ends it.
pub async fn run(
    clients: usize,
    time: Duration,
    request: impl Fn(&Client) -> RequestBuilder + Send + Sync + 'static,
) -> anyhow::Result<Run> {
    let request = Arc::new(request);
    let client = Client::builder().pool_max_idle_per_host(clients).build()?;
    let start = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let (request, client) = (request.clone(), client.clone());
        tasks.spawn(async move {
            let mut run = Run::default();
            while start.elapsed() < time {
                let asked = Instant::now();
                let answer = request(&client).send().await?;
                anyhow::ensure!(answer.status() == StatusCode::OK, "{} answered {}", answer.url(), answer.status());
                run.bytes += answer.bytes().await?.len();
                run.latencies.push(asked.elapsed());
            }
            anyhow::Ok(run)
        });
    }
    let mut all = Run::default();
    while let Some(run) = tasks.join_next().await {
        all.add(run??);
    }
    all.seconds = start.elapsed().as_secs_f64();
    Ok(all)
}

impl Run {
    /// Puts another run after this one.
    pub fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.seconds += other.seconds;
        self.bytes += other.bytes;
    }

    /// How many were answered.
    pub fn count(&self) -> usize {
        self.latencies.len()
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand answers")]
    pub fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }

    /// Bytes of one body, as sent.
    pub fn bytes_each(&self) -> usize {
        self.bytes / self.latencies.len().max(1)
    }

    /// The latency that `percent` of the answers kept within, in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(at).map_or(0.0, Duration::as_secs_f64) * 1000.0
    }
}
