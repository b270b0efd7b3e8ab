//! Stopping in order: one signal, seen by every task that has to end.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Tells when to stop. Clones tell the same.
#[derive(Clone, Debug, Default)]
pub struct Shutdown(CancellationToken);

impl Shutdown {
    /// One that stops on SIGTERM and on SIGINT.
    pub fn on_signals() -> anyhow::Result<Self> {
        let shutdown = Self::default();
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let token = shutdown.0.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            token.cancel();
        });
        Ok(shutdown)
    }

    /// Asks everyone to stop.
    pub fn stop(&self) {
        self.0.cancel();
    }

    /// Whether a stop was asked for.
    pub fn is_stopping(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Waits until a stop is asked for.
    pub async fn cancelled(&self) {
        self.0.cancelled().await;
    }

    /// The token itself, for libraries that take one.
    pub fn token(&self) -> CancellationToken {
        self.0.clone()
    }
}
