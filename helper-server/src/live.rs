//! What this process knows of turns at this moment: who reads along, and which workers listen for Stop.
//! One subscribed connection feeds all of them.

use crate::{
    app::App,
    redis::Signal,
    turn::{
        erase::{self, Whose},
        record,
    },
};
use shared_types::ids::TurnId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::{Notify, Semaphore, SemaphorePermit, watch};
use tokio_util::sync::CancellationToken;

const RESUBSCRIBE_AFTER: Duration = Duration::from_secs(1);
/// A few looks for each connection to the database.
const LOOK_AT_ONCE: usize = 64;

/// Readers and workers of this process. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Live {
    ears: Arc<Mutex<Ears>>,
    due: Arc<Notify>,
    looking: Looking,
}

/// Readers that look at their turns at the same moment.
#[derive(Clone, Debug)]
struct Looking(Arc<Semaphore>);

impl Default for Looking {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(LOOK_AT_ONCE)))
    }
}

#[derive(Debug, Default)]
struct Ears {
    readers: HashMap<TurnId, watch::Sender<()>>,
    workers: HashMap<TurnId, (usize, CancellationToken)>,
}

/// Wakes a reader when its turn's log has grown.
#[derive(Debug)]
pub struct Wakes {
    live: Live,
    turn: TurnId,
    receiver: watch::Receiver<()>,
}

/// Tells a worker that somebody pressed Stop.
#[derive(Debug)]
pub struct StopWatch {
    live: Live,
    turn: TurnId,
    token: CancellationToken,
}

impl Live {
    /// Starts listening for growth of a turn's log. What grew before the call is not announced.
    pub fn wakes(&self, turn: TurnId) -> Wakes {
        let receiver = self.ears().readers.entry(turn).or_insert_with(|| watch::channel(()).0).subscribe();
        Wakes { live: self.clone(), turn, receiver }
    }

    /// Starts listening for Stop.
    pub fn watch_for_stop(&self, turn: TurnId) -> StopWatch {
        let mut ears = self.ears();
        let (watching, token) = ears.workers.entry(turn).or_default();
        *watching += 1;
        StopWatch { live: self.clone(), turn, token: token.clone() }
    }

    /// Waits until a reader may look at its turn; it may as long as it keeps what it is given. Thousands of readers would
    /// otherwise each hold what a look takes while they queue for the same few connections.
    pub async fn look(&self) -> Option<SemaphorePermit<'_>> {
        self.looking.0.acquire().await.ok()
    }

    /// Waits until somebody waits in line or a slot became free since the last call.
    pub async fn due(&self) {
        self.due.notified().await;
    }

    fn wake(&self, turn: TurnId) {
        if let Some(readers) = self.ears().readers.get(&turn) {
            readers.send_replace(());
        }
    }

    fn wake_all(&self) {
        self.ears().readers.values().for_each(|readers| {
            readers.send_replace(());
        });
    }

    fn stop(&self, turn: TurnId) {
        if let Some((_, token)) = self.ears().workers.get(&turn) {
            token.cancel();
        }
    }

    fn ears(&self) -> MutexGuard<'_, Ears> {
        self.ears.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wakes {
    /// Waits until the log has grown since the last call.
    pub async fn next(&mut self) {
        if self.receiver.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Wakes {
    fn drop(&mut self) {
        let mut ears = self.live.ears();
        // The last receiver is the one being dropped.
        if ears.readers.get(&self.turn).is_some_and(|readers| readers.receiver_count() <= 1) {
            ears.readers.remove(&self.turn);
        }
    }
}

impl StopWatch {
    /// Cancelled when somebody presses Stop.
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }
}

impl Drop for StopWatch {
    fn drop(&mut self) {
        let mut ears = self.live.ears();
        if let Some((watching, _)) = ears.workers.get_mut(&self.turn) {
            *watching -= 1;
            if *watching == 0 {
                ears.workers.remove(&self.turn);
            }
        }
    }
}

/// Hands the signals of other processes to whom they concern, until the process stops.
pub async fn listen(app: App) {
    while !app.shutdown.is_stopping() {
        let mut signals = match app.redis.signals().await {
            Ok(signals) => signals,
            Err(error) => {
                tracing::warn!(%error, "could not subscribe; readers look by themselves meanwhile");
                tokio::select! {
                    () = tokio::time::sleep(RESUBSCRIBE_AFTER) => continue,
                    () = app.shutdown.cancelled() => return,
                }
            }
        };
        loop {
            tokio::select! {
                signal = signals.next() => match signal {
                    Some(signal) => hear(&app, signal).await,
                    None => break,
                },
                () = app.shutdown.cancelled() => break,
            }
        }
        signals.close().await;
    }
}

async fn hear(app: &App, signal: Signal) {
    match signal {
        Signal::Wake(turn) => app.live.wake(turn),
        Signal::Stop(turn) => app.live.stop(turn),
        Signal::Due => app.live.due.notify_one(),
        Signal::Erase(classroom, student) => {
            // Beside the other signals: what is being answered has to be stopped first.
            let app = app.clone();
            tokio::spawn(async move {
                let whose = student.map_or(Whose::Class(classroom), |student| Whose::Student(classroom, student));
                if let Err(error) = erase::erase(&app, whose).await {
                    tracing::error!(%classroom, error = format!("{error:#}"), "conversations could not be erased");
                }
            });
        }
        Signal::Missed => {
            app.live.due.notify_one();
            app.live.wake_all();
        }
        Signal::SessionEnded(session) => {
            match app.redis.end_session(session).await {
                Ok(()) => tracing::info!("a student's session has ended"),
                Err(error) => tracing::error!(%error, "that a session has ended could not be kept"),
            }
            // Beside the other signals: they do not wait for the database.
            let db = app.db.clone();
            tokio::spawn(async move {
                if let Err(error) = record::close_passes(&db, session).await {
                    tracing::error!(%error, "the cookies of a session that has ended could not be taken back");
                }
            });
        }
        Signal::Epoch(classroom, epoch) => match app.redis.raise_epoch(classroom, epoch).await {
            Ok(known) => tracing::info!(%classroom, epoch = known, "a class's epoch was raised"),
            Err(error) => tracing::error!(%classroom, epoch, %error, "a raised epoch could not be kept"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Live;
    use shared_types::ids::TurnId;
    use uuid::Uuid;

    #[tokio::test]
    async fn only_the_readers_of_a_turn_are_woken() {
        let live = Live::default();
        let (this, other) = (TurnId(Uuid::from_u128(1)), TurnId(Uuid::from_u128(2)));
        let mut wakes = live.wakes(this);
        let others = live.wakes(other);
        live.wake(this);
        wakes.next().await;
        assert!(!others.receiver.has_changed().unwrap());
    }

    #[test]
    fn nothing_is_left_behind() {
        let live = Live::default();
        let turn = TurnId(Uuid::from_u128(1));
        let (first, second) = (live.wakes(turn), live.wakes(turn));
        let watch = live.watch_for_stop(turn);
        live.stop(turn);
        assert!(watch.token().is_cancelled());
        drop((first, second, watch));
        assert!(live.ears().readers.is_empty() && live.ears().workers.is_empty());
        live.wake(turn);
        assert!(!live.watch_for_stop(turn).token().is_cancelled(), "a Stop is not kept for a later worker");
    }
}
