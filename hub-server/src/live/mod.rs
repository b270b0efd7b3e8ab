//! What happens in a class now, told as it happens: PostgreSQL tells every hub process which class has changed
//! (`migrations/hub/0093_live.sql`), each process tells the pages that look at it, and a page is sent its piece of HTML
//! anew. Who only reads asks for nothing.
//!
//! Postgres and not Redis, because it tells in the moment of the commit, and the hub works without Redis.

pub mod store;
mod stream;
pub mod view;
mod waiting;

pub use stream::stream;
pub use waiting::Waiting;

use server_kit::shutdown::Shutdown;
use shared_types::ids::ClassroomId;
use sqlx::{PgPool, postgres::PgListener};
use std::{sync::Arc, time::Duration};
use tokio::sync::{Notify, broadcast};

/// As the migration names it.
const CHANNEL: &str = "class_hub_live";
/// As `migrations/hub/0120_helper_revocations.sql` names it.
const HELPER_CHANNEL: &str = "class_hub_helper";
/// News that wait for a slow page; one that misses some looks at everything.
const WAITING: usize = 256;
const TRY_AGAIN: Duration = Duration::from_secs(2);

/// What the pages of this process listen to.
#[derive(Clone, Debug)]
pub struct Live {
    news: broadcast::Sender<News>,
    /// Who waits for the helper, as far as it has told.
    heard: Arc<waiting::Heard>,
    helper_has_to_know: Arc<Notify>,
    stopping: Shutdown,
}

/// Which class has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    Class(ClassroomId),
    /// The line was cut for a while: any may have.
    Any,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            news: broadcast::Sender::new(WAITING),
            heard: Arc::default(),
            helper_has_to_know: Arc::default(),
            stopping: Shutdown::default(),
        }
    }
}

impl Live {
    /// Listens until `shutdown`, which ends the streams of all pages too.
    pub fn start(&self, db: &PgPool, shutdown: &Shutdown) {
        let (live, db, shutdown) = (self.clone(), db.clone(), shutdown.clone());
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = shutdown.cancelled() => break,
                    ended = live.listen(&db) => {
                        if let Err(error) = ended {
                            tracing::warn!(%error, "the database's news cannot be heard; trying again");
                        }
                    }
                }
                tokio::select! {
                    () = shutdown.cancelled() => break,
                    () = tokio::time::sleep(TRY_AGAIN) => {}
                }
            }
            live.stopping.stop();
        });
    }

    /// Passes on what the database tells, until the connection fails.
    async fn listen(&self, db: &PgPool) -> sqlx::Result<()> {
        let mut listener = PgListener::connect_with(db).await?;
        listener.listen_all([CHANNEL, HELPER_CHANNEL]).await?;
        self.tell(News::Any);
        loop {
            match listener.try_recv().await? {
                Some(told) if told.channel() == HELPER_CHANNEL => self.helper_has_to_know.notify_one(),
                Some(told) => self.tell(told.payload().parse().map_or(News::Any, News::Class)),
                None => self.tell(News::Any),
            }
        }
    }

    /// Waits until there is something that the helper has to know, since the last call.
    pub async fn helper_has_to_know(&self) {
        self.helper_has_to_know.notified().await;
    }

    fn tell(&self, news: News) {
        // An error means that no page listens.
        let _listeners = self.news.send(news);
    }
}
