//! How many bytes an answer of 4,000 tokens takes on its way to the browser, everything counted that the edge sends:
//! headers, framing, events, finished blocks. Holds if it is at most twice the bytes of its text.

use anyhow::Context;
use benches::{
    arguments, asking,
    asking::Asking,
    report,
    telling_model::{self, Telling},
    turns,
};
use clap::Parser;
use eventsource_stream::Eventsource;
use futures::StreamExt;
use shared_types::turn::TurnEvent;
use std::{process::ExitCode, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const NAME: &str = "wire";
const TOKENS: usize = 4_000;
/// A brisk model: what a large graphics card writes for one reader.
const PAUSE: Duration = Duration::from_millis(8);
const MOST_TIMES: f64 = 2.0;

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    common: arguments::Arguments,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    // Never fewer tokens: the headers would count for more than they are.
    let system = arguments.common.system()?;
    let (model, origin) = Telling::serve(telling_model::tutoring(TOKENS), PAUSE).await?;
    model.let_speak(true);
    let mut settings = asking::settings(NAME, &origin, 1);
    settings.extend([("HELPER_MAX_ANSWER_TOKENS", "5000".to_owned()), ("HELPER_NUM_CTX", "16384".to_owned())]);
    let helper = system.helper.start(&settings).await?;
    let asking = Asking::of(&system).await?;
    let client = reqwest::Client::new();
    let accepted =
        turns::ask(&client, &system.base_url, &asking.token(1)?, "How does a cipher work? #w1", asking::key()).await?;
    let raw = read_raw(&system.base_url, &accepted).await?;
    let text = text_of(&raw).await?;
    drop(helper);
    let (told, (stored,)) = (telling_model::tutoring(TOKENS).concat(), stored(&asking, &accepted).await?);
    anyhow::ensure!(text == stored, "what was read is not what is stored");
    anyhow::ensure!(text == told, "what was read is not what the model told");
    #[expect(clippy::cast_precision_loss, reason = "some ten thousand bytes")]
    let times = raw.len() as f64 / text.len() as f64;
    println!("text                 {:>8} bytes", text.len());
    println!("on the wire          {:>8} bytes", raw.len());
    println!("                     {times:>8.2} times the text");
    let times_shown = format!("{times:.2}");
    Ok(report::close(
        NAME,
        times <= MOST_TIMES,
        &[("text_bytes", &text.len()), ("wire_bytes", &raw.len()), ("times", &times_shown)],
    ))
}

/// Everything the edge sends for the turn's stream, as it comes.
async fn read_raw(base: &str, accepted: &turns::Accepted) -> anyhow::Result<Vec<u8>> {
    let authority = base.strip_prefix("http://").context("the system's edge speaks plain http")?;
    let mut connection = TcpStream::connect(authority).await?;
    let request = format!(
        "GET /helper/turns/{}/events HTTP/1.1\r\nHost: {authority}\r\nCookie: {}\r\nAccept: text/event-stream\r\n\
         Accept-Encoding: identity\r\n\r\n",
        accepted.turn,
        accepted.cookie(),
    );
    connection.write_all(request.as_bytes()).await?;
    let (mut raw, mut buffer) = (Vec::new(), vec![0; 16 * 1024]);
    loop {
        let read = connection.read(&mut buffer).await?;
        raw.extend_from_slice(&buffer[..read]);
        if read == 0 || raw.ends_with(b"0\r\n\r\n") {
            return Ok(raw);
        }
    }
}

/// The text that a browser makes of it.
async fn text_of(raw: &[u8]) -> anyhow::Result<String> {
    let end = raw.windows(4).position(|window| window == b"\r\n\r\n").context("no end of the headers")? + 4;
    let head = String::from_utf8_lossy(&raw[..end]).to_lowercase();
    anyhow::ensure!(head.starts_with("http/1.1 200") && head.contains("chunked"), "{head}");
    let body = dechunked(&raw[end..])?;
    let events = futures::stream::once(async { Ok::<_, std::io::Error>(body) }).eventsource();
    futures::pin_mut!(events);
    let mut text = String::new();
    while let Some(Ok(message)) = events.next().await {
        match serde_json::from_str(&message.data)? {
            TurnEvent::Started { .. } => text.clear(),
            TurnEvent::Delta { text: more } => text.push_str(&more),
            _ => {}
        }
    }
    Ok(text)
}

fn dechunked(mut raw: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = raw.windows(2).position(|window| window == b"\r\n").context("a chunk without a length")?;
        let length = usize::from_str_radix(std::str::from_utf8(&raw[..line])?.trim(), 16)?;
        if length == 0 {
            return Ok(body);
        }
        body.extend_from_slice(raw.get(line + 2..line + 2 + length).context("a chunk that is cut")?);
        raw = &raw[line + 4 + length..];
    }
}

async fn stored(asking: &Asking, accepted: &turns::Accepted) -> anyhow::Result<(String,)> {
    Ok(sqlx::query_as("select answer from helper.turn_text where turn = $1")
        .bind(accepted.turn.0)
        .fetch_one(&asking.db)
        .await?)
}
