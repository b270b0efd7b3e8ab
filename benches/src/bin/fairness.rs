//! Thirty students ask at once and go on asking, one of them ten questions at a time, on 1, 2 and 4 slots of a model
//! that takes its time. Holds if everybody waits alike (Jain index of the mean waiting time of each student at least
//! 0.95), the estimate is off by at most 30 % at the median, and nobody is refused.
//!
//! A question waits from the moment it could have been answered: when it was asked, or when its student's question
//! before it was answered, since a student has one turn running. The estimate is compared each time it is told, with
//! what was then still to come; below one second it is not counted, since it is told in whole seconds.

use anyhow::Context;
use benches::{arguments, report, scripted_model, student::Class, system::System, turns};
use clap::Parser;
use rand::{Rng, SeedableRng, rngs::StdRng};
use reqwest::Client;
use server_kit::clock::Clock;
use shared_types::{ids::StudentId, keys::ScopeKeys, turn::TurnEvent};
use sqlx::postgres::PgPoolOptions;
use std::{
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Barrier, task::JoinSet};
use uuid::Uuid;

const NAME: &str = "fairness";
const STUDENTS: u64 = 30;
/// What the one asks at the same time.
const AT_ONCE: usize = 10;
const SLOTS: [u32; 3] = [1, 2, 4];
/// Answers given before the rush: as many as the estimate looks back on.
const BEFORE: u64 = 20;
const LEAST_JAIN: f64 = 0.95;
const MOST_ERROR: f64 = 0.30;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// Questions each of the others asks, one after the other; three, with shorter answers, where it has to be quick.
    #[arg(long, default_value_t = 4)]
    questions: usize,
}

/// One question as its student saw it.
struct Asked {
    at: Instant,
    started: Instant,
    ended: Instant,
    /// When an estimate was told, and the estimate.
    told: Vec<(Instant, f64)>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let system = Arc::new(arguments.common.system()?);
    let questions = if arguments.common.quick { 3 } else { arguments.questions };
    let pieces = if arguments.common.quick { (4, 8) } else { (8, 16) };
    println!(
        "{:>5} {:>6} {:>9} {:>9} {:>9} {:>7} {:>9}",
        "slots", "turns", "wait s", "longest", "greedy s", "jain", "estimate"
    );
    let (mut holds, mut figures) = (true, Vec::new());
    for slots in SLOTS {
        let pace = scripted_model::Pace { pieces, pause: Duration::from_millis(40) };
        let model = scripted_model::serve(pace, u64::from(slots)).await?;
        let mut helper = system.helper.start(&settings(&model, slots)).await?;
        let by_student = rush(&system, questions, slots).await?;
        // The next one listens on the same port.
        helper.kill().await?;
        let Outcome { jain, error } = print(slots, &by_student);
        holds &= jain >= LEAST_JAIN && error <= MOST_ERROR;
        figures.push((format!("jain_{slots}"), format!("{jain:.3}")));
        figures.push((format!("estimate_off_{slots}"), format!("{error:.2}")));
    }
    figures.push(("refused".to_owned(), "0".to_owned()));
    let figures: Vec<report::Figure<'_>> =
        figures.iter().map(|(name, value)| (name.as_str(), value as &dyn std::fmt::Display)).collect();
    Ok(report::close(NAME, holds, &figures))
}

fn settings(model: &str, slots: u32) -> Vec<(&'static str, String)> {
    vec![
        ("HELPER_BACKENDS", "ollama".to_owned()),
        ("HELPER_OLLAMA_URL", model.to_owned()),
        ("HELPER_OLLAMA_MODEL", "scripted".to_owned()),
        // A line of its own in every run, also after one that was broken off.
        ("HELPER_REDIS_PREFIX", format!("{NAME}-{slots}-{}", std::process::id())),
        ("HELPER_SLOTS", slots.to_string()),
    ]
}

/// Everybody at once; gives each student's questions. A refusal ends the program.
async fn rush(system: &Arc<System>, questions: usize, slots: u32) -> anyhow::Result<Vec<Vec<Asked>>> {
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let class = Class::by_code(&db, &system.class_code).await?;
    let keys: ScopeKeys = system.helper.environment.get("HUB_SCOPE_KEYS").context("HUB_SCOPE_KEYS")?.parse()?;
    let token = |number: u64| {
        let student = StudentId(Uuid::from_u128((u128::from(slots) << 64) | (u128::from(number) + 1)));
        class.token(student, &keys, Clock::system().unix())
    };
    let client = Client::new();
    let before = (0..BEFORE).map(|number| token(STUDENTS + number)).collect::<anyhow::Result<Vec<_>>>()?;
    futures::future::try_join_all(before.iter().map(|token| ask(&client, &system.base_url, token, "Before"))).await?;
    let together = Arc::new(Barrier::new(usize::try_from(STUDENTS)?));
    let mut students = JoinSet::new();
    for number in 0..STUDENTS {
        let (system, together, token) = (system.clone(), together.clone(), token(number)?);
        students.spawn(async move {
            let client = Client::new();
            together.wait().await;
            if number == 0 {
                let at_once = (0..AT_ONCE).map(|_| ask(&client, &system.base_url, &token, "Ten at once"));
                return futures::future::try_join_all(at_once).await;
            }
            let mut asked = Vec::new();
            for _ in 0..questions {
                asked.push(ask(&client, &system.base_url, &token, "One after the other").await?);
            }
            Ok(asked)
        });
    }
    students.join_all().await.into_iter().collect()
}

async fn ask(client: &Client, base: &str, token: &str, question: &str) -> anyhow::Result<Asked> {
    let at = Instant::now();
    let accepted = turns::ask(client, base, token, question, Uuid::from_u128(StdRng::from_os_rng().random())).await?;
    let (mut told, mut started) = (Vec::new(), None);
    let seen = turns::follow_with(client, base, &accepted, |event| match event {
        TurnEvent::Queued { eta_s: Some(seconds), .. } => told.push((Instant::now(), f64::from(*seconds))),
        TurnEvent::Started { .. } => started = Some(Instant::now()),
        _ => {}
    })
    .await?;
    anyhow::ensure!(matches!(seen.last, TurnEvent::Done { .. }), "a turn ended with {:?}", seen.last);
    Ok(Asked { at, started: started.context("an answer without a start")?, ended: Instant::now(), told })
}

struct Outcome {
    jain: f64,
    error: f64,
}

fn print(slots: u32, by_student: &[Vec<Asked>]) -> Outcome {
    let waits: Vec<Vec<f64>> = by_student.iter().map(|asked| waits(asked)).collect();
    let means: Vec<f64> = waits.iter().map(|waits| mean(waits)).collect();
    let all: Vec<f64> = waits.into_iter().flatten().collect();
    let mut errors: Vec<f64> = by_student.iter().flatten().flat_map(errors).collect();
    errors.sort_by(f64::total_cmp);
    let error = errors.get(errors.len() / 2).copied().unwrap_or(f64::INFINITY);
    let (jain, longest) = (jain(&means), all.iter().copied().fold(0.0, f64::max));
    println!(
        "{slots:>5} {:>6} {:>9.2} {longest:>9.2} {:>9.2} {jain:>7.3} {:>7.0} %",
        all.len(),
        mean(&all),
        means[0],
        error * 100.0
    );
    Outcome { jain, error }
}

/// How long each question waited, from when it could have been answered.
fn waits(asked: &[Asked]) -> Vec<f64> {
    let mut in_order: Vec<&Asked> = asked.iter().collect();
    in_order.sort_by_key(|asked| asked.started);
    let free = |index: usize| index.checked_sub(1).map(|before| in_order[before].ended);
    let wait = |(index, asked): (usize, &&Asked)| {
        let from = free(index).map_or(asked.at, |free| free.max(asked.at));
        asked.started.saturating_duration_since(from).as_secs_f64()
    };
    in_order.iter().enumerate().map(wait).collect()
}

/// How far off each estimate was, as a share of what was still to come.
fn errors(asked: &Asked) -> Vec<f64> {
    let still = |(at, seconds): &(Instant, f64)| {
        let actual = asked.started.saturating_duration_since(*at).as_secs_f64();
        (actual >= 1.0).then(|| (seconds - actual).abs() / actual)
    };
    asked.told.iter().filter_map(still).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Jain's index of fairness: 1 where all are equal, 1/n where one has everything (Jain, Chiu, Hawe 1984).
#[expect(clippy::cast_precision_loss, reason = "counts of students")]
fn jain(values: &[f64]) -> f64 {
    let sum: f64 = values.iter().sum();
    let squares: f64 = values.iter().map(|value| value * value).sum();
    sum * sum / (values.len() as f64 * squares)
}
