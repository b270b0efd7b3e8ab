//! A browser tab that reads a turn's stream: connects, resumes after the last event it saw, assembles the
//! text as the chat does.

use super::{app::Asked, app::client};
use eventsource_stream::Eventsource;
use futures::{Stream, StreamExt};
use reqwest::{StatusCode, header};
use shared_types::{ids::TurnId, turn::TurnEvent};
use std::{net::SocketAddr, pin::Pin, time::Duration};

type Events = Pin<Box<dyn Stream<Item = (String, TurnEvent)> + Send>>;

/// One tab.
pub struct Reader {
    pub address: SocketAddr,
    turn: TurnId,
    cookie: String,
    events: Option<Events>,
    pub last_id: String,
    /// The deltas since the last start.
    pub text: String,
    pub seen: Vec<TurnEvent>,
}

impl Reader {
    pub fn new(address: SocketAddr, asked: &Asked) -> Self {
        Self {
            address,
            turn: asked.turn,
            cookie: asked.cookie.clone(),
            events: None,
            last_id: String::new(),
            text: String::new(),
            seen: Vec::new(),
        }
    }

    /// Connects where it left off. False if there is nothing more to see, or nobody there.
    pub async fn connect(&mut self) -> bool {
        let url = format!("http://{}/helper/turns/{}/events", self.address, self.turn);
        let mut request = client().get(url).header(header::COOKIE, &self.cookie);
        if !self.last_id.is_empty() {
            request = request.header("last-event-id", &self.last_id);
        }
        let Ok(response) = request.send().await else { return false };
        if response.status() == StatusCode::NO_CONTENT {
            return false;
        }
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let events = response.bytes_stream().eventsource().take_while(|event| std::future::ready(event.is_ok()));
        self.events = Some(Box::pin(events.map(|event| {
            let event = event.unwrap();
            (event.id, serde_json::from_str(&event.data).unwrap())
        })));
        true
    }

    /// The next event; none if the stream ended.
    pub async fn next(&mut self) -> Option<TurnEvent> {
        if self.events.is_none() && !self.connect().await {
            return None;
        }
        let next = tokio::time::timeout(Duration::from_secs(20), self.events.as_mut()?.next());
        let Some((id, event)) = next.await.expect("an event in good time") else {
            self.events = None;
            return None;
        };
        if !id.is_empty() {
            self.last_id = id;
        }
        match &event {
            TurnEvent::Started { .. } => self.text.clear(),
            TurnEvent::Delta { text } => self.text.push_str(text),
            _ => {}
        }
        self.seen.push(event.clone());
        Some(event)
    }

    /// Reads until the text ends with `text`.
    pub async fn until_text(&mut self, text: &str) {
        while !self.text.ends_with(text) {
            self.next().await.expect("the stream goes on");
        }
    }

    /// Drops the connection.
    pub fn disconnect(&mut self) {
        self.events = None;
    }

    /// Reads to the turn's last event, connecting again whenever the stream breaks.
    pub async fn read_to_end(&mut self) -> TurnEvent {
        loop {
            match self.next().await {
                Some(event) if event.is_terminal() => return event,
                Some(_) => {}
                None => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// As [`read_to_end`](Self::read_to_end), unless the end has been seen already.
    pub async fn read_to_end_or_seen(&mut self) {
        if !self.seen.last().is_some_and(TurnEvent::is_terminal) {
            self.read_to_end().await;
        }
    }

    /// How often a worker started, as seen here.
    pub fn starts(&self) -> usize {
        self.seen.iter().filter(|event| matches!(event, TurnEvent::Started { .. })).count()
    }
}
