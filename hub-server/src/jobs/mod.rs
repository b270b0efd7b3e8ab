//! What the hub does by itself: forgetting what has ended, and sweeping the storage.

use crate::{
    announcement,
    app::App,
    asset,
    classroom::{archive, life},
    course, enrolment, gradebook,
    helper_link::{erasure, revocation},
    lesson,
    material::structure,
    storage,
    web::{idempotency, session},
};
use futures::future::BoxFuture;
use server_kit::shutdown::Shutdown;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often ended sessions and old keys are removed.
const SWEEP_EVERY: Duration = Duration::from_mins(15);

/// How often the storage is swept.
const SWEEP_STORAGE_EVERY: Duration = Duration::from_hours(1);

/// How often the helper is told whose session has ended and whom to erase, where no notice came: two looks at tables that
/// are empty nearly always.
const TELL_HELPER_EVERY: Duration = Duration::from_secs(5);

/// Starts the recurring work; it ends with `shutdown`.
pub fn start(app: &App, shutdown: &Shutdown) {
    app.live.start(&app.db, shutdown);
    app.live.hear_the_helper(&app.redis, shutdown);
    every(SWEEP_EVERY, app, shutdown, |app| Box::pin(async move { Ok(sweep(app).await?) }));
    tell_helper(app, shutdown);
    every(SWEEP_STORAGE_EVERY, app, shutdown, |app| Box::pin(storage::sweeper::sweep(app)));
}

type Work = for<'a> fn(&'a App) -> BoxFuture<'a, anyhow::Result<()>>;

/// Does `work` at once and then again and again.
fn every(pause: Duration, app: &App, shutdown: &Shutdown, work: Work) {
    let (app, shutdown) = (app.clone(), shutdown.clone());
    tokio::spawn(async move {
        let mut due = interval(pause);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = due.tick() => {}
            }
            if let Err(error) = work(&app).await {
                tracing::warn!(error = format!("{error:#}"), "recurring work failed; trying again later");
            }
        }
    });
}

/// Tells the helper of students who have left and of those who are gone, when Postgres says that there are some, and now
/// and then.
fn tell_helper(app: &App, shutdown: &Shutdown) {
    let (app, shutdown) = (app.clone(), shutdown.clone());
    tokio::spawn(async move {
        let mut due = interval(TELL_HELPER_EVERY);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = app.live.helper_has_to_know() => {}
                _ = due.tick() => {}
            }
            // Who may not ask any more first, so that nothing new is written behind the broom.
            let told = async {
                revocation::tell(&app).await?;
                erasure::tell(&app).await
            };
            if let Err(error) = told.await {
                tracing::warn!(error = format!("{error:#}"), "the helper could not be told; trying again later");
            }
        }
    });
}

/// Removes what has ended.
pub async fn sweep(app: &App) -> sqlx::Result<()> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let sessions = session::sweep(&mut connection, now).await?;
    let keys = idempotency::sweep(&mut connection, now).await?;
    let cards = enrolment::store::sweep_cards(&mut connection, now).await?;
    let requests = enrolment::asking::store::sweep(&mut connection, now).await?;
    tracing::debug!(requests, "removed {requests} ended requests to be let in");
    let courses = course::incoming::sweep(&mut connection, now).await?;
    tracing::debug!(courses, "forgot {courses} courses that nobody imported");
    let gradebooks = gradebook::store::sweep(&mut connection, now).await?;
    tracing::debug!(gradebooks, "forgot {gradebooks} gradebooks that nobody applied");
    let wishes = erasure::sweep(&mut connection, now).await?;
    tracing::debug!(wishes, "forgot {wishes} wishes to erase that no helper heard in time");
    let ended = revocation::sweep(&mut connection, now).await?;
    tracing::debug!(ended, "forgot {ended} ended sessions that no helper heard of in time");
    let archives = archive::sweep(&mut connection, now).await?;
    tracing::debug!(archives, "forgot {archives} archives of classes that nobody brought in");
    let classes = life::store::sweep(&mut connection, now - chrono::Duration::days(life::UNDO_DAYS)).await?;
    let old = course::life::since(now);
    let courses = course::life::store::sweep(&mut connection, old).await?;
    let lessons = course::life::lesson_store::sweep(&mut connection, old).await?;
    tracing::debug!(courses, lessons, "forgot {courses} courses and {lessons} lessons that were deleted long ago");
    let told =
        announcement::store::sweep(&mut connection, now - chrono::Duration::days(announcement::UNDO_DAYS)).await?;
    tracing::debug!(told, "forgot {told} announcements that were deleted long ago");
    let work = structure::sweep(&mut connection, now - chrono::Duration::days(structure::UNDO_DAYS)).await?;
    tracing::debug!(classes, work, "forgot {classes} classes and {work} pieces of work that were deleted long ago");
    let drafts =
        lesson::editor::drafts::sweep(&mut connection, now - chrono::Duration::days(lesson::editor::drafts::UNDO_DAYS))
            .await?;
    tracing::debug!(drafts, "forgot {drafts} drafts of lessons that were thrown away long ago");
    let forgotten = asset::store::sweep(&mut connection, now - chrono::Duration::days(asset::UNDO_DAYS)).await?;
    tracing::debug!(forgotten, "forgot {forgotten} files that were deleted long ago");
    tracing::debug!(sessions, keys, cards, "removed {sessions} ended sessions, {keys} old form keys, {cards} cards");
    Ok(())
}
