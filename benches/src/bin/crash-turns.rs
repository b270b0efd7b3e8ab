//! Kills the helper with SIGKILL at random moments of running turns, and starts it again, while students
//! keep asking. Holds if every accepted turn ended answered exactly once, the text each client assembled
//! over its reconnects equals the stored one byte for byte, and the hub has exactly one event per turn.

use anyhow::Context;
use benches::{arguments, report, scripted_model, student::Class, system::System, turns};
use clap::Parser;
use rand::{Rng, SeedableRng, rngs::StdRng};
use server_kit::clock::Clock;
use shared_types::{ids::StudentId, keys::ScopeKeys, turn::TurnEvent};
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::{
    collections::HashMap,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{process::Child, task::JoinSet};
use uuid::Uuid;

const NAME: &str = "crash-turns";
/// Students who ask one question after the other.
const STUDENTS: u64 = 6;
/// How long everything may take to come to rest after the last crash.
const REST: Duration = Duration::from_mins(1);

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// How often to kill; twenty times where it has to be quick.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// One finished turn as its client saw it.
struct Finished {
    turn: Uuid,
    text: String,
    answered: bool,
    connections: u32,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let kills = if arguments.common.quick { 20 } else { arguments.kills };
    let system = Arc::new(arguments.common.system()?);
    let db = PgPoolOptions::new().max_connections(4).connect(&system.admin_database_url).await?;
    let model = scripted_model::serve(
        scripted_model::Pace { pieces: (20, 60), pause: Duration::from_millis(8) },
        arguments.seed,
    )
    .await?;
    let settings = settings(&model);
    let helper = system.helper.start(&settings).await?;

    let stop = Arc::new(AtomicBool::new(false));
    let finished_so_far = Arc::new(AtomicU64::new(0));
    let clients = start_students(&system, &db, &stop, &finished_so_far).await?;
    let helper = kill_repeatedly(&system, &settings, helper, kills, arguments.seed, &finished_so_far).await?;
    stop.store(true, Ordering::Relaxed);
    let finished = tokio::time::timeout(REST, clients.join_all()).await.context("turns did not end")?;
    let finished: Vec<Finished> =
        finished.into_iter().collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();

    let result = check(&db, &finished).await?;
    drop(helper);
    Ok(result.print(kills, &finished))
}

/// What differs from the system's own helper: the scripted model, and a pace that suits crashes every second.
fn settings(model: &str) -> Vec<(&'static str, String)> {
    vec![
        ("HELPER_BACKENDS", "ollama".to_owned()),
        ("HELPER_OLLAMA_URL", model.to_owned()),
        ("HELPER_OLLAMA_MODEL", "scripted".to_owned()),
        ("HELPER_REDIS_PREFIX", NAME.to_owned()),
        ("HELPER_SLOTS", "4".to_owned()),
        ("HELPER_HEARTBEAT_MS", "100".to_owned()),
        ("HELPER_RECLAIM_MS", "500".to_owned()),
        ("HELPER_SWEEP_MS", "500".to_owned()),
        // Crashes are what this program makes: none of them is the turn's own fault.
        ("HELPER_MAX_DELIVERIES", "1000".to_owned()),
        ("HELPER_OUTBOX_MAX_PAUSE_MS", "500".to_owned()),
    ]
}

type Clients = JoinSet<anyhow::Result<Vec<Finished>>>;

async fn start_students(
    system: &Arc<System>,
    db: &PgPool,
    stop: &Arc<AtomicBool>,
    finished_so_far: &Arc<AtomicU64>,
) -> anyhow::Result<Clients> {
    let class = Class::by_code(db, &system.class_code).await?;
    let keys: ScopeKeys = system.helper.environment.get("HUB_SCOPE_KEYS").context("HUB_SCOPE_KEYS")?.parse()?;
    let mut clients = JoinSet::new();
    for number in 0..STUDENTS {
        let student = StudentId(Uuid::from_u128(u128::from(number) + 1));
        let token = class.token(student, &keys, Clock::system().unix())?;
        let (system, stop, finished_so_far) = (system.clone(), stop.clone(), finished_so_far.clone());
        clients.spawn(async move {
            let client = reqwest::Client::builder().pool_max_idle_per_host(0).build()?;
            let mut finished = Vec::new();
            let mut rng = StdRng::from_os_rng();
            while !stop.load(Ordering::Relaxed) {
                let question = format!("Question {} of student {number}", finished.len());
                let accepted =
                    turns::ask(&client, &system.base_url, &token, &question, Uuid::from_u128(rng.random())).await?;
                let seen = turns::follow(&client, &system.base_url, &accepted).await?;
                finished_so_far.fetch_add(1, Ordering::Relaxed);
                finished.push(Finished {
                    turn: accepted.turn.0,
                    text: seen.text,
                    answered: matches!(seen.last, TurnEvent::Done { .. }),
                    connections: seen.connections,
                });
            }
            Ok(finished)
        });
    }
    Ok(clients)
}

/// Kills and restarts. Every third time or so it strikes again before anything could finish.
async fn kill_repeatedly(
    system: &System,
    settings: &[(&str, String)],
    mut helper: Child,
    kills: u32,
    seed: u64,
    finished: &AtomicU64,
) -> anyhow::Result<Child> {
    let mut rng = StdRng::seed_from_u64(seed);
    let started = Instant::now();
    for kill in 1..=kills {
        let before = finished.load(Ordering::Relaxed);
        let at_once = rng.random_bool(0.3);
        let waiting = Instant::now();
        while !at_once && finished.load(Ordering::Relaxed) < before + 2 {
            anyhow::ensure!(waiting.elapsed() < REST, "no turn ended within {} s of a restart", REST.as_secs());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(rng.random_range(0..700))).await;
        helper.start_kill()?;
        helper.wait().await?;
        helper = system.helper.start(settings).await?;
        if kill % 20 == 0 {
            let turns = finished.load(Ordering::Relaxed);
            println!("{kill:>4} kills, {turns:>5} turns ended, {:>4} s", started.elapsed().as_secs());
        }
    }
    Ok(helper)
}

/// What the database says beside what the clients saw.
struct Checked {
    answered_once: usize,
    same_text: usize,
    one_event: usize,
    restarted: usize,
}

async fn check(db: &PgPool, finished: &[Finished]) -> anyhow::Result<Checked> {
    let turns: Vec<Uuid> = finished.iter().map(|turn| turn.turn).collect();
    wait_for_events(db, &turns).await?;
    let stored: Vec<(Uuid, String, i32, Option<String>)> = sqlx::query_as(
        "select t.id, t.state, t.attempt, x.answer from helper.turn t join helper.turn_text x on x.turn = t.id where t.id = any($1)",
    )
    .bind(&turns)
    .fetch_all(db)
    .await?;
    let stored: HashMap<Uuid, _> =
        stored.into_iter().map(|(id, state, attempt, text)| (id, (state, attempt, text))).collect();
    let events = events_per_turn(db, &turns).await?;
    let mut checked = Checked { answered_once: 0, same_text: 0, one_event: 0, restarted: 0 };
    for turn in finished {
        let row = stored.get(&turn.turn);
        checked.answered_once += usize::from(turn.answered && row.is_some_and(|(state, _, _)| state == "answered"));
        checked.same_text += usize::from(row.is_some_and(|(_, _, text)| text.as_deref() == Some(&turn.text)));
        checked.one_event += usize::from(events.get(&turn.turn) == Some(&1));
        checked.restarted += usize::from(row.is_some_and(|(_, attempt, _)| *attempt > 1));
    }
    Ok(checked)
}

async fn wait_for_events(db: &PgPool, turns: &[Uuid]) -> anyhow::Result<()> {
    let waiting = Instant::now();
    while waiting.elapsed() < REST {
        if events_per_turn(db, turns).await?.len() >= turns.len() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

async fn events_per_turn(db: &PgPool, turns: &[Uuid]) -> anyhow::Result<HashMap<Uuid, i64>> {
    let rows: Vec<(Uuid, i64)> =
        sqlx::query_as("select turn_id, count(*) from hub.helper_events where turn_id = any($1) group by turn_id")
            .bind(turns)
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().collect())
}

impl Checked {
    fn print(&self, kills: u32, finished: &[Finished]) -> ExitCode {
        let turns = finished.len();
        let connections: u32 = finished.iter().map(|turn| turn.connections).sum();
        let distinct = finished.iter().map(|turn| turn.turn).collect::<std::collections::HashSet<_>>().len();
        println!("kill -9                         {kills:>6}");
        println!("turns accepted                  {turns:>6}");
        println!("  answered exactly once         {:>6}", self.answered_once);
        println!("  text as stored, byte for byte {:>6}", self.same_text);
        println!("  exactly one event in the hub  {:>6}", self.one_event);
        println!("  begun again after a crash     {:>6}", self.restarted);
        println!("connections of the clients      {connections:>6}");
        let holds = turns > 0
            && distinct == turns
            && self.restarted > 0
            && [self.answered_once, self.same_text, self.one_event].iter().all(|count| *count == turns);
        report::close(
            NAME,
            holds,
            &[
                ("kills", &kills),
                ("turns", &turns),
                ("answered_once", &self.answered_once),
                ("same_text", &self.same_text),
                ("one_event", &self.one_event),
                ("restarted", &self.restarted),
            ],
        )
    }
}
