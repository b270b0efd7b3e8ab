//! A thousand answers under faults: the page is loaded again, the network cuts off, two tabs read, Stop is pressed at every
//! phase, while the helper is killed with SIGKILL and Redis and Postgres are restarted. Holds if every turn ends, every
//! reader has the stored text byte for byte, the hub has one event for each, a stopped model is free within a second, and
//! after everybody's conversations were erased nothing of them is found in Postgres, Redis or the logs.

use anyhow::Context;
use benches::{
    arguments, asking,
    asking::Asking,
    cutting_proxy, report,
    resp::Redis,
    system::System,
    telling_model::{self, Call, Telling},
    turns::{self, Accepted, Seen},
};
use clap::Parser;
use reqwest::{Client, header};
use server_kit::entropy::Entropy;
use shared_types::turn::TurnEvent;
use sqlx::AssertSqlSafe;
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{process::Child, sync::Mutex, task::JoinSet};
use uuid::Uuid;

const NAME: &str = "faults";
const STUDENTS: usize = 8;
const SLOTS: usize = 4;
/// How long one turn may take, whatever happens meanwhile.
const A_TURN: Duration = Duration::from_mins(2);
/// How long everything may take to come to rest in the end.
const REST: Duration = Duration::from_mins(1);
/// After Stop the model has to be free within this, where nothing was broken at that moment.
const FREE_WITHIN: Duration = Duration::from_secs(1);
/// So long after something was broken, times are not counted.
const SETTLED: Duration = Duration::from_secs(5);

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// Turns; sixty where it has to be quick.
    #[arg(long, default_value_t = 1_000)]
    runs: usize,
}

/// What happens to one turn beside what happens to everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    None,
    /// The page is loaded again, and begins to read anew.
    Reload,
    /// The connection is cut, again and again.
    Cut,
    TwoTabs,
    StopWaiting,
    StopSilent,
    StopStreaming,
    StopEnded,
}

const FAULTS: [Fault; 8] = [
    Fault::None,
    Fault::Reload,
    Fault::Cut,
    Fault::TwoTabs,
    Fault::StopWaiting,
    Fault::StopSilent,
    Fault::StopStreaming,
    Fault::StopEnded,
];

/// What became of one turn.
struct Finished {
    turn: Uuid,
    fault: Fault,
    /// The text of each reader.
    texts: Vec<String>,
    /// How long the model was still busy after Stop, where that can be told.
    freed: Option<Duration>,
}

/// What all readers share.
struct Run {
    system: System,
    asking: Asking,
    model: Telling,
    proxy: String,
    /// Stands in every question and every answer, and nowhere else.
    marker: String,
    begun: AtomicUsize,
    finished: AtomicUsize,
    /// When something was broken last.
    broken: Mutex<Instant>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let runs = if arguments.common.quick { 60 } else { arguments.runs };
    let system = arguments.common.system()?;
    let marker = format!("quill{:012x}", u64::from_le_bytes(Entropy::system().bytes()) >> 16);
    let mut pieces = telling_model::tutoring(70);
    pieces.insert(0, format!("The word is {marker}. "));
    let (model, origin) = Telling::serve(pieces, Duration::from_millis(8)).await?;
    model.let_speak(true);
    let settings = settings(&origin);
    let helper = system.helper.start(&settings).await?;
    let run = Arc::new(Run {
        asking: Asking::of(&system).await?,
        proxy: cutting_proxy::serve(&system.base_url, 4_000).await?,
        system,
        model,
        marker,
        begun: AtomicUsize::new(0),
        finished: AtomicUsize::new(0),
        broken: Mutex::new(Instant::now()),
    });
    let mut students = JoinSet::new();
    for student in 0..STUDENTS {
        students.spawn(ask_again_and_again(run.clone(), student, runs));
    }
    let (helper, broken) = break_things(&run, &settings, helper, runs).await?;
    let finished = tokio::time::timeout(REST, students.join_all()).await.context("turns did not end")?;
    let finished: Vec<Finished> =
        finished.into_iter().collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();
    let checked = check(&run, &finished).await?;
    let found = erase_and_look(&run).await?;
    drop(helper);
    Ok(close(&finished, &checked, &broken, &found))
}

fn settings(origin: &str) -> Vec<(&'static str, String)> {
    let mut settings = asking::settings(NAME, origin, SLOTS);
    settings.extend([
        ("HELPER_HEARTBEAT_MS", "100".to_owned()),
        ("HELPER_RECLAIM_MS", "600".to_owned()),
        ("HELPER_SWEEP_MS", "500".to_owned()),
        // What is broken here is never the turn's own fault.
        ("HELPER_MAX_DELIVERIES", "1000".to_owned()),
        ("HELPER_OUTBOX_MAX_PAUSE_MS", "500".to_owned()),
    ]);
    settings
}

async fn ask_again_and_again(run: Arc<Run>, student: usize, runs: usize) -> anyhow::Result<Vec<Finished>> {
    let mut finished = Vec::new();
    loop {
        let number = run.begun.fetch_add(1, Ordering::SeqCst);
        if number >= runs {
            return Ok(finished);
        }
        let fault = FAULTS[rand::random_range(0..FAULTS.len())];
        let turn = tokio::time::timeout(A_TURN, one_turn(&run, student, number, fault));
        finished.push(turn.await.with_context(|| format!("turn {number} ({fault:?}) did not end"))??);
        run.finished.fetch_add(1, Ordering::SeqCst);
    }
}

async fn one_turn(run: &Run, student: usize, number: usize, fault: Fault) -> anyhow::Result<Finished> {
    let client = Client::builder().pool_max_idle_per_host(0).build()?;
    let base = if fault == Fault::Cut { &run.proxy } else { &run.system.base_url };
    let token = run.asking.token(student)?;
    let question = format!("How does {} work? #f{number}", run.marker);
    let accepted = turns::ask(&client, base, &token, &question, asking::key()).await?;
    let mut freed = None;
    let seen = match fault {
        Fault::None | Fault::Cut => vec![turns::follow(&client, base, &accepted).await?],
        Fault::TwoTabs => {
            let other = Client::builder().pool_max_idle_per_host(0).build()?;
            let tabs = tokio::join!(turns::follow(&client, base, &accepted), turns::follow(&other, base, &accepted));
            vec![tabs.0?, tabs.1?]
        }
        Fault::Reload => {
            let times = rand::random_range(1..4);
            for _ in 0..times {
                let page = turns::follow(&client, base, &accepted);
                let for_a_while = Duration::from_millis(rand::random_range(1..300));
                let _left = tokio::time::timeout(for_a_while, page).await;
            }
            vec![turns::follow(&client, base, &accepted).await?]
        }
        Fault::StopEnded => {
            let seen = turns::follow(&client, base, &accepted).await?;
            press_stop(&client, base, &accepted).await?;
            vec![seen]
        }
        stop => {
            let (seen, pressed) = stopped_at(&client, base, &accepted, stop).await?;
            freed = freed_after(run, number, pressed).await;
            vec![seen]
        }
    };
    let texts = seen.into_iter().map(|Seen { text, .. }| text).collect();
    Ok(Finished { turn: accepted.turn.0, fault, texts, freed })
}

/// Reads to the end and presses Stop at the phase meant; says when it was pressed.
async fn stopped_at(
    client: &Client,
    base: &str,
    accepted: &Accepted,
    phase: Fault,
) -> anyhow::Result<(Seen, Option<Instant>)> {
    let (now, mut pressed) = tokio::sync::mpsc::unbounded_channel();
    if phase == Fault::StopWaiting {
        now.send(())?;
    }
    let mut deltas = 0;
    let reading = turns::follow_with(client, base, accepted, |event| {
        deltas += usize::from(matches!(event, TurnEvent::Delta { .. }));
        let is_phase = match phase {
            Fault::StopSilent => matches!(event, TurnEvent::Started { .. }),
            _ => deltas == 2,
        };
        if is_phase {
            // Whoever pressed once does not press again.
            let _sent = now.send(());
        }
    });
    let pressing = async {
        match pressed.recv().await {
            Some(()) => press_stop(client, base, accepted).await.map(Some),
            None => Ok(None),
        }
    };
    tokio::pin!(reading, pressing);
    let (mut seen, mut at) = (None, None);
    while seen.is_none() {
        tokio::select! {
            read = &mut reading => seen = Some(read?),
            done = &mut pressing, if at.is_none() => at = Some(done?),
        }
    }
    Ok((seen.context("read to its end")?, at.flatten()))
}

/// Presses Stop until somebody hears it; says when that was.
async fn press_stop(client: &Client, base: &str, accepted: &Accepted) -> anyhow::Result<Instant> {
    loop {
        let at = Instant::now();
        let stop = client.post(format!("{base}/helper/turns/{}/stop", accepted.turn));
        match stop.header(header::COOKIE, accepted.cookie()).send().await {
            Ok(answer) if answer.status().is_success() => return Ok(at),
            Ok(answer) if answer.status().is_client_error() => anyhow::bail!("Stop was answered {}", answer.status()),
            _ => tokio::time::sleep(Duration::from_millis(25)).await,
        }
    }
}

/// How long the model worked on after Stop; none where it was not asked, or where something was being broken.
async fn freed_after(run: &Run, number: usize, pressed: Option<Instant>) -> Option<Duration> {
    let pressed = pressed?;
    let until = Instant::now() + FREE_WITHIN * 3;
    let call = loop {
        match run.model.call(&format!("f{number}")) {
            None => return None,
            Some(call) if call.ended.is_some() => break call,
            Some(_) if Instant::now() > until => break Call::default(),
            Some(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    };
    if run.broken.lock().await.elapsed() < SETTLED {
        return None;
    }
    Some(call.ended.unwrap_or_else(Instant::now).saturating_duration_since(pressed))
}

/// Breaks something every few seconds until all turns are done; gives the last helper and what was broken how often.
async fn break_things(
    run: &Run,
    settings: &[(&str, String)],
    mut helper: Child,
    runs: usize,
) -> anyhow::Result<(Child, BTreeMap<&'static str, usize>)> {
    let mut broken = BTreeMap::from([("helper", 0), ("redis", 0), ("postgres", 0)]);
    let (started, mut last) = (Instant::now(), Instant::now());
    let mut done = 0;
    loop {
        let pause = Duration::from_millis(rand::random_range(1_000..12_000));
        let wake = Instant::now() + pause;
        while Instant::now() < wake {
            let now_done = run.finished.load(Ordering::SeqCst);
            if now_done != done {
                (done, last) = (now_done, Instant::now());
            }
            if done >= runs {
                return Ok((helper, broken));
            }
            anyhow::ensure!(last.elapsed() < A_TURN, "no turn ended for {} s", A_TURN.as_secs());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        *run.broken.lock().await = Instant::now();
        let what = match rand::random_range(0..10) {
            0..=5 => "helper",
            6..=7 => "redis",
            _ => "postgres",
        };
        if what == "helper" {
            helper.start_kill()?;
            helper.wait().await?;
            helper = run.system.helper.start(settings).await?;
        } else {
            run.system.restart(what).await?;
        }
        *broken.entry(what).or_default() += 1;
        *run.broken.lock().await = Instant::now();
        println!("{:>5} turns, {:>4} s, {what} restarted", done, started.elapsed().as_secs());
    }
}

/// What the database says beside what the readers saw.
#[derive(Default)]
struct Checked {
    ended: usize,
    same_text: usize,
    one_event: usize,
    begun_again: usize,
}

async fn check(run: &Run, finished: &[Finished]) -> anyhow::Result<Checked> {
    let turns: Vec<Uuid> = finished.iter().map(|turn| turn.turn).collect();
    let until = Instant::now() + REST;
    let mut events = events_of(run, &turns).await?;
    while events.len() < turns.len() && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(200)).await;
        events = events_of(run, &turns).await?;
    }
    let rows: Vec<(Uuid, String, i32, Option<String>)> = sqlx::query_as(
        "select t.id, t.state, t.attempt, x.answer from helper.turn t join helper.turn_text x on x.turn = t.id
         where t.id = any($1)",
    )
    .bind(&turns)
    .fetch_all(&run.asking.db)
    .await?;
    let rows: HashMap<Uuid, _> = rows.into_iter().map(|(id, state, tries, text)| (id, (state, tries, text))).collect();
    let mut checked = Checked::default();
    for turn in finished {
        let Some((state, attempt, stored)) = rows.get(&turn.turn) else { continue };
        let stored = stored.clone().unwrap_or_default();
        let is_same = turn.texts.iter().all(|text| *text == stored);
        if !is_same {
            println!("{:?} {}: {:?} is not {stored:?}", turn.fault, turn.turn, turn.texts);
        }
        checked.ended += usize::from(matches!(state.as_str(), "answered" | "stopped"));
        checked.same_text += usize::from(is_same);
        checked.one_event += usize::from(events.get(&turn.turn) == Some(&1));
        checked.begun_again += usize::from(*attempt > 1);
    }
    Ok(checked)
}

async fn events_of(run: &Run, turns: &[Uuid]) -> anyhow::Result<HashMap<Uuid, i64>> {
    let rows: Vec<(Uuid, i64)> =
        sqlx::query_as("select turn_id, count(*) from hub.helper_events where turn_id = any($1) group by turn_id")
            .bind(turns)
            .fetch_all(&run.asking.db)
            .await?;
    Ok(rows.into_iter().collect())
}

/// Where the marker is found, before and after everybody's conversations are erased as the hub asks for it.
struct Found {
    before: usize,
    after: Vec<String>,
}

async fn erase_and_look(run: &Run) -> anyhow::Result<Found> {
    let url = run.system.helper.environment.get("HELPER_REDIS_URL").context("HELPER_REDIS_URL")?;
    let mut redis = Redis::connect(url).await?;
    let before = places(run, &mut redis).await?.len();
    for student in 0..STUDENTS {
        let message = format!("{} {}", run.asking.class.classroom, run.asking.student(student));
        redis.call(&["publish", "class-hub:erase", &message]).await?;
    }
    let until = Instant::now() + REST;
    let mut after = places(run, &mut redis).await?;
    while !after.is_empty() && Instant::now() < until {
        tokio::time::sleep(Duration::from_secs(1)).await;
        after = places(run, &mut redis).await?;
    }
    Ok(Found { before, after })
}

/// Every table, the whole of Redis, and every log that has the marker.
async fn places(run: &Run, redis: &mut Redis) -> anyhow::Result<Vec<String>> {
    let marker = run.marker.as_str();
    let mut places = Vec::new();
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select table_schema::text, table_name::text from information_schema.tables
         where table_schema in ('hub', 'helper') and table_type = 'BASE TABLE'",
    )
    .fetch_all(&run.asking.db)
    .await?;
    for (schema, table) in tables {
        let statement = format!("select count(*) from {schema}.{table} t where t::text like '%{marker}%'");
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(statement)).fetch_one(&run.asking.db).await?;
        if rows > 0 {
            places.push(format!("{schema}.{table}"));
        }
    }
    if redis.everything().await?.contains(marker) {
        places.push("redis".to_owned());
    }
    for log in fs::read_dir(&run.system.logs)? {
        let path = log?.path();
        if path.is_file() && String::from_utf8_lossy(&fs::read(&path)?).contains(marker) {
            places.push(path.display().to_string());
        }
    }
    Ok(places)
}

fn close(finished: &[Finished], checked: &Checked, broken: &BTreeMap<&str, usize>, found: &Found) -> ExitCode {
    let turns = finished.len();
    let mut by_fault: BTreeMap<Fault, usize> = BTreeMap::new();
    for turn in finished {
        *by_fault.entry(turn.fault).or_default() += 1;
    }
    let mut freed: Vec<Duration> = finished.iter().filter_map(|turn| turn.freed).collect();
    freed.sort_unstable();
    let longest = freed.last().copied().unwrap_or_default();
    let late = freed.iter().filter(|freed| **freed > FREE_WITHIN).count();
    println!("turns                           {turns:>6}  {by_fault:?}");
    println!("broken                                  {broken:?}");
    println!("  ended                         {:>6}", checked.ended);
    println!("  text as stored, byte for byte {:>6}", checked.same_text);
    println!("  one event in the hub          {:>6}", checked.one_event);
    println!("  begun again                   {:>6}", checked.begun_again);
    println!("Stop measured                   {:>6}, longest {} ms", freed.len(), longest.as_millis());
    println!("the marker was in               {:>6} places, after erasure in {:?}", found.before, found.after);
    let whole = [checked.ended, checked.same_text, checked.one_event].iter().all(|count| *count == turns);
    // A run that broke nothing, measured nothing or wrote the marker nowhere has shown nothing.
    let showed = found.before > 0 && !freed.is_empty() && broken.values().sum::<usize>() > 0;
    report::close(
        NAME,
        turns > 0 && whole && late == 0 && found.after.is_empty() && showed,
        &[
            ("turns", &turns),
            ("ended", &checked.ended),
            ("same_text", &checked.same_text),
            ("one_event", &checked.one_event),
            ("stop_longest_ms", &longest.as_millis()),
            ("found_after_erasure", &found.after.len()),
        ],
    )
}
