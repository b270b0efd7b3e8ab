//! `GET /helper/conversation`: what this person asked about this lesson, and the cookies that open what
//! is not finished. A chat asks for it when its lesson is opened, so this is also when a model is told to load.

use super::{
    cookie,
    error::{ChatError, Unexpected},
    language::BrowserWords,
    reading::bearer,
};
use crate::{
    app::App,
    outgoing,
    turn::{
        Scope,
        record::{actor_kind, insert_pass, parse_state},
        scope::verify_token,
    },
};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use shared_types::{
    ids::TurnId,
    turn::{Conversation, PastTurn},
};
use sqlx::PgPool;

/// Turns that are shown again.
const NEWEST: i64 = 50;

/// The conversation, oldest turn first.
pub async fn conversation(
    State(app): State<App>,
    BrowserWords(words): BrowserWords,
    mut cookies: CookieJar,
    request: Request,
) -> Result<Response, Unexpected> {
    let (parts, _) = request.into_parts();
    let scope = match verify_token(&app, bearer(&parts).unwrap_or_default()).await {
        Ok(scope) => scope,
        Err(refusal) => return Ok(ChatError::new(refusal, words.lang).into_response()),
    };
    let warming = app.clone();
    tokio::spawn(async move { warming.backends.warm_up().await });
    let turns = past_turns(&app.db, &scope).await?;
    let mut tx = app.db.begin().await?;
    for turn in turns.iter().filter(|turn| !turn.state.is_final()) {
        let pass = app.entropy.token();
        insert_pass(&mut tx, turn.turn, &pass).await?;
        cookies = cookies.add(cookie::opening(turn.turn, &pass, app.config.https));
    }
    tx.commit().await?;
    Ok((cookies, Json(Conversation { turns, backend: app.backends.would_answer() })).into_response())
}

async fn past_turns(db: &PgPool, scope: &Scope) -> sqlx::Result<Vec<PastTurn>> {
    let claims = scope.claims();
    let rows = sqlx::query!(
        "select id, state, question, answer, turn_text.citations from turn join turn_text on turn_text.turn = turn.id
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
    Ok(rows
        .into_iter()
        .rev()
        .map(|row| PastTurn {
            turn: TurnId(row.id),
            state: parse_state(&row.state),
            question: row.question,
            answer_html: row.answer.as_deref().map(outgoing::html).unwrap_or_default()
                + &outgoing::sources(&serde_json::from_value::<Vec<_>>(row.citations).unwrap_or_default(), ""),
        })
        .collect())
}
