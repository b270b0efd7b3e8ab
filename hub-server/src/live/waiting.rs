//! Who waits for the helper, class by class: the helper tells every two seconds while somebody does. Numbers only, kept
//! in memory: when nothing is heard any more, nobody is said to wait.

use super::{Live, News};
use crate::web::redis::Redis;
use server_kit::shutdown::Shutdown;
use shared_types::ids::ClassroomId;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Where the helper tells: `{class} {turns waiting or running} {seconds the longest has waited}`.
const CHANNEL: &str = "class-hub:helper-waiting";
/// What was heard longer ago says nothing about now.
const FRESH: Duration = Duration::from_secs(10);
/// Seconds are told in steps of so many: a page need not change every moment.
const STEP_S: i64 = 10;
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// A class's students who wait for the helper now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Questions that wait or are being answered.
    pub turns: i64,
    /// How long the first has waited, in seconds, in steps of ten.
    pub longest_s: i64,
}

/// What was heard last of each class.
#[derive(Debug, Default)]
pub struct Heard(Mutex<HashMap<ClassroomId, (Waiting, Instant)>>);

impl Heard {
    /// What is known of a class now.
    pub fn of(&self, classroom: ClassroomId) -> Waiting {
        let heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.get(&classroom).filter(|(_, at)| at.elapsed() < FRESH).map(|(waiting, _)| *waiting).unwrap_or_default()
    }

    /// Notes a message; the class, where it looks different now.
    fn note(&self, message: &str) -> Option<ClassroomId> {
        let (classroom, waiting) = parsed(message)?;
        let before = self.of(classroom);
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.retain(|_, (_, at)| at.elapsed() < FRESH);
        if waiting.turns > 0 {
            heard.insert(classroom, (waiting, Instant::now()));
        } else {
            heard.remove(&classroom);
        }
        (before != waiting).then_some(classroom)
    }
}

fn parsed(message: &str) -> Option<(ClassroomId, Waiting)> {
    let mut parts = message.split(' ');
    let (classroom, turns, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let (turns, seconds) = (turns.parse().ok()?, seconds.parse::<i64>().ok()?);
    let waiting = Waiting { turns, longest_s: seconds / STEP_S * STEP_S };
    (parts.next().is_none() && turns >= 0 && seconds >= 0).then_some((classroom.parse().ok()?, waiting))
}

impl Live {
    /// Who of a class waits for the helper.
    pub fn waiting(&self, classroom: ClassroomId) -> Waiting {
        self.heard.of(classroom)
    }

    /// Listens to the helper until `shutdown`. Without Redis nobody is said to wait.
    pub fn hear_the_helper(&self, redis: &Redis, shutdown: &Shutdown) {
        let (live, redis, shutdown) = (self.clone(), redis.clone(), shutdown.clone());
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = shutdown.cancelled() => return,
                    ended = redis.listen(CHANNEL, |message| live.note(message)) => {
                        if let Err(away) = ended {
                            tracing::debug!(%away, "the helper cannot be heard; trying again");
                        }
                    }
                }
                tokio::select! {
                    () = shutdown.cancelled() => return,
                    () = tokio::time::sleep(TRY_AGAIN) => {}
                }
            }
        });
    }

    fn note(&self, message: &str) {
        if let Some(classroom) = self.heard.note(message) {
            self.tell(News::Class(classroom));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Heard, Waiting};
    use shared_types::ids::ClassroomId;
    use uuid::Uuid;

    #[test]
    fn a_class_looks_different_when_the_numbers_do() {
        let (heard, class) = (Heard::default(), ClassroomId(Uuid::from_u128(7)));
        assert_eq!(heard.note(&format!("{class} 4 31")), Some(class));
        assert_eq!(heard.of(class), Waiting { turns: 4, longest_s: 30 });
        assert_eq!(heard.note(&format!("{class} 4 38")), None);
        assert_eq!(heard.note(&format!("{class} 4 41")), Some(class));
        assert_eq!(heard.note(&format!("{class} 0 0")), Some(class));
        assert_eq!(heard.of(class), Waiting::default());
        for nonsense in
            ["", "4 31", &format!("{class} 4"), &format!("{class} -1 0"), &format!("{class} 1 2 3"), "x 1 2"]
        {
            assert_eq!(heard.note(nonsense), None, "{nonsense}");
        }
    }
}
