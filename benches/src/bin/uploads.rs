//! Sends files to the hub through the edge, sixteen at a time, and watches its memory; then kills it with SIGKILL while
//! files are being sent, and starts it again. Holds if memory stays within its bound, every file that was acknowledged
//! can be fetched and is what was sent, none is there twice, and nothing is left over after a sweep.

use anyhow::{Context, ensure};
use benches::{
    arguments,
    assignment::Assignment,
    files,
    memory::Watch,
    report,
    system::System,
    visitor::{Attached, Visitor, form, hidden_fields},
};
use clap::Parser;
use futures::StreamExt;
use rand::{Rng, SeedableRng, rngs::StdRng};
use sha2::{Digest, Sha256};
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::{
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{process::Child, task::JoinSet};
use uuid::Uuid;

const NAME: &str = "uploads";
const AT_ONCE: u32 = 16;
/// Most that the hub's resident memory may grow, in bytes.
const MAX_GROWTH: u64 = 64 * 1024 * 1024;
const MEGABYTE: usize = 1_000_000;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// How many files; 32 of at most 8 MB where it has to be quick.
    #[arg(long, default_value_t = 200)]
    files: u32,
    /// How often to kill; three times where it has to be quick.
    #[arg(long, default_value_t = 12)]
    kills: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What every sender knows.
#[derive(Clone)]
struct Work {
    system: Arc<System>,
    assignment: Assignment,
    largest: usize,
    seed: u64,
}

/// A file that the hub said it has.
struct Acknowledged {
    sender: usize,
    name: String,
    sha256: [u8; 32],
    bytes: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let (files, kills, largest) =
        if arguments.common.quick { (32, 3, 8) } else { (arguments.files, arguments.kills, 50) };
    let system = Arc::new(arguments.common.system()?);
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let hub = system.hub.start(&[]).await?;
    let assignment = Assignment::put(&db, &system.class_code, 60_000_000).await?;
    let work = Work { system: system.clone(), assignment, largest: largest * MEGABYTE, seed: arguments.seed };
    let senders = senders(&work).await?;

    let (sent, memory) = send_all(&work, &senders, &hub, files).await?;
    let (after_kills, hub) = send_while_killed(&work, &senders, hub, kills).await?;
    let all: Vec<Acknowledged> = sent.into_iter().chain(after_kills).collect();
    let same = count_same(&work, &senders, &all).await?;
    let doubled = count_doubled(&db, &work, &all).await?;
    let left_over = leftovers(&system)?;
    let consistent = swept_and_checked(&system).await?;
    work.assignment.remove(&db).await?;
    swept_and_checked(&system).await?;
    drop(hub);

    let growth = memory.peak.saturating_sub(memory.before);
    println!("files acknowledged                     {:>8}", all.len());
    println!("  fetched again and the same           {same:>8}");
    println!("  there more than once                 {doubled:>8}");
    println!("left over by kills, before the sweep   {left_over:>8}");
    println!("resident memory before, most, MB       {:>8} {}", mb(memory.before), mb(memory.peak));
    let holds = same == all.len() && doubled == 0 && consistent && growth < MAX_GROWTH;
    Ok(report::close(
        NAME,
        holds,
        &[
            ("files", &all.len()),
            ("same", &same),
            ("doubled", &doubled),
            ("kills", &kills),
            ("left_over", &left_over),
            ("consistent_after_sweep", &consistent),
            ("grown_mb", &mb(growth)),
            ("mb_per_s", &memory.mb_per_s),
        ],
    ))
}

const fn mb(bytes: u64) -> u64 {
    bytes / 1_000_000
}

async fn senders(work: &Work) -> anyhow::Result<Vec<Visitor>> {
    let mut senders = Vec::new();
    for letter in ('A'..).take(AT_ONCE as usize) {
        let visitor = Visitor::new(&work.system.base_url)?;
        // With seven digits it would be a telephone number.
        visitor.join(&work.system.class_code, &format!("Sender {letter} {:x}", std::process::id())).await?;
        senders.push(visitor);
    }
    Ok(senders)
}

/// What the first part measured.
struct Memory {
    before: u64,
    peak: u64,
    mb_per_s: u64,
}

async fn send_all(
    work: &Work,
    senders: &[Visitor],
    hub: &Child,
    files: u32,
) -> anyhow::Result<(Vec<Acknowledged>, Memory)> {
    // One of each kind first: what a program loads once is no growth.
    for number in 0..files::KINDS {
        let mut rng = StdRng::seed_from_u64(u64::from(number));
        let file = files::of_kind(number, MEGABYTE, &mut rng);
        send(work, &senders[0], &format!("warm-{number}"), &file).await?;
    }
    let watch = Watch::start(hub.id().context("the hub runs")?)?;
    let (next, started) = (Arc::new(AtomicU32::new(0)), Instant::now());
    let mut running = JoinSet::new();
    for (sender, visitor) in senders.iter().cloned().enumerate() {
        let (work, next) = (work.clone(), next.clone());
        running.spawn(async move {
            let mut acknowledged = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= files {
                    return Ok::<_, anyhow::Error>(acknowledged);
                }
                let file = made(&work, u64::from(number)).await?;
                acknowledged.push(send(&work, &visitor, &format!("file-{number}"), &file).await?.of(sender));
            }
        });
    }
    let all: Vec<Acknowledged> =
        running.join_all().await.into_iter().collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();
    let (before, peak) = watch.stop().await;
    let bytes: usize = all.iter().map(|file| file.bytes).sum();
    let seconds = started.elapsed().as_secs_f64();
    println!("{} files, {} MB in {seconds:.1} s", all.len(), bytes / MEGABYTE);
    let mb_per_s = (bytes / MEGABYTE) as u64 / started.elapsed().as_secs().max(1);
    Ok((all, Memory { before, peak, mb_per_s }))
}

/// Kills and restarts the hub while everybody keeps sending. Whoever got no answer sends the same form again.
async fn send_while_killed(
    work: &Work,
    senders: &[Visitor],
    mut hub: Child,
    kills: u32,
) -> anyhow::Result<(Vec<Acknowledged>, Child)> {
    let stop = Arc::new(AtomicBool::new(false));
    let mut running = JoinSet::new();
    for (sender, visitor) in senders.iter().cloned().enumerate() {
        let (work, stop) = (work.clone(), stop.clone());
        running.spawn(async move {
            let (mut acknowledged, mut number) = (Vec::new(), 0_u64);
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                let file = made(&work, 1_000_000 + 1000 * sender as u64 + number).await?;
                acknowledged.push(send(&work, &visitor, &format!("killed-{sender}-{number}"), &file).await?.of(sender));
            }
            Ok::<_, anyhow::Error>(acknowledged)
        });
    }
    let mut rng = StdRng::seed_from_u64(work.seed);
    for kill in 1..=kills {
        tokio::time::sleep(Duration::from_millis(rng.random_range(700..2500))).await;
        hub.start_kill()?;
        hub.wait().await?;
        hub = work.system.hub.start(&[]).await?;
        println!("kill -9 number {kill}");
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    stop.store(true, Ordering::Relaxed);
    let all = running.join_all().await.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    Ok((all.into_iter().flatten().collect(), hub))
}

/// The file of a number: always the same for the same number.
async fn made(work: &Work, number: u64) -> anyhow::Result<files::File> {
    let (seed, largest) = (work.seed.wrapping_mul(1_000_003).wrapping_add(number), work.largest);
    Ok(tokio::task::spawn_blocking(move || {
        let mut rng = StdRng::seed_from_u64(seed);
        let bytes = rng.random_range(MEGABYTE..=largest);
        files::of_kind(rng.random_range(0..files::KINDS), bytes, &mut rng)
    })
    .await?)
}

impl Acknowledged {
    fn of(self, sender: usize) -> Self {
        Self { sender, ..self }
    }
}

/// Opens the page, fills in its form and sends it, until it is acknowledged; always the same form.
async fn send(work: &Work, visitor: &Visitor, stem: &str, file: &files::File) -> anyhow::Result<Acknowledged> {
    let path = work.assignment.path();
    let action = format!("{path}/submissions");
    let fields = loop {
        if let Ok(page) = visitor.page(&path).await {
            break hidden_fields(form(&page, &action).context("no form to hand in with")?);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let name = format!("{stem}.{}", file.ending);
    let attached = Attached { name: name.clone(), content: file.content.clone() };
    loop {
        match visitor.attach(&action, &fields, "file", &attached).await {
            Ok(answer) if answer.status().is_success() => {
                // The answer may be cut by a kill after its headers: then send it again.
                if answer.text().await.is_ok_and(|text| text.contains("location")) {
                    let sha256 = Sha256::digest(file.content.as_slice()).into();
                    return Ok(Acknowledged { sender: 0, name, sha256, bytes: file.content.len() });
                }
            }
            Ok(answer) if answer.status().is_client_error() => {
                anyhow::bail!(
                    "{name} was refused with {}: {}",
                    answer.status(),
                    answer.text().await.unwrap_or_default()
                );
            }
            _ => {}
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Fetches every file through the edge and compares.
async fn count_same(work: &Work, senders: &[Visitor], files: &[Acknowledged]) -> anyhow::Result<usize> {
    let mut links = Vec::new();
    for visitor in senders {
        links.push(links_on(&visitor.page(&work.assignment.path()).await?));
    }
    let mut same = 0;
    for file in files {
        let Some((link, _)) = links[file.sender].iter().find(|(_, name)| *name == file.name) else {
            println!("missing: {}", file.name);
            continue;
        };
        let visitor = &senders[file.sender];
        let answer = visitor.client.get(format!("{}{link}", visitor.base)).send().await?.error_for_status()?;
        let (mut pieces, mut hash) = (answer.bytes_stream(), Sha256::new());
        while let Some(piece) = pieces.next().await {
            hash.update(&piece?);
        }
        let is_same = <[u8; 32]>::from(hash.finalize()) == file.sha256;
        same += usize::from(is_same);
    }
    Ok(same)
}

/// Address and name of every file on a page.
fn links_on(page: &str) -> Vec<(String, String)> {
    let links = page.split("<a href=\"").skip(1).filter_map(|rest| {
        let (href, rest) = rest.split_once("\">")?;
        let (name, _) = rest.split_once('<')?;
        href.ends_with("/file").then(|| (href.to_owned(), name.to_owned()))
    });
    links.collect()
}

async fn count_doubled(db: &PgPool, work: &Work, files: &[Acknowledged]) -> anyhow::Result<i64> {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let doubled = sqlx::query_scalar(
        "select coalesce(sum(times - 1), 0)::bigint from (
             select count(*) as times from hub.submissions
             where material_id = $1 and file_name = any($2) group by file_name) counted",
    );
    let material: Uuid = work.assignment.material;
    Ok(doubled.bind(material).bind(names).fetch_one(db).await?)
}

/// Temporary files that kills left behind.
fn leftovers(system: &System) -> anyhow::Result<usize> {
    let folder = system.hub.environment.get("HUB_UPLOADS_DIR").context("HUB_UPLOADS_DIR")?;
    Ok(std::fs::read_dir(PathBuf::from(folder).join("spool"))?.count())
}

/// Sweeps without waiting an hour, then asks the hub itself whether rows and files fit together.
async fn swept_and_checked(system: &System) -> anyhow::Result<bool> {
    let swept = system.hub.run(&["storage", "sweep", "--older-than-minutes", "0"]).await?;
    ensure!(swept.status.success(), "the sweep failed: {}", String::from_utf8_lossy(&swept.stderr));
    print!("{}", String::from_utf8_lossy(&swept.stdout));
    let checked = system.hub.run(&["storage", "check"]).await?;
    print!("{}", String::from_utf8_lossy(&checked.stdout));
    Ok(checked.status.success() && leftovers(system)? == 0)
}
