//! A thousand students join one class at the same instant: the page is open, the name is typed, and all press the button,
//! each by a new connection through the edge from the school's one address. Holds if all were let in, each as somebody of
//! their own, and the last of them within two seconds.

use anyhow::Context;
use benches::{arguments, browser::Browser, report, workload};
use clap::Parser;
use futures::{StreamExt, TryStreamExt, stream};
use reqwest::StatusCode;
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::{
    net::Ipv4Addr,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Barrier, task::JoinSet};
use uuid::Uuid;

const NAME: &str = "joins";
/// When the last of them is to be in.
const WITHIN: Duration = Duration::from_secs(2);
/// Pages that are opened at once beforehand.
const OPENED_AT_ONCE: usize = 16;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// How many students; two hundred where it has to be quick.
    #[arg(long, default_value_t = 1_000)]
    students: usize,
    /// The hub's program, compiled as it is for a school: the system's own is not optimised.
    #[arg(long)]
    hub: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let students = if arguments.common.quick { 200 } else { arguments.students };
    let mut system = arguments.common.system()?;
    system.hub.binary = arguments.hub;
    let hub = system.hub.start(&[]).await?;
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let class = workload::write_without_students(&db, &system.class_code, "Set J").await?;
    let proof = prove(&db, &system.base_url, class, students).await;
    workload::remove_class(&db, class).await?;
    drop(hub);
    let Joined { mut latencies, let_in, people } = proof?;
    latencies.sort_unstable();
    let at = |percent: usize| latencies.get((students * percent / 100).min(students - 1)).copied().unwrap_or_default();
    let last = at(100);
    println!("after so long    50 %      {:>7.0} ms", at(50).as_secs_f64() * 1000.0);
    println!("                 90 %      {:>7.0} ms", at(90).as_secs_f64() * 1000.0);
    println!("                 the last  {:>7.0} ms", last.as_secs_f64() * 1000.0);
    let per_second = format!("{:.0}", f64::from(u32::try_from(students)?) / last.as_secs_f64());
    Ok(report::close(
        NAME,
        let_in == students && people == students && last <= WITHIN,
        &[
            ("students", &students),
            ("let_in", &let_in),
            ("people", &people),
            ("last_ms", &last.as_millis()),
            ("joins_per_second", &per_second),
        ],
    ))
}

struct Joined {
    /// From the instant at which all press the button to each one's answer.
    latencies: Vec<Duration>,
    /// How many were given a session.
    let_in: usize,
    /// Students in the class who have a session and a return code of their own.
    people: usize,
}

async fn prove(db: &PgPool, base: &str, class: Uuid, students: usize) -> anyhow::Result<Joined> {
    let code: String =
        sqlx::query_scalar("select code from hub.classrooms where id = $1").bind(class).fetch_one(db).await?;
    let school = Ipv4Addr::LOCALHOST;
    let browsers: Vec<Browser> = stream::iter(0..students)
        .map(|_| async {
            let mut browser = Browser::connecting_anew(base, school)?;
            browser.open("/").await?;
            anyhow::Ok(browser)
        })
        .buffer_unordered(OPENED_AT_ONCE)
        .try_collect()
        .await?;

    let ready = Arc::new(Barrier::new(students + 1));
    let mut joining = JoinSet::new();
    for (number, browser) in browsers.into_iter().enumerate() {
        let (ready, code) = (Arc::clone(&ready), code.clone());
        joining.spawn(async move {
            ready.wait().await;
            let pressed = Instant::now();
            let name = format!("Student {number}");
            let answer = browser.send("/", &[("class_code", &code), ("display_name", &name)]).await?;
            anyhow::Ok((pressed, Instant::now(), answer))
        });
    }
    ready.wait().await;
    let mut answers = Vec::new();
    while let Some(answer) = joining.join_next().await {
        answers.push(answer??);
    }
    let began = answers.iter().map(|(pressed, ..)| *pressed).min().context("somebody who joins")?;
    let let_in = answers.iter().filter(|(.., answer)| answer.status == StatusCode::SEE_OTHER && answer.let_in).count();
    let people: i64 = sqlx::query_scalar(
        "select count(*) from hub.students s
         where s.classroom_id = $1 and exists (select from hub.sessions where student_id = s.id)
           and exists (select from hub.return_cards where student_id = s.id)",
    )
    .bind(class)
    .fetch_one(db)
    .await?;
    Ok(Joined {
        latencies: answers.iter().map(|(_, answered, _)| *answered - began).collect(),
        let_in,
        people: usize::try_from(people)?,
    })
}
