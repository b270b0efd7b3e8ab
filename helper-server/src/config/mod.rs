//! Settings: read from the environment, listed by `--help`, checked at start with a sentence each.

mod settings;

pub use settings::{MigrateSettings, ModelSettings, PaceSettings, Settings};

use crate::backend::ledger::Prices;
use secrecy::SecretString;
use shared_types::keys::{EventKeys, ScopeKeys};
use std::{collections::HashMap, net::SocketAddr, path::PathBuf, time::Duration};

/// Without a graphics card every token takes its time: the embedded model is given less to read, in bytes,
/// and to write. Questions that are longer still fit its context.
const EMBEDDED_PROMPT_BYTES: usize = 2_600;
const EMBEDDED_ANSWER_TOKENS: u32 = 300;
const LESSON_ONLY_SLOTS: usize = 16;

/// Settings that hold together.
#[derive(Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub database_url: SecretString,
    pub redis_url: SecretString,
    pub redis_prefix: String,
    /// Whether browsers come by https: then cookies are for https only.
    pub https: bool,
    pub scope_keys: ScopeKeys,
    pub event_keys: EventKeys,
    pub hub_events_url: String,
    pub assets_dir: PathBuf,
    pub backends: Vec<BackendSettings>,
    pub next_text_timeout: Duration,
    /// Questions that may wait at the same time.
    pub max_waiting: usize,
    pub pace: Pace,
}

/// One backend, and how it is used.
#[derive(Clone, Debug)]
pub struct BackendSettings {
    pub config: BackendConfig,
    /// Turns it answers at the same time, for all helpers together.
    pub slots: usize,
    pub first_text_timeout: Duration,
}

/// One backend with what it needs.
#[derive(Clone, Debug)]
pub enum BackendConfig {
    Ollama { url: String, model: String, size: Size },
    OpenAi { url: String, model: String, key: SecretString, size: Size, prices: Prices },
    ChatCompletions { url: String, model: String, key: Option<SecretString>, size: Size },
    Embedded { model: PathBuf, size: Size },
    LessonOnly,
}

/// How long things may get.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Prompt and answer together, in tokens.
    pub num_ctx: u32,
    /// The answer, in tokens.
    pub max_tokens: u32,
    /// The prompt, in bytes.
    pub prompt_bytes: usize,
}

/// [`PaceSettings`] as durations.
#[derive(Clone, Debug)]
pub struct Pace {
    pub heartbeat: Duration,
    pub reclaim: Duration,
    pub sweep: Duration,
    pub max_deliveries: i32,
    pub log_ttl: Duration,
    pub text_ttl: Duration,
    pub outbox_max_pause: Duration,
}

impl Pace {
    /// How long a worker's word that it is alive holds in Postgres. A little shorter than the silence
    /// after which its queue entry is reclaimed, so that whoever reclaims finds the lease over.
    pub fn lease(&self) -> Duration {
        self.reclaim * 9 / 10
    }
}

impl Settings {
    /// Checks what no single value shows. The error is a sentence that says what to do.
    pub fn check(self) -> Result<Config, String> {
        let scope_keys: ScopeKeys =
            self.scope_keys.parse().map_err(|why| format!("HUB_SCOPE_KEYS cannot be used: {why}."))?;
        let event_keys: EventKeys =
            self.event_keys.parse().map_err(|why| format!("HELPER_EVENT_KEYS cannot be used: {why}."))?;
        if scope_keys.shares_a_key_with(&event_keys) {
            return Err("HUB_SCOPE_KEYS and HELPER_EVENT_KEYS hold the same key; make one for each purpose.".into());
        }
        if self.slots == 0 {
            return Err("HELPER_SLOTS is 0, so no question would ever be answered; set it to 1 or more.".into());
        }
        if self.model.num_ctx < 1024 {
            return Err("HELPER_NUM_CTX is below 1024 tokens; lesson, question and answer do not fit.".into());
        }
        if self.model.max_answer_tokens > self.model.num_ctx / 2 {
            return Err("HELPER_MAX_ANSWER_TOKENS is more than half of HELPER_NUM_CTX; lower it.".into());
        }
        Ok(Config {
            listen: self.listen,
            database_url: self.database_url.into(),
            redis_url: self.redis_url.into(),
            redis_prefix: parse_prefix(self.redis_prefix)?,
            https: is_https("HELPER_PUBLIC_URL", &self.public_url)?,
            scope_keys,
            event_keys,
            hub_events_url: format!("{}/internal/events", plain_http("HELPER_HUB_URL", &self.hub_url)?),
            assets_dir: self.assets_dir,
            backends: parse_backends(&self.model, self.slots)?,
            max_waiting: usize::from(self.max_waiting.max(1)),
            next_text_timeout: Duration::from_secs(self.model.next_text_timeout_s.max(1)),
            pace: self.pace.check()?,
        })
    }
}

impl PaceSettings {
    fn check(&self) -> Result<Pace, String> {
        if self.reclaim_ms < 2 * self.heartbeat_ms {
            return Err("HELPER_RECLAIM_MS is less than twice HELPER_HEARTBEAT_MS; \
                        living workers would lose their turns."
                .into());
        }
        if self.heartbeat_ms == 0 || self.sweep_ms == 0 || self.max_deliveries == 0 {
            return Err("HELPER_HEARTBEAT_MS, HELPER_SWEEP_MS and HELPER_MAX_DELIVERIES have to be above 0.".into());
        }
        Ok(Pace {
            heartbeat: Duration::from_millis(self.heartbeat_ms),
            reclaim: Duration::from_millis(self.reclaim_ms),
            sweep: Duration::from_millis(self.sweep_ms),
            max_deliveries: i32::from(self.max_deliveries),
            log_ttl: Duration::from_secs(self.log_ttl_s.max(1)),
            text_ttl: Duration::from_secs(self.text_ttl_s.max(1)),
            outbox_max_pause: Duration::from_millis(self.outbox_max_pause_ms.max(1)),
        })
    }
}

/// Two and a half bytes a token is less than common tokenisers reach in English, Spanish and code, so that
/// the prompt surely fits beside the longest answer.
fn size(model: &ModelSettings) -> Size {
    let tokens = model.num_ctx - model.max_answer_tokens - 64;
    Size { num_ctx: model.num_ctx, max_tokens: model.max_answer_tokens, prompt_bytes: tokens as usize * 5 / 2 }
}

fn parse_prefix(prefix: String) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == ':';
    if prefix.is_empty() || !prefix.chars().all(plain) {
        return Err("HELPER_REDIS_PREFIX may have letters, digits, dashes, underscores and colons only.".into());
    }
    Ok(prefix)
}

/// The backends that are named, in order, for `slots` turns at a time.
pub(crate) fn parse_backends(settings: &ModelSettings, slots: u16) -> Result<Vec<BackendSettings>, String> {
    let names: Vec<&str> = settings.backends.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return Err("HELPER_BACKENDS names no backend; lesson-only needs nothing else.".into());
    }
    let own_slots = numbers("HELPER_BACKEND_SLOTS", &settings.backend_slots, &names)?;
    let own_timeouts = numbers("HELPER_BACKEND_TIMEOUTS_S", &settings.backend_timeouts_s, &names)?;
    let backend = |name: &str| {
        let slots = match own_slots.get(name) {
            Some(&own) => usize::from(own),
            // It only reads a few lines from the database.
            None if name == "lesson-only" => LESSON_ONLY_SLOTS.max(usize::from(slots)),
            None => usize::from(slots),
        };
        let timeout_s = own_timeouts.get(name).map_or(settings.first_text_timeout_s, |&own| u64::from(own));
        let first_text_timeout = Duration::from_secs(timeout_s.max(1));
        Ok(BackendSettings { config: parse_backend(name, settings)?, slots, first_text_timeout })
    };
    names.iter().map(|name| backend(name)).collect()
}

/// `name=number,…`, each name one of the backends there are and each number above 0.
fn numbers(setting: &str, text: &str, backends: &[&str]) -> Result<HashMap<String, u16>, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let number = |part: &str| {
        let (name, number) = part.split_once('=').unwrap_or((part, ""));
        if !backends.contains(&name) {
            return Err(format!("{setting} names {name}, which is not in HELPER_BACKENDS."));
        }
        match number.parse() {
            Ok(number) if number > 0 => Ok((name.to_owned(), number)),
            _ => Err(format!("{setting} gives {name} no number above 0; write it like {name}=2.")),
        }
    };
    parts.map(number).collect()
}

fn parse_backend(name: &str, settings: &ModelSettings) -> Result<BackendConfig, String> {
    let size = size(settings);
    match name {
        "ollama" => Ok(BackendConfig::Ollama {
            url: plain_http("HELPER_OLLAMA_URL", &settings.ollama_url)?,
            model: settings.ollama_model.clone(),
            size,
        }),
        "openai" => parse_openai(settings, size),
        "chat-completions" => {
            let url = settings.chat_url.as_ref().ok_or("HELPER_BACKENDS has chat-completions; set HELPER_CHAT_URL.")?;
            Ok(BackendConfig::ChatCompletions {
                url: plain_http("HELPER_CHAT_URL", url)?,
                model: settings.chat_model.clone(),
                key: settings.chat_key.clone().map(SecretString::from),
                size,
            })
        }
        "embedded" if !cfg!(feature = "embedded") => Err("HELPER_BACKENDS has embedded, which this build does not \
             carry; build helper-server with --features embedded, or name another backend."
            .into()),
        "embedded" => {
            let model = settings.embedded_model.clone();
            let model = model.ok_or("HELPER_BACKENDS has embedded; set HELPER_EMBEDDED_MODEL to a GGUF file.")?;
            crate::backend::embedded::check_model(&model)?;
            let size = Size {
                max_tokens: size.max_tokens.min(EMBEDDED_ANSWER_TOKENS),
                prompt_bytes: size.prompt_bytes.min(EMBEDDED_PROMPT_BYTES),
                ..size
            };
            Ok(BackendConfig::Embedded { model, size })
        }
        "lesson-only" => Ok(BackendConfig::LessonOnly),
        other => Err(format!(
            "HELPER_BACKENDS names {other}, which is none of ollama, openai, chat-completions, embedded, lesson-only."
        )),
    }
}

/// What students write leaves the school with this one, and it costs money: both have to be meant.
fn parse_openai(settings: &ModelSettings, size: Size) -> Result<BackendConfig, String> {
    if settings.remote_acknowledged != "1" {
        return Err(
            "HELPER_BACKENDS has openai, which sends what students write to OpenAI. Where your school and the \
                    law allow that, set HELPER_REMOTE_ACKNOWLEDGED=1; else name another backend."
                .into(),
        );
    }
    let url = settings.openai_url.as_ref().ok_or("HELPER_BACKENDS has openai; set HELPER_OPENAI_URL.")?;
    let model = settings.openai_model.clone().ok_or("HELPER_BACKENDS has openai; set HELPER_OPENAI_MODEL.")?;
    let key = settings.openai_key.clone().ok_or("HELPER_BACKENDS has openai; set HELPER_OPENAI_KEY.")?;
    let (input, output) = (settings.openai_usd_per_million_in, settings.openai_usd_per_million_out);
    let (Some(input), Some(output), Some(ceiling)) = (input, output, settings.openai_usd_per_month) else {
        return Err(
            "HELPER_BACKENDS has openai; set HELPER_OPENAI_USD_PER_MILLION_IN, HELPER_OPENAI_USD_PER_MILLION_OUT \
                    and HELPER_OPENAI_USD_PER_MONTH, so that it cannot cost more than you want."
                .into(),
        );
    };
    let prices = Prices { input: micro(input)?, output: micro(output)?, ceiling: micro(ceiling * 1e6)? };
    let url = plain_http("HELPER_OPENAI_URL", url)?;
    Ok(BackendConfig::OpenAi { url, model, key: key.into(), size, prices })
}

/// Whole millionths of a dollar, rounded up.
#[expect(clippy::cast_possible_truncation, reason = "checked to be far below")]
fn micro(amount: f64) -> Result<i64, String> {
    if (0.0..=1e15).contains(&amount) {
        Ok(amount.ceil() as i64)
    } else {
        Err("HELPER_OPENAI_USD_PER_… have to be amounts of dollars, 0 or more.".into())
    }
}

fn is_https(name: &str, url: &str) -> Result<bool, String> {
    match url.split_once("://") {
        Some(("https", host)) if !host.is_empty() => Ok(true),
        Some(("http", host)) if !host.is_empty() => Ok(false),
        _ => Err(format!("{name} is not an address; write it like https://hub.example.org")),
    }
}

/// The servers the helper talks to are neighbours: it carries no TLS client.
fn plain_http(name: &str, url: &str) -> Result<String, String> {
    if is_https(name, url)? {
        return Err(format!(
            "{name} is an https address, and the helper speaks plain http to its neighbours; \
             name the server itself, or a local proxy that adds TLS."
        ));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::{BackendConfig, Settings};
    use clap::Parser;

    const SCOPE: &str = "s1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const EVENT: &str = "e1:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA";

    fn check(extra: &[&str]) -> Result<super::Config, String> {
        let mut args = vec!["helper-server", "--database-url=postgres://x", "--redis-url=redis://x"];
        if !extra.iter().any(|arg| arg.starts_with("--scope-keys")) {
            args.extend(["--scope-keys", SCOPE]);
        }
        if !extra.iter().any(|arg| arg.starts_with("--event-keys")) {
            args.extend(["--event-keys", EVENT]);
        }
        args.extend(extra);
        Settings::try_parse_from(args).unwrap().check()
    }

    fn refusal(extra: &[&str]) -> String {
        check(extra).expect_err("these settings are refused")
    }

    #[test]
    fn the_defaults_with_keys_are_enough() {
        let config = check(&[]).unwrap();
        let kinds: Vec<_> = config.backends.iter().map(|backend| (&backend.config, backend.slots)).collect();
        assert!(matches!(kinds[..], [(BackendConfig::Ollama { .. }, 2), (BackendConfig::LessonOnly, 16)]));
        assert!(!config.https);
        assert_eq!(config.hub_events_url, "http://127.0.0.1:3000/internal/events");
    }

    #[test]
    fn equal_and_short_keys_are_refused_without_showing_them() {
        let same = SCOPE.replace("s1", "e1");
        assert!(refusal(&["--event-keys", &same]).contains("the same key"));
        let short = refusal(&["--scope-keys", "s1:c2VjcmV0"]);
        assert!(short.contains("shorter than 32 bytes"), "{short}");
        assert!(!short.contains("c2VjcmV0"), "{short}");
    }

    #[test]
    fn an_unknown_backend_is_named() {
        assert!(refusal(&["--backends", "oracle"]).contains("names oracle"));
    }

    #[test]
    fn a_backend_without_what_it_needs_is_refused() {
        assert!(refusal(&["--backends", "chat-completions"]).contains("HELPER_CHAT_URL"));
        assert!(refusal(&["--backends", "embedded"]).contains("embedded"));
        assert!(refusal(&["--backends", ","]).contains("no backend"));
    }

    #[test]
    fn a_remote_https_neighbour_is_refused_with_a_way_out() {
        assert!(refusal(&["--ollama-url", "https://models.example.org"]).contains("local proxy"));
    }

    #[test]
    fn a_reclaim_faster_than_the_heartbeat_is_refused() {
        assert!(refusal(&["--reclaim-ms", "1000"]).contains("HELPER_RECLAIM_MS"));
    }

    #[test]
    fn a_backend_may_have_slots_and_a_timeout_of_its_own() {
        let config = check(&["--backend-slots", "ollama=4", "--backend-timeouts-s", "ollama=9,lesson-only=1"]).unwrap();
        assert_eq!((config.backends[0].slots, config.backends[0].first_text_timeout.as_secs()), (4, 9));
        assert!(refusal(&["--backend-slots", "oracle=4"]).contains("names oracle"));
        assert!(refusal(&["--backend-slots", "ollama=0"]).contains("ollama=2"));
        assert!(refusal(&["--backend-timeouts-s", "ollama"]).contains("HELPER_BACKEND_TIMEOUTS_S"));
    }

    #[test]
    fn a_backend_that_leaves_the_school_and_costs_money_has_to_be_meant() {
        let mut extra = vec![
            "--backends=openai,lesson-only",
            "--openai-url=http://127.0.0.1:8790/v1",
            "--openai-model=small",
            "--openai-key=secret",
        ];
        assert!(refusal(&extra).contains("HELPER_REMOTE_ACKNOWLEDGED=1"));
        extra.push("--remote-acknowledged=1");
        assert!(refusal(&extra).contains("HELPER_OPENAI_USD_PER_MONTH"));
        extra.extend([
            "--openai-usd-per-million-in=0.25",
            "--openai-usd-per-million-out=2",
            "--openai-usd-per-month=20",
        ]);
        let config = check(&extra).unwrap();
        let BackendConfig::OpenAi { prices, .. } = &config.backends[0].config else { panic!("it is the first") };
        assert_eq!((prices.input, prices.output, prices.ceiling), (1, 2, 20_000_000), "parts are rounded up");
    }

    #[test]
    fn no_slots_are_refused() {
        assert!(refusal(&["--slots", "0"]).contains("HELPER_SLOTS"));
    }
}
