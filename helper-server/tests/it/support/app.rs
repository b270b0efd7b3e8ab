//! The system of a test: database, Redis keys, model, hub, and any number of helper processes.

use super::{
    database::Database,
    eventually,
    hub::Hub,
    model::Model,
    new_id,
    people::{EVENT_KEYS, People, Person, SCOPE_KEYS},
    reader::Reader,
    redis::{self, Keys},
};
use clap::Parser;
use helper_server::{app::App, config::Settings, routes};
use reqwest::{Response, StatusCode, header};
use server_kit::{
    clock::Clock,
    entropy::Entropy,
    logging::{self, LogFormat},
    shutdown::Shutdown,
};
use shared_types::{
    ids::TurnId,
    turn::{Ask, Problem, Ticket},
};
use sqlx::PgPool;
use std::{env, fmt::Write, fs, net::SocketAddr, ops::Deref, path::PathBuf};
use tokio::{net::TcpListener, runtime::Runtime};

/// Everything around the helper, with one helper process running.
pub struct TestApp {
    first: Helper,
    pub system: System,
}

/// Everything around the helper.
pub struct System {
    pub database: Database,
    pub db: PgPool,
    pub keys: Keys,
    pub model: Model,
    pub hub: Hub,
    pub people: People,
    pub clock: Clock,
    settings: Vec<String>,
    assets: PathBuf,
}

/// One helper process: here a runtime of its own, which can be ended between any two steps.
pub struct Helper {
    pub app: App,
    pub address: SocketAddr,
    clock: Clock,
    shutdown: Shutdown,
    runtime: Option<Runtime>,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With settings of its own, for instance `--slots=1`.
    pub async fn with(settings: &[&str]) -> Self {
        Self::at(Clock::system(), settings).await
    }

    /// With a clock of its own.
    pub async fn at(clock: Clock, settings: &[&str]) -> Self {
        let system = System::start(clock, settings).await;
        Self { first: system.start_helper().await, system }
    }

    /// Ends the first helper in the middle of whatever it does, and starts another.
    pub async fn crash_and_restart(&mut self) {
        self.first.crash();
        self.first = self.system.start_helper().await;
    }

    pub fn first(&mut self) -> &mut Helper {
        &mut self.first
    }
}

impl Deref for TestApp {
    type Target = Helper;

    fn deref(&self) -> &Helper {
        &self.first
    }
}

impl System {
    async fn start(clock: Clock, settings: &[&str]) -> Self {
        logging::init(LogFormat::Text);
        let database = Database::create().await;
        let db = database.superuser().await;
        let (model, hub) = (Model::start().await, Hub::start().await);
        let keys = Keys::new(format!("it:{}", new_id().simple())).await;
        let settings = settings.iter().map(|&setting| setting.to_owned()).collect();
        Self { database, db, keys, model, hub, people: People::new(), clock, settings, assets: assets() }
    }

    /// Settings of a helper of this system; what the test gave comes last and wins.
    pub fn settings(&self) -> Vec<String> {
        let mut settings = vec![
            "--listen=127.0.0.1:0".to_owned(),
            format!("--database-url={}", self.database.url("helper")),
            format!("--redis-url={}", redis::url()),
            format!("--redis-prefix={}", self.keys.prefix),
            format!("--scope-keys={SCOPE_KEYS}"),
            format!("--event-keys={EVENT_KEYS}"),
            format!("--hub-url=http://{}", self.hub.address),
            format!("--assets-dir={}", self.assets.display()),
            format!("--ollama-url=http://{}", self.model.address),
            "--backends=ollama".to_owned(),
            "--heartbeat-ms=100".to_owned(),
            "--reclaim-ms=600".to_owned(),
            "--sweep-ms=300".to_owned(),
            "--outbox-max-pause-ms=200".to_owned(),
        ];
        for setting in &self.settings {
            let name = setting.split('=').next().unwrap_or_default().to_owned() + "=";
            settings.retain(|known| !known.starts_with(&name));
            settings.push(setting.clone());
        }
        settings
    }

    /// Starts one more helper process.
    pub async fn start_helper(&self) -> Helper {
        let args = ["helper-server".to_owned()].into_iter().chain(self.settings());
        let config = Settings::try_parse_from(args).unwrap().check().unwrap();
        let runtime = Runtime::new().unwrap();
        let shutdown = Shutdown::default();
        let (clock, stop) = (self.clock.clone(), shutdown.clone());
        let started = runtime.spawn(async move {
            let app = App::start(config, clock, Entropy::system(), stop.clone()).unwrap();
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let work = app.start_work();
            let router = routes::router(&app);
            let running = app.clone();
            let serving = tokio::spawn(async move {
                server_kit::serve(listener, router, stop).await.unwrap();
                work.join_all().await;
                running.redis.close().await;
            });
            (app, address, serving)
        });
        let (app, address, _serving) = started.await.unwrap();
        let helper = Helper { app, address, clock: self.clock.clone(), shutdown, runtime: Some(runtime) };
        eventually("the helper is ready", || async {
            (helper.get("/readyz").await.status() == StatusCode::OK).then_some(())
        })
        .await;
        helper
    }

    /// The stored answer of a turn, with its state.
    pub async fn stored(&self, turn: TurnId) -> (String, Option<String>) {
        sqlx::query_as(
            "select state, answer from helper.turn left join helper.turn_text on turn_text.turn = id where id = $1",
        )
        .bind(turn.0)
        .fetch_one(&self.db)
        .await
        .unwrap()
    }

    /// Waits until a turn has a state.
    pub async fn until_state(&self, turn: TurnId, state: &str) {
        eventually(&format!("the turn is {state}"), || async { (self.stored(turn).await.0 == state).then_some(()) })
            .await;
    }

    /// Waits until the queue is empty: every entry was acknowledged.
    pub async fn until_queue_is_empty(&self) {
        eventually("the queue is empty", || async { (self.keys.stream_length("queue").await == 0).then_some(()) })
            .await;
    }

    /// Waits until the hub has exactly one event about each of `turns`, and none other.
    pub async fn until_reported(&self, turns: &[TurnId]) {
        eventually("the hub has one event per turn", || async {
            (self.hub.events().len() >= turns.len()).then_some(())
        })
        .await;
        let mut reported: Vec<_> = self.hub.events().iter().map(|event| event.turn).collect();
        let mut expected = turns.to_vec();
        reported.sort_unstable();
        expected.sort_unstable();
        assert_eq!(reported, expected);
    }
}

impl Drop for System {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.assets));
    }
}

/// A question that was taken, with what its reader needs.
#[derive(Clone, Debug)]
pub struct Asked {
    pub ticket: Ticket,
    pub turn: TurnId,
    /// The cookie, as the browser would send it.
    pub cookie: String,
    pub status: StatusCode,
}

impl Helper {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub async fn get(&self, path: &str) -> Response {
        client().get(self.url(path)).send().await.unwrap()
    }

    pub async fn get_with_cookie(&self, path: &str, cookie: &str) -> Response {
        client().get(self.url(path)).header(header::COOKIE, cookie).send().await.unwrap()
    }

    pub async fn get_as(&self, path: &str, token: &str) -> Response {
        client().get(self.url(path)).bearer_auth(token).send().await.unwrap()
    }

    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        client()
            .post(self.url(path))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.join("&"))
            .send()
            .await
            .unwrap()
    }

    /// The token the hub would give now.
    pub fn token(&self, person: Person) -> String {
        person.token(self.clock.unix()).sign()
    }

    /// Asks with a token, a key and whatever comes of it.
    pub async fn post_question(&self, token: &str, key: &str, question: &str) -> Response {
        let mut request = client().post(self.url("/helper/turns")).header("idempotency-key", key);
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        request.json(&Ask { question: question.to_owned() }).send().await.unwrap()
    }

    /// Asks, and expects to be answered.
    pub async fn ask(&self, person: Person, question: &str) -> Asked {
        self.ask_under(&self.token(person), &new_id().to_string(), question).await
    }

    pub async fn ask_under(&self, token: &str, key: &str, question: &str) -> Asked {
        let response = self.post_question(token, key, question).await;
        let status = response.status();
        assert!(status.is_success(), "{status}: {}", response.text().await.unwrap());
        let set_cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        let cookie = set_cookie.split(';').next().unwrap().to_owned();
        let ticket: Ticket = response.json().await.unwrap();
        assert!(set_cookie.contains(&format!("Path=/helper/turns/{}", ticket.turn)), "{set_cookie}");
        assert!(set_cookie.contains("HttpOnly") && set_cookie.contains("SameSite=Strict"), "{set_cookie}");
        Asked { turn: ticket.turn, ticket, cookie, status }
    }

    /// Asks, and expects to be refused.
    pub async fn refused(&self, token: &str, question: &str) -> (StatusCode, Problem) {
        let response = self.post_question(token, &new_id().to_string(), question).await;
        (response.status(), response.json().await.unwrap())
    }

    pub async fn stop(&self, asked: &Asked) -> StatusCode {
        let path = format!("/helper/turns/{}/stop", asked.turn);
        client().post(self.url(&path)).header(header::COOKIE, &asked.cookie).send().await.unwrap().status()
    }

    /// Starts reading a turn.
    pub fn reader(&self, asked: &Asked) -> Reader {
        Reader::new(self.address, asked)
    }

    /// Ends the process in the middle of whatever it does.
    pub fn crash(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Asks the process to stop, as SIGTERM does.
    pub fn terminate(&self) {
        self.shutdown.stop();
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.crash();
    }
}

pub fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn escaped(value: &str) -> String {
    value.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").unwrap(),
        }
        out
    })
}

fn assets() -> PathBuf {
    let folder = env::temp_dir().join(format!("helper-it-{}", new_id()));
    fs::create_dir(&folder).unwrap();
    for name in ["a.css", "a.js", "a.wasm", "a.svg", "a.ttf"] {
        fs::write(folder.join(name), "").unwrap();
    }
    let manifest = r#"{"css":"a.css","icon":"a.svg","font":"a.ttf",
        "chat":{"js":"a.js","wasm":"a.wasm"},"work":{"js":"a.js","wasm":"a.wasm"},
        "teach":{"js":"a.js","wasm":"a.wasm"}}"#;
    fs::write(folder.join("manifest.json"), manifest).unwrap();
    folder
}
