//! What one person asked about one lesson, as it is shown again.

use super::{
    Scope,
    record::{actor_kind, parse_state},
    standing::from_word,
};
use crate::{outgoing, passages::cite::Cited, web::words::words};
use shared_types::{
    ids::TurnId,
    turn::{PastTurn, Quoted, TurnState},
};
use sqlx::PgPool;

/// Turns that are shown.
const NEWEST: i64 = 50;

/// The conversation a token is about, oldest turn first, as far as its text is kept.
pub async fn past_turns(db: &PgPool, scope: &Scope) -> sqlx::Result<Vec<PastTurn>> {
    let claims = scope.claims();
    let rows = sqlx::query!(
        "select id, state, rating, rung, canned, cut_short, locale, question, answer, turn_text.citations
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
    let shown = rows.into_iter().rev().map(|row| {
        let (state, answer) = (parse_state(&row.state), row.answer.unwrap_or_default());
        let cited: Vec<Cited> = serde_json::from_value(row.citations).unwrap_or_default();
        let next = if state == TurnState::Answered && row.canned.is_none() {
            words(&row.locale).next(row.rung.as_deref().and_then(from_word), &answer, row.cut_short)
        } else {
            Vec::new()
        };
        PastTurn {
            turn: TurnId(row.id),
            state,
            question: row.question,
            answer_html: outgoing::html(&answer),
            rating: row.rating.as_deref().and_then(from_word),
            citations: cited.into_iter().map(|Cited { anchor, quote, .. }| Quoted { anchor, quote }).collect(),
            suggestions: next.into_iter().map(str::to_owned).collect(),
        }
    });
    Ok(shown.collect())
}
