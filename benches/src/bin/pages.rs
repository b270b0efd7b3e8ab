//! How many pages a second: the student's home of a class with twelve modules of six materials, beside a bare server
//! that does nothing but as many single-row selects for each request, over as many connections to the same database.
//! Both are asked in turns within one run. The join page and a lesson page stand in the table for comparison.

use anyhow::Context;
use axum::{Router, extract::State, http::StatusCode, routing::get};
use benches::{
    arguments,
    load::{Run, run},
    report,
    system::System,
    workload::{self, Set, Workload},
};
use clap::Parser;
use reqwest::{Client, RequestBuilder, header};
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::{path::PathBuf, process::ExitCode, time::Duration};
use tokio::net::TcpListener;
use uuid::Uuid;

const NAME: &str = "pages";
/// Least of the bare server's requests a second that the home has to reach.
const LEAST_RATIO: f64 = 0.5;
/// As many connections as the hub has.
const CONNECTIONS: u32 = 16;
const CLIENTS: usize = 16;
/// Most statements the home may send.
const MOST_STATEMENTS: usize = 6;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// The hub's program, compiled as it is for a school: the system's own is not optimised.
    #[arg(long)]
    hub: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let mut system = arguments.common.system()?;
    system.hub.binary = arguments.hub;
    let hub = system.hub.start(&[]).await?;
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let class = workload::write(&db, &system.class_code, Set::A).await?;
    let home = Page::new(&system.hub_url, "/student", &class);
    home.has("class=\"link-row\"", 72).await?;
    let statements = statements(&db, &home).await?;
    let floor = Page::new(&floor(&system, &db, statements).await?, "/", &class);

    let (time, rounds) =
        if arguments.common.quick { (Duration::from_millis(700), 2) } else { (Duration::from_secs(4), 4) };
    let lesson = format!("/student/lessons/{}", class.lesson);
    let mut lines = vec![
        ("bare server".to_owned(), floor, Run::default()),
        ("home".to_owned(), home, Run::default()),
        ("home, by the edge".to_owned(), Page::new(&system.base_url, "/student", &class), Run::default()),
        (
            "join page".to_owned(),
            Page::new(&system.hub_url, "/", &Workload { token: String::new(), ..class.clone() }),
            Run::default(),
        ),
        ("lesson page".to_owned(), Page::new(&system.hub_url, &lesson, &class), Run::default()),
        ("lesson, by the edge".to_owned(), Page::new(&system.base_url, &lesson, &class), Run::default()),
    ];
    for round in 0..=rounds {
        for (_, page, all) in &mut lines {
            let ran = page.load(time).await?;
            // The first round warms up.
            if round > 0 {
                all.add(ran);
            }
        }
    }
    class.remove(&db).await?;
    drop(hub);
    println!("{:<22} {:>9} {:>9} {:>9} {:>9}", "page", "req/s", "p50 ms", "p99 ms", "bytes");
    for (name, _, run) in &lines {
        let (p50, p99) = (run.percentile(50), run.percentile(99));
        println!("{name:<22} {:>9.0} {p50:>9.2} {p99:>9.2} {:>9}", run.per_second(), run.bytes_each());
    }
    let (floor, home) = (lines[0].2.per_second(), lines[1].2.per_second());
    let ratio = home / floor;
    let holds = ratio >= LEAST_RATIO && statements <= MOST_STATEMENTS;
    Ok(report::close(
        NAME,
        holds,
        &[
            ("statements", &statements),
            ("home_per_s", &format!("{home:.0}")),
            ("bare_per_s", &format!("{floor:.0}")),
            ("ratio", &format!("{ratio:.2}")),
        ],
    ))
}

/// One address, asked as a student's browser asks.
#[derive(Clone)]
struct Page {
    url: String,
    cookie: String,
}

impl Page {
    fn new(origin: &str, path: &str, class: &Workload) -> Self {
        let cookie = if class.token.is_empty() { String::new() } else { format!("student={}", class.token) };
        Self { url: format!("{origin}{path}"), cookie }
    }

    fn ask(&self, client: &Client, encodings: &'static str) -> RequestBuilder {
        client.get(&self.url).header(header::COOKIE, &self.cookie).header(header::ACCEPT_ENCODING, encodings)
    }

    async fn load(&self, time: Duration) -> anyhow::Result<Run> {
        let page = self.clone();
        run(CLIENTS, time, move |client| page.ask(client, "gzip, deflate, br, zstd")).await
    }

    /// Fails unless the page has `what` at least so many times: a fast error page is no success.
    async fn has(&self, what: &str, times: usize) -> anyhow::Result<()> {
        let answer = self.ask(&Client::new(), "identity").send().await?.error_for_status()?;
        let found = answer.text().await?.matches(what).count();
        anyhow::ensure!(found >= times, "{} has {what} only {found} times", self.url);
        Ok(())
    }
}

/// How many statements the page sends, by the database's own count of transactions: the page opens none, so that each
/// statement is one.
async fn statements(db: &PgPool, page: &Page) -> anyhow::Result<usize> {
    const IDLE: Duration = Duration::from_secs(11); // after that connections report what they did
    const REQUESTS: i64 = 400;
    let count = || async {
        let sql = "select xact_commit from pg_stat_database where datname = current_database()";
        sqlx::query_scalar::<_, i64>(sql).fetch_one(db).await
    };
    tokio::time::sleep(IDLE).await;
    let before = count().await?;
    let client = Client::new();
    for _ in 0..REQUESTS {
        page.ask(&client, "identity").send().await?.error_for_status()?;
    }
    tokio::time::sleep(IDLE).await;
    // Half of one is rounding: sweepers and health checks send a few of their own.
    Ok(usize::try_from((count().await? - before + REQUESTS / 2) / REQUESTS)?)
}

/// A server with one page: so many selects of one row by its key, one after the other.
async fn floor(system: &System, db: &PgPool, statements: usize) -> anyhow::Result<String> {
    let id: Uuid = sqlx::query_scalar("select id from hub.materials limit 1").fetch_one(db).await?;
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .min_connections(CONNECTIONS)
        .test_before_acquire(false)
        .connect(&system.admin_database_url)
        .await
        .context("the bare server's connections")?;
    let page = move |State(pool): State<PgPool>| async move {
        let failed = |error: sqlx::Error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
        let mut connection = pool.acquire().await.map_err(failed)?;
        let mut title = String::new();
        for _ in 0..statements {
            let row = sqlx::query_scalar("select title from hub.materials where id = $1").bind(id);
            title = row.fetch_one(&mut *connection).await.map_err(failed)?;
        }
        Ok::<String, (StatusCode, String)>(title)
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/", get(page)).with_state(pool);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(origin)
}
