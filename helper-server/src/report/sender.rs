//! Delivers the outbox: at least once, in any number of processes, for as long as it takes.

use super::store::{self, Due};
use crate::app::App;
use axum::http::StatusCode;
use chrono::TimeDelta;
use futures::{StreamExt, stream};
use shared_types::event::{ID_HEADER, SIGNATURE_HEADER, SignedEvent, TIMESTAMP_HEADER};
use std::time::Duration;

/// How often the outbox is looked at without being told.
const LOOK: Duration = Duration::from_secs(1);
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// Longer than a delivery takes: after that a process that took an event has died.
const TAKEN_FOR: TimeDelta = TimeDelta::seconds(15);
const AT_A_TIME: usize = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// Delivers until the process stops.
pub async fn run(app: App) {
    loop {
        match send_due(&app).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(%error, "the outbox could not be read"),
        }
        tokio::select! {
            () = app.outbox_due.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            () = app.shutdown.cancelled() => return,
        }
    }
}

/// Tries what is due; returns how many were tried.
async fn send_due(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let due = store::take_due(&app.db, now, now + TAKEN_FOR).await?;
    let count = due.len();
    stream::iter(due).for_each_concurrent(AT_A_TIME, |due| async move { deliver(app, &due).await }).await;
    Ok(count)
}

/// Why the hub did not take an event.
enum Refused {
    /// It never will: the class is gone, and with it everything the event could be counted for.
    ForGood,
    ForNow(String),
}

async fn deliver(app: &App, due: &Due) {
    let (event, tries) = (due.event.id, due.tries);
    let noted = match post(app, due).await {
        Ok(()) => store::settle(&app.db, &due.event, app.clock.now()).await,
        Err(Refused::ForGood) => {
            tracing::warn!(%event, "the hub knows no class for an event; it is not sent again");
            store::settle(&app.db, &due.event, app.clock.now()).await
        }
        Err(Refused::ForNow(why)) => {
            let pause = pause(app, tries);
            tracing::warn!(%event, tries, why, "an event could not be delivered; next try in {} ms", pause.as_millis());
            store::try_again_at(&app.db, &due.event, app.clock.now() + pause).await
        }
    };
    if let Err(error) = noted {
        tracing::warn!(%event, %error, "what came of a delivery could not be noted");
    }
}

/// Signs anew with every try, since signatures are good for minutes only.
async fn post(app: &App, due: &Due) -> Result<(), Refused> {
    let signed = SignedEvent::seal(&due.event, &app.config.event_keys, app.clock.unix());
    let response = app
        .http
        .post(&app.config.hub_events_url)
        .header("content-type", "application/json")
        .header(ID_HEADER, signed.id)
        .header(TIMESTAMP_HEADER, signed.timestamp)
        .header(SIGNATURE_HEADER, signed.signature)
        .body(signed.body)
        .timeout(ANSWER_WITHIN)
        .send()
        .await
        .map_err(|error| Refused::ForNow(error.without_url().to_string()))?;
    match response.status() {
        status if status.is_success() => Ok(()),
        StatusCode::UNPROCESSABLE_ENTITY => Err(Refused::ForGood),
        status => Err(Refused::ForNow(format!("the hub answered {status}"))),
    }
}

/// Doubles with every try up to the longest pause; anywhere in its second half, so that many processes
/// do not knock together.
fn pause(app: &App, tries: u32) -> Duration {
    let longest = app.config.pace.outbox_max_pause;
    let pause = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1).min(20))).min(longest);
    let half = u32::try_from(pause.as_millis() / 2).unwrap_or(u32::MAX);
    pause / 2 + Duration::from_millis(u64::from(app.entropy.below(half.max(1))))
}
