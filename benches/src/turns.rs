//! Asking and reading as a browser does: retried under one idempotency key, resumed from the last event seen.

use eventsource_stream::Eventsource;
use futures::{Stream, StreamExt};
use reqwest::{Client, StatusCode, header};
use shared_types::{
    ids::TurnId,
    turn::{Ask, Ticket, TurnEvent},
};
use std::time::Duration;
use uuid::Uuid;

/// How long to wait before trying again what the network refused.
const AGAIN: Duration = Duration::from_millis(25);

/// An accepted question, with the cookie that opens its stream.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub turn: TurnId,
    cookie: String,
}

impl Accepted {
    /// The cookie as a browser sends it.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }
}

/// What a client had in hand when the stream said that the turn was over.
#[derive(Debug)]
pub struct Seen {
    pub text: String,
    pub last: TurnEvent,
    /// Connections it took.
    pub connections: u32,
}

/// Asks until it is accepted, always under the same key.
pub async fn ask(client: &Client, base: &str, token: &str, question: &str, key: Uuid) -> anyhow::Result<Accepted> {
    loop {
        let answer = client
            .post(format!("{base}/helper/turns"))
            .bearer_auth(token)
            .header("idempotency-key", key.to_string())
            .json(&Ask { question: question.to_owned() })
            .send()
            .await;
        match answer {
            Ok(answer) if answer.status().is_success() => {
                let cookie = turn_cookie(answer.headers());
                // The body may be cut by a crash after the headers: then ask again, with the same key.
                if let (Some(cookie), Ok(ticket)) = (cookie, answer.json::<Ticket>().await) {
                    return Ok(Accepted { turn: ticket.turn, cookie });
                }
            }
            Ok(answer) if !is_passing(answer.status()) => {
                anyhow::bail!("refused with {}: {}", answer.status(), answer.text().await.unwrap_or_default());
            }
            _ => {}
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Opens the stream once, from its beginning, and gives its events until the connection ends.
pub async fn open(
    client: &Client,
    base: &str,
    accepted: &Accepted,
) -> anyhow::Result<impl Stream<Item = TurnEvent> + use<>> {
    let request = client
        .get(format!("{base}/helper/turns/{}/events", accepted.turn))
        .header(header::COOKIE, &accepted.cookie)
        .header(header::ACCEPT, "text/event-stream");
    let events = request.send().await?.error_for_status()?.bytes_stream().eventsource();
    let events = events.take_while(|event| std::future::ready(event.is_ok()));
    Ok(events
        .filter_map(|event| std::future::ready(event.ok().and_then(|event| serde_json::from_str(&event.data).ok()))))
}

/// Follows the turn to its end over as many connections as it takes.
pub async fn follow(client: &Client, base: &str, accepted: &Accepted) -> anyhow::Result<Seen> {
    follow_with(client, base, accepted, |_| {}).await
}

/// The same, and shows every event as it comes.
pub async fn follow_with(
    client: &Client,
    base: &str,
    accepted: &Accepted,
    mut each: impl FnMut(&TurnEvent),
) -> anyhow::Result<Seen> {
    let mut text = String::new();
    let mut position: Option<String> = None;
    let mut connections = 0;
    loop {
        let mut request = client
            .get(format!("{base}/helper/turns/{}/events", accepted.turn))
            .header(header::COOKIE, &accepted.cookie)
            .header(header::ACCEPT, "text/event-stream");
        if let Some(position) = &position {
            request = request.header("last-event-id", position);
        }
        connections += 1;
        match request.send().await {
            Ok(answer) if answer.status() == StatusCode::OK => {
                let mut events = answer.bytes_stream().eventsource();
                while let Some(Ok(message)) = events.next().await {
                    if !message.id.is_empty() {
                        position = Some(message.id);
                    }
                    let Ok(event) = serde_json::from_str::<TurnEvent>(&message.data) else { continue };
                    each(&event);
                    match &event {
                        TurnEvent::Started { .. } => text.clear(),
                        TurnEvent::Delta { text: more } => text.push_str(more),
                        _ => {}
                    }
                    if event.is_terminal() {
                        return Ok(Seen { text, last: event, connections });
                    }
                }
            }
            Ok(answer) if !is_passing(answer.status()) => {
                anyhow::bail!("the stream of {} answered {}", accepted.turn, answer.status());
            }
            _ => {}
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// What a proxy or a starting server says while it cannot do its work.
fn is_passing(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT)
}

fn turn_cookie(headers: &header::HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::SET_COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies.filter_map(|cookie| cookie.split(';').next()).find(|pair| pair.starts_with("turn=")).map(str::to_owned)
}
