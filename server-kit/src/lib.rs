//! What the hub's and the helper's HTTP frames share: settings, time and randomness, connections to
//! Postgres, logs, security headers, page rendering, math, static assets, start and stop.

pub mod assets;
pub mod clock;
pub mod config;
pub mod database;
pub mod entropy;
pub mod frame;
pub mod logging;
pub mod math;
pub mod page;
pub mod shutdown;

use axum::Router;
use shutdown::Shutdown;
use std::{future::IntoFuture, time::Duration};
use tokio::net::TcpListener;

/// How long running requests may go on after a stop was asked for.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until a stop is asked for, then lets running requests end, for ten seconds at most.
/// Long-lived streams have to watch the same [`Shutdown`] and end themselves.
pub async fn serve(listener: TcpListener, router: Router, shutdown: Shutdown) -> anyhow::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "listening on {}", listener.local_addr()?);
    let stopped = shutdown.clone();
    // Made ready once: a router given as it is would be copied, table by table, for each connection.
    let server = axum::serve(listener, router.into_make_service());
    let server = server.with_graceful_shutdown(async move { stopped.cancelled().await });
    let mut server = std::pin::pin!(server.into_future());
    tokio::select! {
        result = &mut server => return Ok(result?),
        () = shutdown.cancelled() => tracing::info!("stopping: no new requests, letting the running ones end"),
    }
    if tokio::time::timeout(DRAIN, server).await.is_err() {
        tracing::warn!("stopped with requests still running after {} s", DRAIN.as_secs());
    }
    Ok(())
}
