//! The workers of this process: they take whoever is next in line, as long as a slot is free. Slots belong to the
//! backend and are shared by all processes.

use super::{
    answer::{self, Answer, Attempt},
    compact,
    ending::{self, Holder},
    hold::Hold,
    lease::{self, GivenBack, Running, Taken},
    log, standing,
    writer::Writer,
};
use crate::web::words::words;
use crate::{
    app::App,
    redis::{Delivery, RedisError},
};
use backon::{ExponentialBuilder, Retryable};
use shared_types::{
    ids::TurnId,
    turn::{FailureCode, TurnState},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;

/// How often the line is looked at without being told; also how soon a silent worker's turn is seen.
const LOOK: Duration = Duration::from_secs(1);
const AFTER_ERROR: Duration = Duration::from_millis(500);

/// Works until the process stops, then hands back what is not finished.
pub async fn run(app: App) {
    let consumer = format!("{}-{}", std::process::id(), app.entropy.token());
    let slots = Arc::new(Semaphore::new(app.backends.most_slots()));
    let at_work = TaskTracker::new();
    while !app.shutdown.is_stopping() {
        let slot = tokio::select! {
            slot = Arc::clone(&slots).acquire_owned() => slot.expect("the slots are never closed"),
            () = app.shutdown.cancelled() => break,
        };
        match next(&app, &consumer).await {
            Ok(Some(delivery)) => {
                at_work.spawn(deliver(app.clone(), consumer.clone(), delivery, slot));
            }
            Ok(None) => {
                drop(slot);
                tokio::select! {
                    () = app.live.due() => {}
                    () = tokio::time::sleep(LOOK) => {}
                    () = app.shutdown.cancelled() => break,
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the line could not be read");
                tokio::time::sleep(AFTER_ERROR).await;
            }
        }
    }
    at_work.close();
    at_work.wait().await;
}

/// The next turn: first one whose worker fell silent, else whoever is next in line.
async fn next(app: &App, consumer: &str) -> Result<Option<Delivery>, RedisError> {
    match app.redis.reclaim(consumer, app.config.pace.reclaim).await? {
        Some(delivery) => Ok(Some(delivery)),
        None => app.redis.take_next(consumer, app.backends.slots()).await,
    }
}

async fn deliver(app: App, consumer: String, delivery: Delivery, slot: OwnedSemaphorePermit) {
    if let Err(error) = work_on(&app, &consumer, &delivery).await {
        // The entry stays with this consumer and is reclaimed once it has been silent long enough.
        tracing::error!(turn = %delivery.turn, error = format!("{error:#}"), "a turn could not be worked on");
    }
    drop(slot);
}

async fn work_on(app: &App, consumer: &str, delivery: &Delivery) -> anyhow::Result<()> {
    let mut hold = Hold::new(app, delivery.turn);
    match lease::take(app, delivery.turn).await? {
        Taken::Running(running) => {
            tracing::info!(turn = %running.id, attempt = running.attempt, "started a turn");
            hold.keep(app, consumer, delivery, running.attempt);
            attempt(app, consumer, delivery, &running, &hold).await
        }
        Taken::Spent => give_up(app, delivery).await,
        Taken::Ended => {
            complete(app, delivery.turn).await?;
            Ok(app.redis.acknowledge(&delivery.entry).await?)
        }
        // A second entry for a turn that is worked on says nothing new. One that was reclaimed may be
        // the only one: it stays pending, to be looked at again.
        Taken::Held if delivery.reclaimed => Ok(()),
        Taken::Held | Taken::Unknown => Ok(app.redis.acknowledge(&delivery.entry).await?),
    }
}

async fn attempt(app: &App, consumer: &str, delivery: &Delivery, running: &Running, hold: &Hold) -> anyhow::Result<()> {
    let why = match answer::write(app, running, hold).await? {
        Attempt::Ended(answer, writer) => return end(app, delivery, running, *answer, writer).await,
        Attempt::Fenced => {
            tracing::warn!(turn = %running.id, attempt = running.attempt, "another worker has taken this turn over");
            return Ok(());
        }
        Attempt::Stopping => GivenBack::Stopping,
        Attempt::BrokenOff => GivenBack::BrokenOff,
    };
    lease::give_back(app, running, why).await?;
    app.redis.hand_back(consumer, &delivery.entry).await?;
    tracing::info!(turn = %running.id, attempt = running.attempt, ?why, "handed a turn back");
    Ok(())
}

/// Commits, then ends the log, then acknowledges: in this order, so that whatever is missing after a
/// crash can be made up from what is there.
async fn end(
    app: &App,
    delivery: &Delivery,
    running: &Running,
    answer: Answer,
    writer: Option<Writer<'_>>,
) -> anyhow::Result<()> {
    // Where many end at once, whoever still waits for a first word goes before what only has to be written down.
    let place = app.endings.acquire().await;
    let (holder, is_answered) = (Holder::Attempt(running.attempt), answer.state() == TurnState::Answered);
    let commit = || ending::commit(app, running.id, holder, &answer);
    // While this goes on, the heartbeat keeps the turn ours.
    let ended = commit.retry(ExponentialBuilder::default().with_max_times(6)).sleep(tokio::time::sleep).await?;
    if !ended {
        tracing::warn!(turn = %running.id, attempt = running.attempt, "ended a turn that was not ours any more");
        return Ok(());
    }
    match (writer, standing::of(&app.db, running.id).await?.and_then(|standing| standing.last_event())) {
        (Some(writer), Some(last)) => {
            let next = words(&running.locale).next(running.rung, answer.text(), answer.cut_short());
            writer.finish(if is_answered { &next } else { &[] }, last).await;
        }
        _ => complete(app, running.id).await?,
    }
    drop(place);
    if is_answered {
        // The student reads meanwhile; their next question waits for this slot, and so is told the summary.
        compact::after(app, running).await;
    }
    Ok(app.redis.acknowledge(&delivery.entry).await?)
}

/// The dead letter: started too often, so most likely it is the turn itself that ends its workers.
async fn give_up(app: &App, delivery: &Delivery) -> anyhow::Result<()> {
    let Some(standing) = standing::of(&app.db, delivery.turn).await? else { return Ok(()) };
    let text = log::text_so_far(app, standing.id, i32::from(standing.attempt) + 1).await;
    let answer = Answer::failed(FailureCode::GaveUp, text);
    if ending::commit(app, standing.id, Holder::Nobody, &answer).await? {
        tracing::error!(turn = %standing.id, attempts = standing.attempt, "gave a turn up");
    }
    complete(app, standing.id).await?;
    Ok(app.redis.acknowledge(&delivery.entry).await?)
}

async fn complete(app: &App, turn: TurnId) -> anyhow::Result<()> {
    match standing::of(&app.db, turn).await? {
        Some(standing) => log::complete(app, &standing).await,
        None => Ok(()),
    }
}
