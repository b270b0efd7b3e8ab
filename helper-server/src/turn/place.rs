//! A turn's place in line, and how long that may take.

use crate::app::App;
use chrono::TimeDelta;
use shared_types::ids::TurnId;

/// Only answers of the last half hour tell how long the next will take.
const RECENT: TimeDelta = TimeDelta::minutes(30);

/// Where a turn stands in line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Turns to be answered before this one.
    pub ahead: u32,
    /// Estimated seconds until its answer starts, once there are answers to estimate from.
    pub eta_s: Option<u32>,
}

/// The place of `turn`; the first place if it no longer waits.
pub async fn of(app: &App, turn: TurnId) -> sqlx::Result<Place> {
    let line = sqlx::query!(
        r#"select
               (select count(*) from turn ahead, turn mine where mine.id = $1 and mine.state = 'queued'
                and ahead.state = 'queued' and (ahead.created_at, ahead.id) < (mine.created_at, mine.id))
                   as "ahead!",
               (select count(*) from turn where state = 'running') as "running!",
               (select avg(extract(epoch from ended_at - started_at))::float8 from (
                   select started_at, ended_at from turn where state = 'answered' and ended_at > $2
                   order by ended_at desc limit 20) recent) as seconds"#,
        turn.0,
        app.clock.now() - RECENT,
    )
    .fetch_one(&app.db)
    .await?;
    let ahead = u32::try_from(line.ahead).unwrap_or_default();
    let running = u32::try_from(line.running).unwrap_or_default();
    let slots = u32::try_from(app.config.slots).unwrap_or(1);
    Ok(Place { ahead, eta_s: line.seconds.map(|seconds| eta(ahead, running, slots, seconds)) })
}

/// Seconds until a turn with `ahead` before it starts, if an answer takes `seconds` on average.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to hours before")]
fn eta(ahead: u32, running: u32, slots: u32, seconds: f64) -> u32 {
    let free = slots.saturating_sub(running);
    if ahead < free {
        return 0;
    }
    let rounds = f64::from((ahead - free) / slots + 1);
    (rounds * seconds).ceil().clamp(1.0, 36_000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::eta;

    #[test]
    fn the_estimate_counts_rounds_of_all_slots() {
        assert_eq!(eta(0, 0, 2, 10.0), 0, "a slot is free");
        assert_eq!(eta(1, 1, 2, 10.0), 10, "the free slot goes to the one ahead");
        assert_eq!(eta(0, 2, 2, 10.0), 10);
        assert_eq!(eta(1, 2, 2, 10.0), 10);
        assert_eq!(eta(2, 2, 2, 10.0), 20);
        assert_eq!(eta(0, 3, 2, 0.01), 1);
    }
}
