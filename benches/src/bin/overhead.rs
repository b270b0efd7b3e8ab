//! What the helper adds between a backend's first byte and a reader's first text, 64 readers at once, behind the edge:
//! line, lease, outgoing check, log and stream. Beside it the least that is possible: a bare relay from the same backend
//! to Server-Sent Events, without an edge. Holds if the helper's p99 is at most two batches of text (80 ms) above it.

use anyhow::Context;
use axum::{
    Router,
    extract::{Path, State},
    response::{Sse, sse::Event},
    routing::get,
};
use benches::{
    arguments, asking,
    asking::Asking,
    report,
    telling_model::{self, Telling},
    turns,
};
use clap::Parser;
use futures::{Stream, StreamExt};
use reqwest::Client;
use shared_types::turn::TurnEvent;
use std::{
    convert::Infallible,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, sync::Barrier, task::JoinSet};

const NAME: &str = "overhead";
const AT_ONCE: usize = 64;
const MOST_ABOVE: Duration = Duration::from_millis(80);
/// Until everybody is there.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
    /// Rounds of 64; four where it has to be quick.
    #[arg(long, default_value_t = 20)]
    rounds: usize,
    /// The helper to measure; otherwise the system's own, whose code is not optimised.
    #[arg(long)]
    helper: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let rounds = if arguments.common.quick { 4 } else { arguments.rounds };
    let mut system = arguments.common.system()?;
    if let Some(helper) = arguments.helper {
        system.helper.binary = helper;
    }
    let (model, origin) = Telling::serve(telling_model::tutoring(60), Duration::ZERO).await?;
    let helper = system.helper.start(&asking::settings(NAME, &origin, AT_ONCE)).await?;
    let asking = Arc::new(Asking::of(&system).await?);
    let relay = serve_relay(origin).await?;

    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        ours.extend(round_of(&model, round, Reads::Helper(&system.base_url, &asking)).await?);
        bare.extend(round_of(&model, round, Reads::Relay(&relay)).await?);
    }
    drop(helper);
    let ([our_p50, our_p99], [bare_p50, bare_p99]) = (percentiles(&mut ours), percentiles(&mut bare));
    println!("first text after the backend's first byte, {AT_ONCE} at once    median      p99");
    println!("helper, behind the edge                           {our_p50:>10.1} {our_p99:>8.1} ms");
    println!("a bare relay                                      {bare_p50:>10.1} {bare_p99:>8.1} ms");
    let above = our_p99 - bare_p99;
    let figures = [our_p99, bare_p99, above].map(|ms| format!("{ms:.1}"));
    Ok(report::close(
        NAME,
        above <= MOST_ABOVE.as_secs_f64() * 1000.0,
        &[
            ("readers", &ours.len()),
            ("helper_p99_ms", &figures[0]),
            ("relay_p99_ms", &figures[1]),
            ("above_ms", &figures[2]),
        ],
    ))
}

/// From where a round's readers get their text.
#[derive(Clone, Copy)]
enum Reads<'a> {
    Helper(&'a str, &'a Arc<Asking>),
    Relay(&'a str),
}

/// One round: all readers listen before the model says anything; then it speaks to all of them at once.
async fn round_of(model: &Telling, round: usize, reads: Reads<'_>) -> anyhow::Result<Vec<Duration>> {
    model.let_speak(false);
    let asked_before = model.asked();
    let listening = Arc::new(Barrier::new(AT_ONCE + 1));
    let mut readers = JoinSet::new();
    for number in 0..AT_ONCE {
        let (listening, mark) = (listening.clone(), format!("o{round}n{number}"));
        match reads {
            Reads::Helper(base, asking) => {
                let (base, asking) = (base.to_owned(), asking.clone());
                readers
                    .spawn(async move { (mark.clone(), helper_text(&base, &asking, number, &mark, &listening).await) });
            }
            Reads::Relay(relay) => {
                let relay = relay.to_owned();
                readers.spawn(async move { (mark.clone(), relay_text(&relay, &mark, &listening).await) });
            }
        }
    }
    tokio::time::timeout(PATIENCE, listening.wait()).await.context("not every reader could listen")?;
    let until = Instant::now() + PATIENCE;
    while model.asked() < asked_before + AT_ONCE {
        anyhow::ensure!(Instant::now() < until, "the model was asked {} times", model.asked() - asked_before);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    model.let_speak(true);
    let mut took = Vec::new();
    while let Some(read) = readers.join_next().await {
        let (mark, first) = read?;
        let told = model.call(&mark).and_then(|call| call.first_text).context("the model told nothing")?;
        took.push(first?.saturating_duration_since(told));
    }
    Ok(took)
}

/// When a student had the first text of an answer in hand.
async fn helper_text(
    base: &str,
    asking: &Asking,
    number: usize,
    mark: &str,
    listening: &Barrier,
) -> anyhow::Result<Instant> {
    let client = Client::new();
    let question = format!("How does a cipher work? #{mark}");
    let accepted = turns::ask(&client, base, &asking.token(number)?, &question, asking::key()).await?;
    let mut first = None;
    let (mut waits, mut is_open) = (Some(listening.wait()), false);
    // The turn's first event says that somebody works on it: from then on the stream is open.
    let events = turns::open(&client, base, &accepted).await?;
    futures::pin_mut!(events);
    while let Some(event) = events.next().await {
        if !is_open && let Some(wait) = waits.take() {
            is_open = true;
            wait.await;
        }
        match event {
            TurnEvent::Delta { .. } => {
                first.get_or_insert_with(Instant::now);
            }
            event if event.is_terminal() => break,
            _ => {}
        }
    }
    first.context("an answer without text")
}

async fn relay_text(relay: &str, mark: &str, listening: &Barrier) -> anyhow::Result<Instant> {
    let answer = Client::new().get(format!("{relay}/{mark}")).send().await?.error_for_status()?;
    listening.wait().await;
    let mut bytes = answer.bytes_stream();
    let first = bytes.next().await.context("nothing came")??;
    anyhow::ensure!(first.starts_with(b"data:"), "no event came");
    let at = Instant::now();
    while bytes.next().await.is_some() {}
    Ok(at)
}

/// A server that passes the model's pieces on as events, and does nothing else.
async fn serve_relay(model: String) -> anyhow::Result<String> {
    let router = Router::new().route("/{mark}", get(relay)).with_state((Client::new(), model));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(origin)
}

async fn relay(
    State((client, model)): State<(Client, String)>,
    Path(mark): Path<String>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let call = serde_json::json!({ "messages": [{ "role": "user", "content": format!("#{mark}") }] });
    let pieces = async_stream::stream! {
        let Ok(answer) = client.post(format!("{model}/api/chat")).json(&call).send().await else { return };
        let mut pieces = answer.bytes_stream();
        while let Some(Ok(piece)) = pieces.next().await {
            yield Ok(Event::default().data(String::from_utf8_lossy(&piece).trim()));
        }
    };
    Sse::new(pieces)
}

/// Median and p99, in milliseconds.
fn percentiles(took: &mut [Duration]) -> [f64; 2] {
    took.sort_unstable();
    [50, 99].map(|percent| {
        let at = (took.len() * percent / 100).min(took.len().saturating_sub(1));
        took.get(at).map_or(0.0, Duration::as_secs_f64) * 1000.0
    })
}
