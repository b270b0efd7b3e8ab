//! Reading a turn's log as a whole, and completing the log of a turn that ended without its worker.

use super::standing::{self, Standing};
use crate::{
    app::App,
    outgoing::Blocks,
    passages::cite::Cited,
    redis::{Appended, Entry},
};
use shared_types::{ids::TurnId, turn::TurnEvent};

/// The text a reader of these entries has assembled: the deltas since the last start.
pub fn assembled(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        match &entry.event {
            TurnEvent::Started { .. } => text.clear(),
            TurnEvent::Delta { text: more } => text.push_str(more),
            _ => {}
        }
    }
    text
}

/// The text that readers of a turn nobody works on have before them. Takes the log over for the attempt
/// after `attempt` first, so that a worker that was thought dead cannot add to it behind our back.
/// Empty if Redis is away: then what is stored replaces what was shown.
pub async fn text_so_far(app: &App, turn: TurnId, attempt: i32) -> String {
    let life = app.config.pace.log_ttl;
    let read = async {
        app.redis.open_log(turn, attempt, &[], life).await?;
        app.redis.read_whole_log(turn).await
    };
    match read.await {
        Ok(entries) => assembled(&entries),
        Err(error) => {
            tracing::warn!(%turn, %error, "the text so far could not be read");
            String::new()
        }
    }
}

/// Gives the log of an ended turn its end, from what Postgres holds: only the last event where readers
/// have the whole text already, else the text anew. Does nothing if the log has its end.
pub async fn complete(app: &App, standing: &Standing) -> anyhow::Result<()> {
    let entries = app.redis.read_whole_log(standing.id).await?;
    if entries.last().is_some_and(|entry| entry.event.is_terminal()) {
        return Ok(());
    }
    let Some(last) = standing.last_event() else { return Ok(()) };
    let (answer, cited) = stored_answer(app, standing.id).await?;
    let events = if assembled(&entries) == answer { vec![last] } else { told_anew(standing, answer, cited, last) };
    let added = app.redis.complete_log(standing.id, &events, app.config.pace.log_ttl).await?;
    if matches!(added, Appended::Added(_)) {
        tracing::info!(turn = %standing.id, "completed the log of an ended turn");
    }
    Ok(())
}

/// The whole stream of an ended turn, from Postgres alone.
pub async fn from_record(app: &App, standing: &Standing) -> anyhow::Result<Vec<TurnEvent>> {
    let Some(last) = standing.last_event() else { return Ok(Vec::new()) };
    let (answer, cited) = stored_answer(app, standing.id).await?;
    Ok(told_anew(standing, answer, cited, last))
}

async fn stored_answer(app: &App, turn: TurnId) -> sqlx::Result<(String, Vec<Cited>)> {
    let Some(text) = standing::text(&app.db, turn).await? else { return Ok(Default::default()) };
    let cited = text.cited();
    Ok((text.answer.unwrap_or_default(), cited))
}

fn told_anew(standing: &Standing, answer: String, cited: Vec<Cited>, last: TurnEvent) -> Vec<TurnEvent> {
    let mut events = vec![TurnEvent::Started { attempt: standing.attempt, backend: standing.backend() }];
    if !answer.is_empty() {
        let blocks = Blocks::default().all(&answer);
        events.push(TurnEvent::Delta { text: answer });
        events.extend(blocks);
    }
    events.extend(cited.into_iter().map(|Cited { anchor, quote, .. }| TurnEvent::Citation { anchor, quote }));
    events.push(last);
    events
}
