//! `POST /helper/turns`: the chat asks.

use super::{cookie, error::ChatError, language::BrowserWords, reading::bearer};
use crate::{
    app::App,
    turn::{self, AskRequest, Refusal},
};
use axum::{
    Json,
    extract::{FromRequest, Request, State, rejection::JsonRejection},
    http::StatusCode,
    response::IntoResponse,
};
use axum_extra::extract::CookieJar;
use shared_types::turn::{Ask, Ticket};

const KEY: &str = "idempotency-key";

/// Takes a question: 201 with a ticket, or 200 if it was taken before.
pub async fn create_turn(
    State(app): State<App>,
    BrowserWords(words): BrowserWords,
    cookies: CookieJar,
    AskedByChat(request): AskedByChat,
) -> Result<(StatusCode, CookieJar, Json<Ticket>), ChatError> {
    let turn = turn::accept(&app, request).await.map_err(|refusal| ChatError::new(refusal, words.lang))?;
    let status = if turn.is_repeated() { StatusCode::OK } else { StatusCode::CREATED };
    let cookies = cookies.add(cookie::opening(turn.id(), turn.pass(), app.config.https));
    Ok((status, cookies, Json(turn.ticket())))
}

/// A question as the chat sends it: token and key in headers, the question as JSON.
#[derive(Debug)]
pub struct AskedByChat(AskRequest);

impl FromRequest<App> for AskedByChat {
    type Rejection = axum::response::Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        let (parts, body) = request.into_parts();
        let token = bearer(&parts).unwrap_or_default().to_owned();
        let key = parts.headers.get(KEY).and_then(|key| key.to_str().ok()).unwrap_or_default().to_owned();
        let ask = Json::<Ask>::from_request(Request::from_parts(parts, body), app).await;
        match ask {
            Ok(Json(Ask { question })) => Ok(Self(AskRequest::new(token, question, key))),
            Err(JsonRejection::BytesRejection(_)) => Err(ChatError::new(Refusal::TooLong, "en").into_response()),
            Err(malformed) => Err(malformed.into_response()),
        }
    }
}
