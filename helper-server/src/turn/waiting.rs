//! Tells the hub, while somebody waits, in which class and for how long: ids and numbers, for a teacher's live view.

use crate::app::App;
use shared_types::ids::ClassroomId;
use std::{collections::HashSet, time::Duration};

const EVERY: Duration = Duration::from_secs(2);

/// Tells until the process stops.
pub async fn run(app: App) {
    let mut told = HashSet::new();
    loop {
        if let Err(error) = tell(&app, &mut told).await {
            tracing::debug!(error = format!("{error:#}"), "who waits could not be told");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = app.shutdown.cancelled() => return,
        }
    }
}

/// One message for each class with open turns, and a last one when there are none any more.
async fn tell(app: &App, told: &mut HashSet<ClassroomId>) -> anyhow::Result<()> {
    let waiting = sqlx::query!(
        r#"select classroom, count(*) as "turns!",
                  coalesce(extract(epoch from $1 - min(created_at) filter (where state = 'queued')), 0)::bigint as "oldest_s!"
           from turn where state in ('queued', 'running') group by classroom"#,
        app.clock.now(),
    )
    .fetch_all(&app.db)
    .await?;
    let now: HashSet<ClassroomId> = waiting.iter().map(|row| ClassroomId(row.classroom)).collect();
    for row in waiting {
        app.redis.publish_waiting(ClassroomId(row.classroom), row.turns, row.oldest_s).await?;
    }
    for &quiet in told.difference(&now) {
        app.redis.publish_waiting(quiet, 0, 0).await?;
    }
    *told = now;
    Ok(())
}
