//! The resident memory of a process, watched while something happens.

use anyhow::Context;
use std::{fs, time::Duration};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_millis(20);

/// Watches until it is stopped.
pub struct Watch {
    before: u64,
    stop: CancellationToken,
    peak: JoinHandle<u64>,
}

impl Watch {
    /// Begins with what the process has now.
    pub fn start(pid: u32) -> anyhow::Result<Self> {
        let before = resident(pid)?;
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let peak = tokio::spawn(async move {
            let mut peak = before;
            while !stopped.is_cancelled() {
                peak = peak.max(resident(pid).unwrap_or_default());
                tokio::time::sleep(EVERY).await;
            }
            peak
        });
        Ok(Self { before, stop, peak })
    }

    /// Bytes at the beginning, and the most there were.
    pub async fn stop(self) -> (u64, u64) {
        self.stop.cancel();
        (self.before, self.peak.await.unwrap_or_default())
    }
}

/// Resident bytes of a process now.
pub fn resident(pid: u32) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024)
}
