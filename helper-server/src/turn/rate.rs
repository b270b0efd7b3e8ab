//! Whoever asked says whether the answer helped. The hub is told in the same commit: a word, no sentence.

use super::{lease::actor, standing::word};
use crate::{app::App, report};
use shared_types::{
    event::{EventKind, HelperEvent, Rating},
    ids::{ClassroomId, EventId, LessonId, OrganisationId, TurnId},
};

/// Keeps what was said of an answer; none takes it back. What was said before, or of a turn without an answer, changes
/// nothing.
pub async fn rate(app: &App, turn: TurnId, rating: Option<Rating>) -> sqlx::Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let rated = sqlx::query!(
        "update turn set rating = $2, rating_revision = rating_revision + 1
         where id = $1 and state = 'answered' and rating is distinct from $2
         returning organisation, classroom, lesson, actor_kind, actor, rating_revision",
        turn.0,
        rating.and_then(word),
    );
    let Some(row) = rated.fetch_optional(&mut *tx).await? else { return Ok(()) };
    let event = HelperEvent {
        id: EventId(app.entropy.id(now)),
        at_ms: now.timestamp_millis(),
        organisation: OrganisationId(row.organisation),
        classroom: ClassroomId(row.classroom),
        lesson: row.lesson.map(LessonId),
        actor: actor(&row.actor_kind, row.actor),
        turn,
        kind: EventKind::TurnRated { rating, revision: row.rating_revision.unsigned_abs() },
    };
    report::store::add(&mut tx, &event, now).await?;
    tx.commit().await?;
    app.outbox_due.notify_one();
    Ok(())
}
