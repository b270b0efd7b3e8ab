//! What one person asked about one lesson, as it is shown again.

use super::{
    Scope,
    record::{actor_kind, parse_state},
    standing::from_word,
};
use crate::outgoing;
use shared_types::{ids::TurnId, turn::PastTurn};
use sqlx::PgPool;

/// Turns that are shown.
const NEWEST: i64 = 50;

/// The conversation a token is about, oldest turn first, as far as its text is kept.
pub async fn past_turns(db: &PgPool, scope: &Scope) -> sqlx::Result<Vec<PastTurn>> {
    let claims = scope.claims();
    let rows = sqlx::query!(
        "select id, state, rating, question, answer, turn_text.citations
         from turn join turn_text on turn_text.turn = turn.id
         where actor = $1 and actor_kind = $2 and lesson is not distinct from $3 and classroom = $4
         order by created_at desc, id desc limit $5",
        claims.actor.uuid(),
        actor_kind(claims.actor),
        claims.lesson.map(|lesson| lesson.id.0),
        claims.classroom.0,
        NEWEST,
    )
    .fetch_all(db)
    .await?;
    let lesson = scope.lesson_path().unwrap_or_default();
    let shown = rows.into_iter().rev().map(|row| PastTurn {
        turn: TurnId(row.id),
        state: parse_state(&row.state),
        question: row.question,
        answer_html: row.answer.as_deref().map(outgoing::html).unwrap_or_default()
            + &outgoing::sources(&serde_json::from_value::<Vec<_>>(row.citations).unwrap_or_default(), &lesson),
        rating: row.rating.as_deref().and_then(from_word),
    });
    Ok(shown.collect())
}
