//! What an open stream costs the helper while nothing happens: thousands of readers, through the edge as browsers are,
//! whose turns wait for a silent model. Holds if each takes at most 16 kB of the process, and if readers are still told
//! when the model speaks. Beside it what the edge takes for the same streams.

use anyhow::Context;
use benches::{
    arguments, asking,
    asking::Asking,
    memory::resident,
    report,
    telling_model::{self, Telling},
    turns::{self, Accepted},
};
use clap::Parser;
use futures::{Stream, StreamExt, stream};
use reqwest::Client;
use shared_types::turn::TurnEvent;
use std::{
    pin::Pin,
    process::ExitCode,
    time::{Duration, Instant},
};

const NAME: &str = "streams";
const MOST_BYTES: u64 = 16 * 1024;
/// So many questions are asked, and streams opened, at the same time.
const AT_ONCE: usize = 16;
/// How long the open streams are left alone before the memory is read.
const IDLE: Duration = Duration::from_secs(10);

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// Streams that are open at once; five hundred where it has to be quick.
    #[arg(long, default_value_t = 5_000)]
    streams: usize,
}

type Events = Pin<Box<dyn Stream<Item = TurnEvent> + Send>>;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let count = if arguments.common.quick { 500 } else { arguments.streams };
    let system = arguments.common.system()?;
    let (model, origin) = Telling::serve(telling_model::tutoring(60), Duration::ZERO).await?;
    let mut settings = asking::settings(NAME, &origin, 2);
    settings.push(("HELPER_MAX_WAITING", (count + 100).to_string()));
    let helper = system.helper.start(&settings).await?;
    let (pid, edge) = (helper.id().context("the helper ended")?, system.pid("caddy")?);
    let asking = Asking::of(&system).await?;

    let started = Instant::now();
    let accepted = all_accepted(&system.helper.url, &asking, count).await?;
    println!("{count} questions wait after {} s", started.elapsed().as_secs());
    let (before, edge_before) = (resident(pid)?, resident(edge)?);
    let started = Instant::now();
    let mut open = all_opened(&system.base_url, &accepted).await?;
    println!("{count} streams are open after {} s", started.elapsed().as_secs());
    tokio::time::sleep(IDLE).await;
    let after = resident(pid)?;
    let each = after.saturating_sub(before) / count as u64;
    let edge_each = resident(edge)?.saturating_sub(edge_before) / count as u64;

    model.let_speak(true);
    let told = first_told(&mut open).await?;
    drop((open, helper));
    asking.tidy_up(count).await?;
    println!("resident before      {:>10} kB", before / 1024);
    println!("with all streams     {:>10} kB", after / 1024);
    println!("each stream          {each:>10} bytes");
    println!("the edge, each       {edge_each:>10} bytes");
    println!("the first reader was told after {told:.1?}");
    Ok(report::close(
        NAME,
        each <= MOST_BYTES,
        &[("streams", &count), ("bytes_each", &each), ("edge_bytes_each", &edge_each)],
    ))
}

/// A question each of so many students.
async fn all_accepted(base: &str, asking: &Asking, count: usize) -> anyhow::Result<Vec<Accepted>> {
    let client = Client::new();
    let ask = |number: usize| {
        let client = client.clone();
        async move {
            let question = format!("How does a cipher work? #s{number}");
            turns::ask(&client, base, &asking.token(number)?, &question, asking::key()).await
        }
    };
    stream::iter(0..count).map(ask).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
}

/// Every stream, read up to its first event.
async fn all_opened(base: &str, accepted: &[Accepted]) -> anyhow::Result<Vec<Events>> {
    // A client of its own for each: every reader has a connection to the edge.
    let open = |accepted: Accepted| async move {
        let client = Client::builder().pool_max_idle_per_host(0).build()?;
        let mut events: Events = Box::pin(turns::open(&client, base, &accepted).await?);
        events.next().await.context("a stream that ended at once")?;
        anyhow::Ok(events)
    };
    let accepted = accepted.iter().cloned();
    stream::iter(accepted).map(open).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
}

/// How long it takes until any reader has text.
async fn first_told(open: &mut [Events]) -> anyhow::Result<Duration> {
    let started = Instant::now();
    let mut all = stream::select_all(open.iter_mut());
    loop {
        match tokio::time::timeout(Duration::from_secs(30), all.next()).await.context("no reader was told")? {
            Some(TurnEvent::Delta { .. }) => return Ok(started.elapsed()),
            Some(_) => {}
            None => anyhow::bail!("all streams ended"),
        }
    }
}
