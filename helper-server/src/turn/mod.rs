//! The life of a turn: one question and its answer, from the form to the report.
//!
//! Postgres holds the truth about a turn, Redis says who works on it and carries its text while it grows.
//! The process may die between any two lines of this folder; what then happens:
//!
//! | it dies after | the row says | who mends it |
//! |---|---|---|
//! | the row was written, before it is in line | queued | [`sweep`] puts it in line |
//! | a worker was given it, before the start | queued | its slot's entry is reclaimed |
//! | the start, while text streams | running, lease over | reclaimed; a new attempt voids the text sent |
//! | all text was sent, before the commit | running, lease over | the same |
//! | the commit, before the log's end | ended | whoever sees it first [completes the log](log::complete) |
//! | the log's end, before the acknowledgement | ended | the entry is reclaimed and dropped |
//! | the event was posted, before it was marked | delivered or not | posted again; the hub keeps each id once |
//!
//! Two workers at one turn are harmless: the row takes the newest attempt's end only, and so does the log.

pub mod answer;
pub mod compact;
pub mod conversation;
mod cut;
pub mod ending;
pub mod erase;
pub mod follow;
pub mod hold;
pub mod lease;
pub mod log;
pub mod place;
pub mod queue;
pub mod rate;
pub mod record;
pub mod refusal;
pub mod scope;
pub mod standing;
pub mod stop;
pub mod sweep;
pub mod waiting;
pub mod worker;
mod writer;

pub use record::Turn;
pub use refusal::Refusal;
pub use scope::{Scope, Scoped};

use crate::{app::App, policy};

/// A question as it came in, with nothing checked.
#[derive(Debug)]
pub struct AskRequest {
    token: String,
    question: String,
    idempotency_key: String,
}

impl AskRequest {
    /// `token` is the scope token, `idempotency_key` what the sender calls this question.
    pub fn new(token: String, question: String, idempotency_key: String) -> Self {
        Self { token, question, idempotency_key }
    }
}

/// Takes a question: from here on it will be answered, whatever dies.
pub async fn accept(app: &App, request: AskRequest) -> Result<Turn, Refusal> {
    let scoped = scope::verify(app, request).await?;
    let permitted = policy::check(app, scoped).await?;
    let turn = record::queued(app, permitted).await?;
    if turn.own_words().is_some() {
        ending::in_own_words(app, &turn).await?;
        return Ok(turn);
    }
    queue::push(app, &turn).await;
    let place = place::of(app, turn.id()).await?;
    Ok(turn.at(place))
}
