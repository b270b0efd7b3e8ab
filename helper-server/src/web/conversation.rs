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
    turn::{conversation::past_turns, record::insert_pass, scope::verify_token},
};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use shared_types::turn::Conversation;

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
        insert_pass(&mut tx, turn.turn, &pass, &scope).await?;
        cookies = cookies.add(cookie::opening(turn.turn, &pass, app.config.https));
    }
    tx.commit().await?;
    Ok((cookies, Json(Conversation { turns, backend: app.backends.would_answer() })).into_response())
}
