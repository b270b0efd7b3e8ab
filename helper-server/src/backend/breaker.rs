//! The circuit breaker of one backend: after some failures in a row it is left alone for a while, then one question
//! tries it (half open). It answers: back to normal. It fails: left alone twice as long.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Failures in a row that open the breaker.
const FAILURES: u32 = 3;
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(15);
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(5);
/// A try that has not reported back after this long is forgotten, and another may try.
const TRY_TAKES: TimeDelta = TimeDelta::minutes(3);

/// Whether a backend may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It answers, or has not failed often enough.
    Closed,
    /// It is left alone.
    Open,
    /// Its pause is over; the next question tries it.
    HalfOpen,
}

/// The breaker.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// In a row.
    failures: u32,
    /// Until when it is left alone.
    closed_off_until: Option<DateTime<Utc>>,
    pause: Option<TimeDelta>,
    /// Since when a question is trying it.
    trying_since: Option<DateTime<Utc>>,
    /// Why it failed last, as a word for operators.
    reason: Option<&'static str>,
}

impl Breaker {
    /// Whether to ask the backend now. Where it is half open, one caller is told yes.
    pub fn admits(&self, now: DateTime<Utc>) -> bool {
        let mut state = self.state();
        match state.standing(now) {
            Standing::Closed => true,
            Standing::Open => false,
            Standing::HalfOpen => {
                let free = state.trying_since.is_none_or(|since| now - since > TRY_TAKES);
                if free {
                    state.trying_since = Some(now);
                }
                free
            }
        }
    }

    /// It answered.
    pub fn succeeded(&self) {
        *self.state() = State::default();
    }

    /// It did not answer, for this reason.
    pub fn failed(&self, now: DateTime<Utc>, reason: &'static str) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        state.reason = Some(reason);
        state.trying_since = None;
        if state.failures >= FAILURES {
            let pause = state.pause.map_or(FIRST_PAUSE, |pause| (pause * 2).min(LONGEST_PAUSE));
            state.pause = Some(pause);
            state.closed_off_until = Some(now + pause);
        }
    }

    /// A try that says nothing about the backend: the asker went away.
    pub fn undecided(&self) {
        self.state().trying_since = None;
    }

    /// Where it stands, without trying.
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        self.state().standing(now)
    }

    /// Whether its last try failed, and why.
    pub fn last_failure(&self) -> Option<&'static str> {
        self.state().reason
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn standing(&self, now: DateTime<Utc>) -> Standing {
        match self.closed_off_until {
            None => Standing::Closed,
            Some(until) if now < until => Standing::Open,
            Some(_) => Standing::HalfOpen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Breaker, FIRST_PAUSE, Standing};
    use chrono::{DateTime, TimeDelta, Utc};

    fn start() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn broken() -> Breaker {
        let breaker = Breaker::default();
        for _ in 0..3 {
            assert!(breaker.admits(start()));
            breaker.failed(start(), "unreachable");
        }
        breaker
    }

    #[test]
    fn three_failures_in_a_row_open_it_and_one_answer_forgets_them() {
        let breaker = Breaker::default();
        breaker.failed(start(), "unreachable");
        breaker.failed(start(), "unreachable");
        breaker.succeeded();
        breaker.failed(start(), "too_slow");
        assert_eq!(breaker.standing(start()), Standing::Closed);
        assert_eq!(breaker.last_failure(), Some("too_slow"));
        assert!(!broken().admits(start()));
    }

    #[test]
    fn after_its_pause_one_question_tries_it() {
        let breaker = broken();
        let later = start() + FIRST_PAUSE;
        assert!(breaker.admits(later));
        assert!(!breaker.admits(later), "only one at a time");
        breaker.succeeded();
        assert_eq!(breaker.standing(later), Standing::Closed);
        assert!(breaker.admits(later) && breaker.admits(later));
    }

    #[test]
    fn a_try_that_fails_closes_it_off_for_twice_as_long() {
        let breaker = broken();
        let later = start() + FIRST_PAUSE;
        assert!(breaker.admits(later));
        breaker.failed(later, "unreachable");
        assert!(!breaker.admits(later + FIRST_PAUSE));
        assert!(breaker.admits(later + FIRST_PAUSE * 2));
    }

    #[test]
    fn a_try_whose_asker_went_away_or_died_does_not_block_the_next() {
        let breaker = broken();
        let later = start() + FIRST_PAUSE;
        assert!(breaker.admits(later));
        breaker.undecided();
        assert!(breaker.admits(later));
        assert!(breaker.admits(later + TimeDelta::minutes(4)));
    }
}
