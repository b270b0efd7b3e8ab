//! What the tests stand on: a hub of their own, browsers, and verbs for what people do.

mod browser;
mod database;
mod statements;
pub mod work;

pub use browser::{Attached, Browser, Page};
pub use database::TestDatabase;
pub use statements::statements;

use crate::people::People;
use axum::Router;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use hub_server::{
    account::Passwords,
    app::{App, Parts},
    config::{Config, ScannerSettings, StorageSettings},
    live::Live,
    routes,
    storage::Storage,
    submission::Checks,
    web::{kept::KeptPages, redis::Redis, secrets::Secrets, throttle::Throttle},
};
use secrecy::{ExposeSecret, SecretSlice};
use serde_json::Value;
use server_kit::{assets::Assets, clock::Clock, entropy::Entropy, logging::LogFormat};
use std::{fs, path::PathBuf};

const SECRET_KEY: [u8; 32] = [3; 32];
/// `k1:` and 32 bytes of base64url, for scope tokens and for events.
const SCOPE_KEYS: &str = "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
pub const EVENT_KEYS: &str = "k1:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";
/// Nothing listens here.
const NO_REDIS: &str = "redis://127.0.0.1:1/0";

/// A hub with its own database, a clock that stands, and the people of [`People`].
pub struct TestApp {
    pub app: App,
    pub router: Router,
    pub people: People,
    folder: PathBuf,
    pub database: TestDatabase,
}

impl TestApp {
    /// A hub on plain http on this machine, as in the demonstration.
    pub async fn start() -> Self {
        Self::with("http://localhost:8080", &redis_url(), ScannerSettings::default()).await
    }

    /// A hub behind https.
    pub async fn start_with_https() -> Self {
        Self::with("https://hub.school.example", &redis_url(), ScannerSettings::default()).await
    }

    /// A hub whose Redis is away.
    pub async fn start_without_redis() -> Self {
        Self::with("http://localhost:8080", NO_REDIS, ScannerSettings::default()).await
    }

    /// A hub that has files scanned.
    pub async fn start_with_scanner(scanner: ScannerSettings) -> Self {
        Self::with("http://localhost:8080", &redis_url(), scanner).await
    }

    async fn with(public_url: &str, redis_url: &str, scanner: ScannerSettings) -> Self {
        let database = TestDatabase::create().await;
        let folder = folder_with_assets(database.name());
        let config = config(public_url, redis_url, &folder, scanner);
        let redis = Redis::start(redis_url, &format!("{}:", database.name())).unwrap();
        if redis_url != NO_REDIS {
            redis.connected().await.unwrap();
        }
        let entropy = Entropy::seeded(7);
        let app = App::new(Parts {
            db: database.pool().await,
            assets: Assets::load(&config.assets_dir, "/pkg").unwrap(),
            storage: Storage::new(&config.uploads_dir, &config.storage).unwrap(),
            checks: Checks::new(config.scanner.clone()),
            live: Live::default(),
            pages: KeptPages::watched(is_not_out_of_date),
            secrets: Secrets::new(config.secret_key.expose_secret()),
            passwords: Passwords::quick_for_tests(&entropy),
            throttle: Throttle::new(redis.clone()),
            clock: Clock::fixed_at(monday_morning()),
            redis,
            entropy,
            config,
        });
        let people = People::settle(&app).await;
        let router = routes::router(&app);
        Self { app, router, people, folder, database }
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// Lets time pass.
    pub fn later(&self, by: chrono::Duration) {
        self.app.clock.advance(by);
    }

    /// One number from the database.
    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.app.db).await.unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // Left behind at worst; the next run uses other names.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Fails the test if a page that is sent again is another than it would be now.
fn is_not_out_of_date(kept: &[u8], anew: &[u8]) {
    assert_eq!(without_marks(kept), without_marks(anew), "a page that is out of date was sent again");
}

/// A page without what is random or tells when it was made: masks, nonces, keys of forms, and of scope tokens their ids,
/// times and signatures.
fn without_marks(page: &[u8]) -> String {
    /// What stands before a mark, and what ends it; in the setup of an island quotes are escaped.
    const MARKS: [(&str, &str); 6] = [
        (r#"nonce=""#, r#"""#),
        (r#"name="csrf" value=""#, r#"""#),
        (r#"name="idempotency_key" value=""#, r#"""#),
        ("&quot;csrf&quot;:&quot;", "&quot;"),
        ("&quot;idempotency_key&quot;:&quot;", "&quot;"),
        ("&quot;token_expires_at&quot;:", ","),
    ];
    let page = String::from_utf8_lossy(page);
    let page = MARKS.iter().fold(page.into_owned(), |page, (before, end)| {
        replaced(&page, before, |mark| mark.split_once(end).map(|(_, rest)| (String::new(), rest)))
    });
    replaced(&page, "v1.", |token| {
        let (claims, rest) = token.split_once('.')?;
        let mut claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
        for mark in ["jti", "iat", "exp"] {
            claims.as_object_mut()?.remove(mark)?;
        }
        Some((
            claims.to_string(),
            rest.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter)),
        ))
    })
}

/// The text with what follows each `before` replaced, where `by` knows by what, and what comes then.
fn replaced(text: &str, before: &str, by: impl Fn(&str) -> Option<(String, &str)>) -> String {
    let mut parts = text.split(before);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match by(part) {
        Some((new, rest)) => text + before + &new + rest,
        None => text + before + part,
    })
}

/// A school day.
pub fn monday_morning() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn redis_url() -> String {
    std::env::var("TEST_REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1:63799/2".to_owned())
}

fn config(public_url: &str, redis_url: &str, folder: &std::path::Path, scanner: ScannerSettings) -> Config {
    Config {
        listen: "127.0.0.1:0".parse().unwrap(),
        database_url: String::new().into(),
        redis_url: redis_url.into(),
        public_url: public_url.parse().unwrap(),
        scope_keys: SCOPE_KEYS.parse().unwrap(),
        event_keys: EVENT_KEYS.parse().unwrap(),
        secret_key: SecretSlice::from(SECRET_KEY.to_vec()),
        assets_dir: folder.join("assets"),
        uploads_dir: folder.join("uploads"),
        storage: StorageSettings::Local,
        scanner,
        time_zone: chrono_tz::UTC,
        log_format: LogFormat::Text,
    }
}

/// Assets as small as can be; what is in them is the browser tests' matter.
fn folder_with_assets(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(folder.join("assets")).unwrap();
    fs::create_dir_all(folder.join("uploads")).unwrap();
    let manifest = r#"{"css":"a.css","icon":"a.svg","font":"a.ttf",
        "chat":{"js":"a.js","wasm":"a.wasm"},"work":{"js":"a.js","wasm":"a.wasm"},
        "teach":{"js":"a.js","wasm":"a.wasm"}}"#;
    let files = [
        ("manifest.json", manifest),
        ("a.css", "p{}"),
        ("a.js", ""),
        ("a.wasm", ""),
        ("a.svg", "<svg/>"),
        ("a.ttf", ""),
    ];
    for (file, content) in files {
        fs::write(folder.join("assets").join(file), content).unwrap();
    }
    folder
}
