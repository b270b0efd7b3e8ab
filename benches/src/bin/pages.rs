//! How many pages a second: the student's home of a class with twelve modules of six materials, a lesson with its chat, and
//! a teacher's pages of a class of 200 with 5,000 submissions, each beside a bare server that does nothing but as many single-row selects for
//! each request, in a process of its own and over as many connections to the same database. All are asked in turns within
//! one run. Beside each page
//! stands the same one where it could not be sent again as it was made, but was made anew for each request; the join page,
//! the work of one material, and pages by the edge stand in the table for comparison.

use anyhow::Context;
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
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
use std::{
    env,
    path::PathBuf,
    process::{ExitCode, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
    process::{Child, Command},
};
use uuid::Uuid;

const NAME: &str = "pages";
/// As many connections as the hub has.
const CONNECTIONS: u32 = 16;
const CLIENTS: usize = 16;
/// Most bytes of a teacher's page, compressed.
const MOST_BYTES: usize = 120_000;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// The hub's program, compiled as it is for a school: the system's own is not optimised.
    #[arg(long)]
    hub: PathBuf,
    /// Be the bare server instead, on a database that holds a set, and say at which address.
    #[arg(long, hide = true)]
    bare: bool,
}

/// A page, and what it has to keep to.
struct Measured {
    name: &'static str,
    page: Page,
    /// Least share of the bare server's requests a second.
    least_ratio: f64,
    most_statements: usize,
    most_bytes: usize,
    statements: usize,
    /// The bare server with as many selects.
    floor: Page,
    run: Run,
    bare: Run,
    /// The page's share of the bare server's requests a second, round by round: they ran right after each other.
    ratios: Vec<f64>,
    /// The page made anew for each request.
    anew: Run,
}

impl Measured {
    /// The median round's: what else the machine did in one of them does not decide.
    fn ratio(&self) -> f64 {
        let mut ratios = self.ratios.clone();
        ratios.sort_unstable_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied().unwrap_or_default()
    }

    fn holds(&self) -> bool {
        self.ratio() >= self.least_ratio
            && self.statements <= self.most_statements
            && self.run.bytes_each() <= self.most_bytes
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let mut system = arguments.common.system()?;
    if arguments.bare {
        return serve_bare(&system).await;
    }
    system.hub.binary = arguments.hub;
    let hub = system.hub.start(&[]).await?;
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let class = workload::write(&db, &system.class_code, Set::A).await?;
    let large = workload::write(&db, &system.class_code, Set::B).await?;
    let (bare, origin) = start_bare().await?;
    let measured = measure(&system, &origin, &db, &class, &large, arguments.common.quick).await;
    drop(bare);
    class.remove(&db).await?;
    large.remove(&db).await?;
    drop(hub);
    let holds = measured?.iter().all(Measured::holds);
    Ok(report::close(NAME, holds, &[]))
}

async fn measure(
    system: &System,
    origin: &str,
    db: &PgPool,
    class: &Workload,
    large: &Workload,
    quick: bool,
) -> anyhow::Result<Vec<Measured>> {
    let student = format!("student={}", class.token);
    let teacher = format!("staff={}", workload::staff_session(db, &system.staff_email).await?);
    let of_class = format!("/teach/classes/{}", large.classroom);
    let lesson = format!("/student/lessons/{}", class.lesson);
    let wanted = [
        ("home", "/student".to_owned(), &student, ("class=\"link-row\"", 72), (0.5, 6, usize::MAX)),
        ("lesson", lesson.clone(), &student, ("chat-form", 1), (0.25, 6, usize::MAX)),
        ("class", of_class.clone(), &teacher, ("/students/", 1), (0.25, 10, MOST_BYTES)),
        ("roster", format!("{of_class}/roster"), &teacher, ("<tr>", 200), (0.25, 10, MOST_BYTES)),
        ("gradebook", format!("{of_class}/gradebook"), &teacher, ("<tr ", 200), (0.25, 10, MOST_BYTES)),
    ];
    let mut pages = Vec::new();
    for (name, path, cookie, (what, times), (least_ratio, most_statements, most_bytes)) in wanted {
        let page = Page::new(&system.hub_url, &path, cookie);
        page.has(what, times).await?;
        let statements = statements(db, &page).await?;
        let floor = Page::new(origin, &format!("/{statements}"), cookie);
        let (run, bare, ratios, anew) = Default::default();
        pages.push(Measured {
            name,
            page,
            least_ratio,
            most_statements,
            most_bytes,
            statements,
            floor,
            run,
            bare,
            ratios,
            anew,
        });
    }
    let material = sqlx::query_scalar::<_, Uuid>(
        "select m.id from hub.materials m join hub.modules u on u.id = m.module_id
         where u.classroom_id = $1 and m.kind = 'upload' order by u.position, m.position limit 1",
    );
    let material = material.bind(large.classroom).fetch_one(db).await?;
    let work = Page::new(&system.hub_url, &format!("/teach/materials/{material}/grading"), &teacher);
    work.has("<option", 200).await?;
    let mut beside = [
        ("work of a material", work, Run::default()),
        ("join page", Page::new(&system.hub_url, "/", ""), Run::default()),
        ("home, by the edge", Page::new(&system.base_url, "/student", &student), Run::default()),
        ("lesson, by the edge", Page::new(&system.base_url, &lesson, &student), Run::default()),
    ];

    let (time, rounds) = if quick { (Duration::from_millis(700), 3) } else { (Duration::from_secs(2), 7) };
    for round in 0..=rounds {
        // The first round warms up.
        let keep = |all: &mut Run, ran: Run| {
            if round > 0 {
                all.add(ran);
            }
        };
        for measured in &mut pages {
            let (bare, run) = (measured.floor.load(time).await?, measured.page.load(time).await?);
            if round > 0 {
                measured.ratios.push(run.per_second() / bare.per_second());
            }
            keep(&mut measured.bare, bare);
            keep(&mut measured.run, run);
            keep(&mut measured.anew, measured.page.anew().load(time).await?);
        }
        for (_, page, all) in &mut beside {
            keep(all, page.load(time).await?);
        }
    }
    print(&pages, &beside);
    Ok(pages)
}

fn print(pages: &[Measured], beside: &[(&str, Page, Run)]) {
    println!(
        "{:<20} {:>8} {:>8} {:>8} {:>8} {:>10} {:>9} {:>7}",
        "page", "req/s", "p50 ms", "p99 ms", "bytes", "statements", "bare/s", "ratio"
    );
    let line = |name: &str, run: &Run, rest: String| {
        let (p50, p99) = (run.percentile(50), run.percentile(99));
        println!("{name:<20} {:>8.0} {p50:>8.2} {p99:>8.2} {:>8}{rest}", run.per_second(), run.bytes_each());
    };
    for measured in pages {
        let verdict = if measured.holds() { "" } else { "  short" };
        let rest = format!(
            " {:>10} {:>9.0} {:>7.2}{verdict}",
            measured.statements,
            measured.bare.per_second(),
            measured.ratio()
        );
        line(measured.name, &measured.run, rest);
        line("  made anew", &measured.anew, String::new());
    }
    for (name, _, run) in beside {
        line(name, run, String::new());
    }
}

/// One address, asked as a student's browser asks.
#[derive(Clone)]
struct Page {
    url: String,
    cookie: String,
    /// No answer to this may have been made for an earlier request.
    anew: bool,
}

impl Page {
    fn new(origin: &str, path: &str, cookie: &str) -> Self {
        Self { url: format!("{origin}{path}"), cookie: cookie.to_owned(), anew: false }
    }

    /// The same page, made anew for each request: each brings a cookie that none had before.
    fn anew(&self) -> Self {
        Self { anew: true, ..self.clone() }
    }

    fn ask(&self, client: &Client, encodings: &'static str) -> RequestBuilder {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let cookie = if self.anew {
            format!("{}; number={}", self.cookie, NUMBER.fetch_add(1, Ordering::Relaxed))
        } else {
            self.cookie.clone()
        };
        client.get(&self.url).header(header::COOKIE, cookie).header(header::ACCEPT_ENCODING, encodings)
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

/// Starts this program once more as the bare server; it ends with this one. Returns its address too.
async fn start_bare() -> anyhow::Result<(Child, String)> {
    let mut command = Command::new(env::current_exe()?);
    command.args(env::args_os().skip(1)).arg("--bare").stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut server = command.spawn().context("the bare server")?;
    let said = server.stdout.take().context("what the bare server says")?;
    let origin = BufReader::new(said).lines().next_line().await?.context("the bare server's address")?;
    Ok((server, origin))
}

/// A server whose pages are `/N`: N selects of one row by its key, one after the other.
async fn serve_bare(system: &System) -> anyhow::Result<ExitCode> {
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .min_connections(CONNECTIONS)
        .test_before_acquire(false)
        .connect(&system.admin_database_url)
        .await
        .context("the bare server's connections")?;
    let id: Uuid = sqlx::query_scalar("select id from hub.materials limit 1").fetch_one(&pool).await?;
    let page = move |State(pool): State<PgPool>, Path(statements): Path<usize>| async move {
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
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/{statements}", get(page)).with_state(pool)).await?;
    Ok(ExitCode::SUCCESS)
}
