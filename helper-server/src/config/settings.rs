//! The settings as they are written: names, defaults, and the sentences of `--help`.

use clap::{Args, Parser};
use server_kit::logging::LogFormat;
use std::{net::SocketAddr, path::PathBuf};

/// The homework helper: takes students' questions, streams answers back, reports to the hub in numbers only.
#[derive(Debug, Parser)]
#[command(
    name = "helper-server",
    version,
    after_help = "Commands:\n  helper-server [serve]              serve (the default)\n  \
                  helper-server migrate              bring the database's schema up to date\n  \
                  helper-server eval                 run the project's cases and write a report\n  \
                  helper-server qualify              measure the backend: slots, first text, pace\n  \
                  helper-server engine --model PATH  the embedded model's own process; started by serve\n\n\
                  Every setting can be given as NAME_FILE, naming a file that holds it."
)]
pub struct Settings {
    /// Address to listen on.
    #[arg(long, env = "HELPER_LISTEN", default_value = "127.0.0.1:3100")]
    pub listen: SocketAddr,
    /// Postgres, as the role that owns schema helper: postgres://helper@host/class_hub
    #[arg(long, env = "HELPER_DATABASE_URL", hide_env_values = true, hide_default_value = true)]
    pub database_url: String,
    /// Redis: redis://host:6379/1
    #[arg(long, env = "HELPER_REDIS_URL", hide_env_values = true, hide_default_value = true)]
    pub redis_url: String,
    /// First part of every key and channel name in Redis; several helpers with one prefix share the work.
    #[arg(long, env = "HELPER_REDIS_PREFIX", default_value = "helper")]
    pub redis_prefix: String,
    /// Address under which browsers reach the site, for instance https://hub.example.org
    #[arg(long, env = "HELPER_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    pub public_url: String,
    /// Keys that verify scope tokens: kid:base64url[,kid:base64url…], the same as the hub's.
    #[arg(long, env = "HUB_SCOPE_KEYS", hide_env_values = true, hide_default_value = true)]
    pub scope_keys: String,
    /// Keys that sign events for the hub: kid:base64url[,kid:base64url…], the same as the hub's.
    #[arg(long, env = "HELPER_EVENT_KEYS", hide_env_values = true, hide_default_value = true)]
    pub event_keys: String,
    /// Origin of the hub as seen from here; events are posted to its /internal/events.
    #[arg(long, env = "HELPER_HUB_URL", default_value = "http://127.0.0.1:3000")]
    pub hub_url: String,
    /// Folder with the built assets and their manifest.json.
    #[arg(long, env = "HELPER_ASSETS_DIR", default_value = "target/site/pkg")]
    pub assets_dir: PathBuf,
    /// Turns a backend answers at the same time, for all helpers of one prefix together; as many as it really works on
    /// side by side.
    #[arg(long, env = "HELPER_SLOTS", default_value_t = 2)]
    pub slots: u16,
    /// Questions that may wait at the same time; the next one is told that the line is full.
    #[arg(long, env = "HELPER_MAX_WAITING", default_value_t = 300)]
    pub max_waiting: u16,
    /// How log lines are written.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t = LogFormat::Json)]
    pub log_format: LogFormat,
    #[command(flatten)]
    pub model: ModelSettings,
    #[command(flatten)]
    pub pace: PaceSettings,
}

/// Which models answer, and how.
#[derive(Debug, Args)]
pub struct ModelSettings {
    /// Backends in the order in which they are tried: ollama, openai, chat-completions, embedded, lesson-only.
    #[arg(long, env = "HELPER_BACKENDS", default_value = "ollama,lesson-only")]
    pub backends: String,
    /// Backends with another number of slots, for instance ollama=4,embedded=1
    #[arg(long, env = "HELPER_BACKEND_SLOTS", default_value = "")]
    pub backend_slots: String,
    /// Backends with another time to their first text, in seconds, for instance embedded=120
    #[arg(long, env = "HELPER_BACKEND_TIMEOUTS_S", default_value = "")]
    pub backend_timeouts_s: String,
    /// Ollama's origin.
    #[arg(long, env = "HELPER_OLLAMA_URL", default_value = "http://127.0.0.1:11434")]
    pub ollama_url: String,
    /// Ollama's model.
    #[arg(long, env = "HELPER_OLLAMA_MODEL", default_value = "llama3.2:3b")]
    pub ollama_model: String,
    /// Base of an OpenAI-compatible API, up to and with /v1.
    #[arg(long, env = "HELPER_CHAT_URL")]
    pub chat_url: Option<String>,
    /// Model to name there.
    #[arg(long, env = "HELPER_CHAT_MODEL", default_value = "default")]
    pub chat_model: String,
    /// Key to send there as a bearer token, if it wants one.
    #[arg(long, env = "HELPER_CHAT_KEY", hide_env_values = true, hide_default_value = true)]
    pub chat_key: Option<String>,
    /// Has to be 1 before what students write is sent to a service outside the school (backend openai).
    #[arg(long, env = "HELPER_REMOTE_ACKNOWLEDGED", default_value = "")]
    pub remote_acknowledged: String,
    /// Base of OpenAI's API, up to and with /v1, as a local proxy offers it that adds TLS.
    #[arg(long, env = "HELPER_OPENAI_URL")]
    pub openai_url: Option<String>,
    /// OpenAI's model.
    #[arg(long, env = "HELPER_OPENAI_MODEL")]
    pub openai_model: Option<String>,
    /// Key for OpenAI.
    #[arg(long, env = "HELPER_OPENAI_KEY", hide_env_values = true, hide_default_value = true)]
    pub openai_key: Option<String>,
    /// What a million tokens cost that OpenAI's model reads, in dollars; counted in whole millionths a token.
    #[arg(long, env = "HELPER_OPENAI_USD_PER_MILLION_IN")]
    pub openai_usd_per_million_in: Option<f64>,
    /// … that it writes.
    #[arg(long, env = "HELPER_OPENAI_USD_PER_MILLION_OUT")]
    pub openai_usd_per_million_out: Option<f64>,
    /// The most that OpenAI may cost in a month, in dollars; then the next backend answers.
    #[arg(long, env = "HELPER_OPENAI_USD_PER_MONTH")]
    pub openai_usd_per_month: Option<f64>,
    /// GGUF file of the embedded model.
    #[arg(long, env = "HELPER_EMBEDDED_MODEL")]
    pub embedded_model: Option<PathBuf>,
    /// Context length in tokens of one turn, prompt and answer together; the same for every call, since
    /// Ollama reloads a model whose context length changes.
    #[arg(long, env = "HELPER_NUM_CTX", default_value_t = 4096)]
    pub num_ctx: u32,
    /// Longest answer, in tokens.
    #[arg(long, env = "HELPER_MAX_ANSWER_TOKENS", default_value_t = 700)]
    pub max_answer_tokens: u32,
    /// How long a backend may take to its first text before the next one is tried, in seconds.
    #[arg(long, env = "HELPER_FIRST_TEXT_TIMEOUT_S", default_value_t = 60)]
    pub first_text_timeout_s: u64,
    /// How long a backend may pause in the middle of an answer, in seconds.
    #[arg(long, env = "HELPER_NEXT_TEXT_TIMEOUT_S", default_value_t = 30)]
    pub next_text_timeout_s: u64,
}

/// How often things are looked after, and how long they live.
#[derive(Clone, Debug, Args)]
pub struct PaceSettings {
    /// How often a worker says that it is alive, in milliseconds.
    #[arg(long, env = "HELPER_HEARTBEAT_MS", default_value_t = 10_000)]
    pub heartbeat_ms: u64,
    /// After how much silence another worker takes a turn over, in milliseconds.
    #[arg(long, env = "HELPER_RECLAIM_MS", default_value_t = 30_000)]
    pub reclaim_ms: u64,
    /// How often turns without a queue entry are looked for, and how old they have to be, in milliseconds.
    #[arg(long, env = "HELPER_SWEEP_MS", default_value_t = 10_000)]
    pub sweep_ms: u64,
    /// How often a turn is started before it is given up.
    #[arg(long, env = "HELPER_MAX_DELIVERIES", default_value_t = 3)]
    pub max_deliveries: u16,
    /// How long a turn's log stays in Redis after its last entry, in seconds.
    #[arg(long, env = "HELPER_LOG_TTL_S", default_value_t = 3600)]
    pub log_ttl_s: u64,
    /// How long a conversation's text is kept after its last question, in seconds.
    #[arg(long, env = "HELPER_TEXT_TTL_S", default_value_t = 86_400)]
    pub text_ttl_s: u64,
    /// Longest pause between two tries to deliver an event to the hub, in milliseconds.
    #[arg(long, env = "HELPER_OUTBOX_MAX_PAUSE_MS", default_value_t = 300_000)]
    pub outbox_max_pause_ms: u64,
}

/// What `migrate` needs.
#[derive(Debug, Parser)]
#[command(name = "helper-server migrate")]
pub struct MigrateSettings {
    /// Postgres, as the role that owns schema helper.
    #[arg(long, env = "HELPER_DATABASE_URL", hide_env_values = true, hide_default_value = true)]
    pub database_url: String,
    /// How log lines are written.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t = LogFormat::Json)]
    pub log_format: LogFormat,
}
