//! Writing a turn's log while its answer grows: text is gathered and sent in batches, finished blocks
//! follow their text.

use super::lease::{self, Renewed};
use crate::{
    app::App,
    outgoing::Blocks,
    passages::cite::Cited,
    redis::{Appended, RedisError},
};
use shared_types::{event::BackendKind, ids::TurnId, turn::TurnEvent};
use std::time::Duration;
use tokio::time::Instant;

/// How long text is gathered after the first, and how much is sent sooner. Each event costs some sixty bytes beside its
/// text, and a reader takes in a sentence or two at a time.
const GATHER: Duration = Duration::from_millis(350);
const ENOUGH: usize = 240;

/// Another worker has the turn; nothing more may be said.
#[derive(Debug)]
pub struct Fenced;

/// What came of a write.
pub type Written = Result<(), Fenced>;

/// The log of one attempt.
#[derive(Debug)]
pub struct Writer<'a> {
    app: &'a App,
    turn: TurnId,
    attempt: i32,
    backend: Option<BackendKind>,
    /// All text of this attempt.
    text: String,
    /// How much of it is in the log.
    logged: usize,
    blocks: Blocks,
    /// What stands under the text, and how much of it is in the log.
    cited: Vec<Cited>,
    cited_logged: usize,
    /// When text was sent last.
    sent_at: Option<Instant>,
    /// The log's last entry; none while it has to be opened (anew).
    after: Option<String>,
}

impl<'a> Writer<'a> {
    pub fn new(app: &'a App, turn: TurnId, attempt: i32) -> Self {
        let text = String::new();
        Self {
            app,
            turn,
            attempt,
            backend: None,
            text,
            logged: 0,
            blocks: Blocks::default(),
            cited: Vec::new(),
            cited_logged: 0,
            sent_at: None,
            after: None,
        }
    }

    /// All text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What writes the text, once something does.
    pub const fn backend(&self) -> Option<BackendKind> {
        self.backend
    }

    /// Gives the text up.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Says that `backend` starts. What was written before is void.
    pub async fn started(&mut self, backend: BackendKind) -> Written {
        self.backend = Some(backend);
        self.text.clear();
        self.cited.clear();
        (self.after, self.sent_at) = (None, None);
        self.flush().await
    }

    /// Adds text; it is sent with the next [`flush`](Self::flush).
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds words of the lesson that the text rests on; they are sent with the last of it.
    pub fn cite(&mut self, cited: Vec<Cited>) {
        self.cited = cited;
    }

    /// What the text rests on.
    pub fn cited(&self) -> &[Cited] {
        &self.cited
    }

    /// Sends what has gathered. Where Redis does not answer, it stays gathered.
    pub async fn flush(&mut self) -> Written {
        self.send(false).await.map(|_| ())
    }

    /// Sends everything, the last block too. False if Redis does not answer: then the log lacks something.
    pub async fn flush_all(&mut self) -> Result<bool, Fenced> {
        self.send(true).await
    }

    /// Ends the log with what could be asked next; its turn has ended already.
    pub async fn finish(mut self, suggestions: &[&str], last: TurnEvent) {
        let Some(after) = self.after.take() else { return };
        let life = self.app.config.pace.log_ttl;
        let suggestions = suggestions.iter().map(|&text| TurnEvent::Suggestion { text: text.to_owned() });
        let events: Vec<TurnEvent> = suggestions.chain([last]).collect();
        let added = self.app.redis.append_log(self.turn, self.attempt, &after, &events, life).await;
        match added {
            Ok(Appended::Added(_) | Appended::Closed) => {}
            Ok(other) => tracing::info!(turn = %self.turn, ?other, "left the log's end to its readers"),
            Err(error) => tracing::warn!(turn = %self.turn, %error, "left the log's end to its readers"),
        }
    }

    async fn send(&mut self, whole: bool) -> Result<bool, Fenced> {
        match self.try_send(whole).await {
            Ok(Appended::Added(_)) => Ok(true),
            Ok(Appended::Fenced | Appended::Closed) => Err(Fenced),
            Ok(Appended::Lost) => {
                self.still_ours().await?;
                self.after = None;
                Ok(false)
            }
            Err(error) => {
                tracing::warn!(turn = %self.turn, %error, "text could not be sent yet");
                Ok(false)
            }
        }
    }

    async fn try_send(&mut self, whole: bool) -> Result<Appended, RedisError> {
        if let (Some(after), false) = (&self.after, whole || self.has_gathered()) {
            return Ok(Appended::Added(after.clone()));
        }
        let life = self.app.config.pace.log_ttl;
        let opening = self.after.is_none();
        let mut blocks = if opening { Blocks::default() } else { self.blocks.clone() };
        let mut events = Vec::new();
        if let (true, Some(backend)) = (opening, self.backend) {
            let attempt = u16::try_from(self.attempt).unwrap_or(u16::MAX);
            events.push(TurnEvent::Started { attempt, backend });
        }
        let text = if opening { &self.text } else { &self.text[self.logged..] };
        if !text.is_empty() {
            events.push(TurnEvent::Delta { text: text.to_owned() });
        }
        events.extend(if whole { blocks.all(&self.text) } else { blocks.finished(&self.text) });
        let cited = self.cited[if opening { 0 } else { self.cited_logged.min(self.cited.len()) }..].iter().cloned();
        events.extend(cited.map(|Cited { anchor, quote, .. }| TurnEvent::Citation { anchor, quote }));
        let added = match &self.after {
            Some(after) if events.is_empty() => return Ok(Appended::Added(after.clone())),
            Some(after) => self.app.redis.append_log(self.turn, self.attempt, after, &events, life).await?,
            None => self.app.redis.open_log(self.turn, self.attempt, &events, life).await?,
        };
        if let Appended::Added(last) = &added {
            self.after = Some(last.clone());
            self.logged = self.text.len();
            self.sent_at = (!self.text.is_empty()).then(Instant::now);
            self.blocks = blocks;
            self.cited_logged = self.cited.len();
        }
        Ok(added)
    }

    /// Whether there is text worth an event of its own: the first at once, then a few sentences or what has waited.
    fn has_gathered(&self) -> bool {
        let waiting = &self.text[self.logged.min(self.text.len())..];
        let is_due = self.sent_at.is_none_or(|sent_at| sent_at.elapsed() >= GATHER);
        !waiting.trim().is_empty() && (is_due || waiting.len() >= ENOUGH)
    }

    /// A log that is gone says nothing about who holds the turn; Postgres does.
    async fn still_ours(&self) -> Written {
        match lease::renew(self.app, self.turn, self.attempt).await {
            Ok(Renewed::Lost) => Err(Fenced),
            Ok(Renewed::Kept | Renewed::StopRequested) => Ok(()),
            Err(error) => {
                tracing::warn!(turn = %self.turn, %error, "the lease could not be checked");
                Ok(())
            }
        }
    }
}
