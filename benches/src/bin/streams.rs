//! What an open stream costs the helper while nothing happens: thousands of readers whose turns wait for a silent model.
//! Holds if each takes at most 16 kB of the process, and if readers are still told when the model speaks. Beside it what
//! the same streams cost a bare server of the same libraries, which says one event to each and nothing more.

use anyhow::Context;
use axum::{
    Router,
    response::sse::{Event, KeepAlive, Sse},
    routing::get,
};
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
    convert::Infallible,
    pin::Pin,
    process::{ExitCode, Stdio},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
    process::Command,
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
    /// Serves the bare streams: how the program starts itself once more.
    #[arg(long, hide = true)]
    bare: bool,
}

type Events = Pin<Box<dyn Stream<Item = TurnEvent> + Send>>;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    if arguments.bare {
        return serve_bare().await;
    }
    let count = if arguments.common.quick { 500 } else { arguments.streams };
    let system = arguments.common.system()?;
    let (model, origin) = Telling::serve(telling_model::tutoring(60), Duration::ZERO).await?;
    let mut settings = asking::settings(NAME, &origin, 2);
    settings.push(("HELPER_MAX_WAITING", (count + 100).to_string()));
    let helper = system.helper.start(&settings).await?;
    let pid = helper.id().context("the helper ended")?;
    let asking = Asking::of(&system).await?;

    let started = Instant::now();
    let accepted = all_accepted(&system.helper.url, &asking, count).await?;
    println!("{count} questions wait after {} s", started.elapsed().as_secs());
    let before = resident(pid)?;
    let started = Instant::now();
    let mut open = all_opened(&system.helper.url, &accepted).await?;
    println!("{count} streams are open after {} s", started.elapsed().as_secs());
    tokio::time::sleep(IDLE).await;
    let after = resident(pid)?;
    let each = after.saturating_sub(before) / count as u64;

    model.let_speak(true);
    let told = first_told(&mut open).await?;
    drop((open, helper));
    asking.tidy_up(count).await?;
    let bare = bare_bytes_each(count).await?;
    println!("resident before      {:>10} kB", before / 1024);
    println!("with all streams     {:>10} kB", after / 1024);
    println!("each stream          {each:>10} bytes");
    println!("of a bare server     {bare:>10} bytes");
    println!("the first reader was told after {told:.1?}");
    Ok(report::close(
        NAME,
        each <= MOST_BYTES,
        &[("streams", &count), ("bytes_each", &each), ("bare_bytes_each", &bare)],
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
    // A client of its own for each, so that no connection is shared.
    let open = |accepted: Accepted| async move {
        let client = Client::builder().pool_max_idle_per_host(0).build()?;
        let mut events: Events = Box::pin(turns::open(&client, base, &accepted).await?);
        events.next().await.context("a stream that ended at once")?;
        anyhow::Ok(events)
    };
    let accepted = accepted.iter().cloned();
    stream::iter(accepted).map(open).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
}

/// What a stream costs a server that does nothing but to hold it, in a process of its own.
async fn bare_bytes_each(count: usize) -> anyhow::Result<u64> {
    let mut command = Command::new(std::env::current_exe()?);
    let mut server = command.args(["--bare", "--system", "."]).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let said = BufReader::new(server.stdout.take().context("its output")?).lines().next_line().await?;
    let origin = said.context("the bare server ended")?;
    let pid = server.id().context("the bare server ended")?;
    let hold = |_| {
        let origin = origin.clone();
        async move {
            let client = Client::builder().pool_max_idle_per_host(0).build()?;
            let mut events = Box::pin(client.get(origin).send().await?.error_for_status()?.bytes_stream());
            events.next().await.context("a stream that ended at once")??;
            anyhow::Ok(events)
        }
    };
    let before = resident(pid)?;
    let open = stream::iter(0..count).map(hold).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await;
    let open: Vec<_> = open.into_iter().collect::<anyhow::Result<_>>()?;
    tokio::time::sleep(IDLE).await;
    let each = resident(pid)?.saturating_sub(before) / count as u64;
    drop(open);
    Ok(each)
}

/// Says where it serves, then one event to whoever asks, and keeps each stream open.
async fn serve_bare() -> anyhow::Result<ExitCode> {
    let one_event = || async {
        let event = Event::default().data(r#"{"type":"queued","place":0,"eta_s":null}"#);
        let events = stream::once(async { Ok::<_, Infallible>(event) }).chain(stream::pending());
        Sse::new(events).keep_alive(KeepAlive::new())
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(one_event)).into_make_service()).await?;
    Ok(ExitCode::SUCCESS)
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
