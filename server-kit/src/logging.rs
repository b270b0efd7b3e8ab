//! Logs: one line an event on standard error, JSON by default. They carry ids and codes, never names,
//! class codes, text or tokens.

use clap::ValueEnum;
use std::env;
use tracing::Level;
use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For reading in a terminal.
    Text,
}

/// Starts logging. `RUST_LOG` chooses what is logged; without it `info`, with libraries at `warn`.
pub fn init(format: LogFormat) {
    let asked = env::var("RUST_LOG").ok().and_then(|levels| levels.parse::<Targets>().ok());
    let filter = asked.unwrap_or_else(|| {
        let quiet = ["sqlx", "fred", "hyper", "reqwest"].map(|library| (library, Level::WARN));
        Targets::new().with_default(Level::INFO).with_targets(quiet)
    });
    let registry = tracing_subscriber::registry().with(filter);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Json => {
            registry.with(lines.json().flatten_event(true).with_current_span(true).with_span_list(false)).try_init()
        }
        LogFormat::Text => registry.with(lines.compact()).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started already");
    }
}
