//! Logs: one line an event on standard error, JSON by default. They carry ids and codes, never names,
//! class codes, text or tokens.

use clap::ValueEnum;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

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
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,fred=warn,hyper=warn,reqwest=warn,tower_http=info"));
    let registry = tracing_subscriber::registry().with(filter);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Json => registry.with(lines.json().flatten_event(true).with_current_span(true)).try_init(),
        LogFormat::Text => registry.with(lines.compact()).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started already");
    }
}
