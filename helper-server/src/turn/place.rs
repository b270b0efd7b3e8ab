//! A turn's place in line, and how long that may take.
//!
//! The order is Redis' (see [`crate::redis`]); how long an answer takes is learnt from the last ones in Postgres. One
//! look serves all readers of a process for a moment: a class that waits is a class that asks for its place.

use crate::app::App;
use chrono::{DateTime, TimeDelta, Utc};
use shared_types::ids::TurnId;
use std::{collections::HashMap, sync::Arc};
use tokio::sync::Mutex;

/// Only answers of the last half hour tell how long the next will take.
const RECENT: TimeDelta = TimeDelta::minutes(30);
/// How long one look at the line is good for.
const GOOD_FOR: TimeDelta = TimeDelta::milliseconds(400);
/// What is still expected of an answer that has taken longer than usual, as a share of the usual.
const LEAST_LEFT: f64 = 0.1;
/// Longest time that is promised.
const LONGEST_S: f64 = 36_000.0;

/// Where a turn stands in line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Turns to be answered before this one.
    pub ahead: u32,
    /// Estimated seconds until its answer starts, once there are answers to estimate from.
    pub eta_s: Option<u32>,
}

/// The last look at the line. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct LastLook(Arc<Mutex<Option<Arc<Line>>>>);

/// The line at one moment.
#[derive(Debug)]
struct Line {
    at: DateTime<Utc>,
    /// Turns to be answered before each.
    ahead: HashMap<TurnId, u32>,
    slots: usize,
    /// For how many seconds each running turn has been running.
    running_s: Vec<f64>,
    /// What an answer has taken lately, in seconds.
    usual_s: Option<f64>,
}

/// The place of `turn`; the first place if it no longer waits.
pub async fn of(app: &App, turn: TurnId) -> sqlx::Result<Place> {
    let line = look(app, turn).await?;
    let Some(&ahead) = line.ahead.get(&turn) else { return Ok(Place::default()) };
    Ok(Place { ahead, eta_s: line.usual_s.map(|usual| eta(ahead, &line.running_s, line.slots, usual)) })
}

/// The last look if it is fresh and knows `turn`, else a new one.
async fn look(app: &App, turn: TurnId) -> sqlx::Result<Arc<Line>> {
    let now = app.clock.now();
    let mut last = app.last_look.0.lock().await;
    if let Some(line) = last.as_ref().filter(|line| now - line.at < GOOD_FOR && line.ahead.contains_key(&turn)) {
        return Ok(Arc::clone(line));
    }
    let line = Arc::new(Line::now(app, now).await?);
    *last = Some(Arc::clone(&line));
    Ok(line)
}

impl Line {
    async fn now(app: &App, now: DateTime<Utc>) -> sqlx::Result<Self> {
        let order = app.redis.line_in_order().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the line could not be looked at");
            Vec::new()
        });
        let ahead = order.into_iter().zip(0..).collect();
        let pace = sqlx::query!(
            r#"select
                   coalesce((select array_agg(extract(epoch from $1 - started_at)::float8) from turn
                             where state = 'running'), '{}') as "running_s!",
                   (select avg(extract(epoch from ended_at - started_at))::float8 from (
                       select started_at, ended_at from turn
                       where state = 'answered' and started_at is not null and ended_at > $2
                       order by ended_at desc limit 20) recent) as usual_s"#,
            now,
            now - RECENT,
        )
        .fetch_one(&app.db)
        .await?;
        let slots = app.backends.slots();
        Ok(Self { at: now, ahead, slots, running_s: pace.running_s, usual_s: pace.usual_s })
    }
}

/// Seconds until a turn with `ahead` before it starts: every slot is followed until it is this turn's.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to hours before")]
fn eta(ahead: u32, running_s: &[f64], slots: usize, usual_s: f64) -> u32 {
    let left = |running_s: &f64| (usual_s - running_s).max(usual_s * LEAST_LEFT);
    let mut free_in: Vec<f64> = running_s.iter().map(left).chain(std::iter::repeat_n(0.0, slots)).take(slots).collect();
    for _ in 0..ahead {
        if let Some(next) = free_in.iter_mut().min_by(|a, b| a.total_cmp(b)) {
            *next += usual_s;
        }
        if free_in.iter().all(|&free_in| free_in > LONGEST_S) {
            break;
        }
    }
    free_in.into_iter().min_by(f64::total_cmp).unwrap_or_default().round().clamp(0.0, LONGEST_S) as u32
}

#[cfg(test)]
mod tests {
    use super::eta;

    #[test]
    fn the_estimate_follows_every_slot() {
        assert_eq!(eta(0, &[], 2, 10.0), 0, "a slot is free");
        assert_eq!(eta(0, &[0.0, 4.0], 2, 10.0), 6, "the slot that is free first");
        assert_eq!(eta(1, &[4.0], 2, 10.0), 6, "the free slot goes to the one ahead");
        assert_eq!(eta(2, &[0.0, 4.0], 2, 10.0), 16);
        assert_eq!(eta(3, &[2.0], 1, 10.0), 38);
    }

    #[test]
    fn an_answer_that_takes_longer_than_usual_is_expected_to_end_soon() {
        assert_eq!(eta(0, &[300.0], 1, 10.0), 1);
        assert_eq!(eta(4_000_000, &[], 1, 10.0), 36_000, "and nobody is told of days");
    }
}
