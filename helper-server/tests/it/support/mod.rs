//! What the tests stand on.

pub mod app;
pub mod database;
pub mod hub;
pub mod link;
pub mod model;
pub mod people;
pub mod program;
pub mod reader;
pub mod redis;

pub use app::TestApp;
pub use model::{Gate, Step, say};
pub use people::{People, Person};
pub use program::Program;
pub use reader::Reader;

use server_kit::{clock::Clock, entropy::Entropy};
use std::{future::Future, time::Duration};
use tokio::time::{Instant, sleep};
use uuid::Uuid;

/// Longest time anything in these tests may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until `condition` gives a value.
pub async fn eventually<T, F>(what: &str, condition: impl Fn() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = condition().await {
            return value;
        }
        assert!(Instant::now() < until, "waited in vain: {what}");
        sleep(Duration::from_millis(10)).await;
    }
}

/// An id nobody has had before.
pub fn new_id() -> Uuid {
    Entropy::system().id(Clock::system().now())
}
