//! Reading a turn's stream: what is in its log after a position, then what comes.

use super::{log, place, standing, standing::Standing};
use crate::{
    app::App,
    redis::{Entry, Position},
};
use async_stream::stream;
use chrono::TimeDelta;
use futures::Stream;
use shared_types::{
    ids::TurnId,
    turn::{Positioned, TurnEvent, TurnState},
};
use std::{str::FromStr, time::Duration};

/// How often a reader looks by itself, in case a signal got lost; also how often its place is told.
const LOOK: Duration = Duration::from_secs(2);
/// How long the worker that ended a turn has to end its log before a reader does.
const GRACE: TimeDelta = TimeDelta::seconds(1);
/// Position of the last event where it was sent from Postgres, without a log.
const END: &str = "end";

/// Up to where a reader has seen a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    UpTo(Position),
    /// To the end, as sent from Postgres.
    All,
}

impl Seen {
    /// What a client says it has seen; what cannot be read counts as nothing.
    pub fn parse(text: Option<&str>) -> Self {
        match text {
            Some(END) => Self::All,
            text => Self::UpTo(text.and_then(|text| Position::from_str(text).ok()).unwrap_or(Position::START)),
        }
    }
}

/// One message of a stream. Without an id it does not move the reader's position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: Option<String>,
    pub json: String,
}

impl Message {
    fn logged(entry: Entry) -> Self {
        Self { id: Some(entry.position.to_string()), json: entry.json }
    }

    fn passing(event: &TurnEvent) -> Self {
        Self { id: None, json: serde_json::to_string(event).expect("events have string keys only") }
    }

    fn recorded(index: usize, event: &TurnEvent) -> Self {
        Self { id: Some(recorded_id(index, event)), ..Self::passing(event) }
    }
}

/// The id of an event that comes from Postgres: none of a log, so that its reader takes it as new.
fn recorded_id(index: usize, event: &TurnEvent) -> String {
    if event.is_terminal() { END.to_owned() } else { format!("stored-{index}") }
}

/// Whether the turn has ended and the reader has seen its last event.
pub async fn fully_seen(app: &App, standing: &Standing, seen: Seen) -> bool {
    if !standing.state.is_final() {
        return false;
    }
    match seen {
        Seen::All => true,
        Seen::UpTo(position) => match app.redis.log_end(standing.id).await {
            Ok(Some(end)) => end.event.is_terminal() && position == end.position,
            Ok(None) | Err(_) => false,
        },
    }
}

/// The stream from `seen` to the turn's end. It ends early when the process stops.
pub fn follow(app: App, turn: TurnId, seen: Seen) -> impl Stream<Item = Message> {
    stream! {
        let mut wakes = app.live.wakes(turn);
        let mut after = Box::pin(start(&app, turn, seen)).await;
        let mut told_place = None;
        loop {
            let look = app.live.look().await;
            // In a box of its own: while a reader waits, what looking takes is not kept for it.
            let found = Box::pin(next(&app, turn, after)).await;
            drop(look);
            match found {
                Next::Logged(entries) => {
                    for entry in entries {
                        let ends = entry.event.is_terminal();
                        after = entry.position;
                        yield Message::logged(entry);
                        if ends {
                            return;
                        }
                    }
                    continue;
                }
                Next::Recorded(events) => {
                    for (index, event) in events.iter().enumerate() {
                        yield Message::recorded(index, event);
                    }
                    return;
                }
                Next::Waiting(place) if told_place != Some(place) => {
                    told_place = Some(place);
                    yield Message::passing(&queued(place));
                }
                Next::Waiting(_) | Next::Nothing => {}
            }
            tokio::select! {
                () = wakes.next() => {}
                () = tokio::time::sleep(LOOK) => {}
                () = app.shutdown.cancelled() => return,
            }
        }
    }
}

/// What there is after `seen` at this moment.
pub async fn now(app: &App, turn: TurnId, seen: Seen) -> Vec<Positioned> {
    let after = start(app, turn, seen).await;
    let mut events = Vec::new();
    let mut position = after;
    while let Next::Logged(entries) = next(app, turn, position).await {
        position = entries.last().map_or(position, |entry| entry.position);
        let ended = entries.last().is_some_and(|entry| entry.event.is_terminal());
        events
            .extend(entries.into_iter().map(|entry| Positioned { id: entry.position.to_string(), event: entry.event }));
        if ended {
            return events;
        }
    }
    if events.is_empty() {
        events = match next(app, turn, after).await {
            Next::Recorded(recorded) => recorded.into_iter().enumerate().map(positioned).collect(),
            Next::Waiting(place) => vec![Positioned { id: last_id(after), event: queued(place) }],
            Next::Logged(_) | Next::Nothing => Vec::new(),
        };
    }
    events
}

fn positioned((index, event): (usize, TurnEvent)) -> Positioned {
    Positioned { id: recorded_id(index, &event), event }
}

/// The id of an event that does not move its reader's position.
fn last_id(after: Position) -> String {
    if after == Position::START { String::new() } else { after.to_string() }
}

/// A position past the log's end is of a log that is gone: its reader starts anew.
async fn start(app: &App, turn: TurnId, seen: Seen) -> Position {
    let Seen::UpTo(position) = seen else { return Position::START };
    match app.redis.log_end(turn).await {
        Ok(Some(end)) if end.position < position => Position::START,
        _ => position,
    }
}

enum Next {
    /// In the log.
    Logged(Vec<Entry>),
    /// Everything, from Postgres: Redis is away.
    Recorded(Vec<TurnEvent>),
    /// The turn is in line.
    Waiting(place::Place),
    Nothing,
}

async fn next(app: &App, turn: TurnId, after: Position) -> Next {
    let logged = app.redis.read_log(turn, after).await;
    if let Ok(entries) = &logged
        && !entries.is_empty()
    {
        return Next::Logged(logged.unwrap_or_default());
    }
    let without_log = async {
        let Some(standing) = standing::of(&app.db, turn).await? else { return Ok(Next::Nothing) };
        match standing.state {
            TurnState::Queued => Ok(Next::Waiting(place::of(app, turn).await?)),
            TurnState::Running => Ok(Next::Nothing),
            _ if logged.is_err() => Ok(Next::Recorded(log::from_record(app, &standing).await?)),
            _ => completed(app, &standing, after).await,
        }
    };
    without_log.await.unwrap_or_else(|error: anyhow::Error| {
        tracing::warn!(%turn, error = format!("{error:#}"), "a stream could not be read on");
        Next::Nothing
    })
}

/// The rest of the log of an ended turn, completed if its worker has not done so in good time.
async fn completed(app: &App, standing: &Standing, after: Position) -> anyhow::Result<Next> {
    if standing.ended_at.is_some_and(|ended_at| app.clock.now() < ended_at + GRACE) {
        return Ok(Next::Nothing);
    }
    log::complete(app, standing).await?;
    let entries = app.redis.read_log(standing.id, after).await?;
    Ok(if entries.is_empty() { Next::Nothing } else { Next::Logged(entries) })
}

const fn queued(place: place::Place) -> TurnEvent {
    TurnEvent::Queued { place: place.ahead, eta_s: place.eta_s }
}

#[cfg(test)]
mod tests {
    use super::Seen;
    use crate::redis::Position;

    #[test]
    fn what_a_client_has_seen_is_read_kindly() {
        assert_eq!(Seen::parse(Some("end")), Seen::All);
        assert_eq!(Seen::parse(Some("7-1")), Seen::UpTo("7-1".parse().unwrap()));
        for nothing in [None, Some(""), Some("0-0"), Some("rubbish")] {
            assert_eq!(Seen::parse(nothing), Seen::UpTo(Position::START));
        }
    }
}
