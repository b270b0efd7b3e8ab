//! Who may see, stop or rate a turn: whoever holds its cookie, and whoever asked it. For all others there is no
//! such turn.

use super::{cookie, language::BrowserWords, page::Opened, words::Words};
use crate::{
    app::App,
    turn::{
        scope::verify_token,
        standing::{self, Standing},
    },
};
use axum::{
    extract::{FromRequestParts, Path},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use shared_types::ids::TurnId;

/// A turn whose reader was let in.
#[derive(Debug)]
pub struct Reading(pub Standing);

/// Nobody was let in. Pages say so in the reader's language, the chat gets the status.
#[derive(Debug)]
pub enum NotLetIn {
    NoSuchTurn(&'static Words),
    Unexpected(super::error::Unexpected),
}

impl IntoResponse for NotLetIn {
    fn into_response(self) -> Response {
        match self {
            Self::NoSuchTurn(_) => StatusCode::NOT_FOUND.into_response(),
            Self::Unexpected(error) => error.into_response(),
        }
    }
}

impl FromRequestParts<App> for Reading {
    type Rejection = NotLetIn;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, NotLetIn> {
        let Ok(BrowserWords(words)) = BrowserWords::from_request_parts(parts, app).await;
        match standing(parts, app).await {
            Ok(Some(standing)) => Ok(Self(standing)),
            Ok(None) => Err(NotLetIn::NoSuchTurn(words)),
            Err(error) => Err(NotLetIn::Unexpected(error.into())),
        }
    }
}

async fn standing(parts: &mut Parts, app: &App) -> sqlx::Result<Option<Standing>> {
    let Ok(Path(turn)) = Path::<TurnId>::from_request_parts(parts, app).await else { return Ok(None) };
    let cookies = CookieJar::from_headers(&parts.headers);
    if let Some(pass) = cookie::pass(&cookies)
        && let Some(standing) = standing::opened_by(&app.db, turn, pass).await?
    {
        return Ok(Some(standing));
    }
    let scope = match bearer(parts) {
        Some(token) => verify_token(app, token).await,
        None => Opened::by(&cookies, app).await.map(|page| page.scope),
    };
    match scope {
        Ok(scope) => standing::asked_by(&app.db, turn, scope.actor()).await,
        Err(_) => Ok(None),
    }
}

/// The scope token of a request from the chat.
pub fn bearer(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}
