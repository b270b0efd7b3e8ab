//! What answers a change of a turn: nothing more for the chat, the turn's page for a plain form.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use shared_types::ids::TurnId;

/// 204, or back to the turn's page where a form asked.
pub fn done(turn: TurnId, headers: &HeaderMap) -> Response {
    if is_form(headers) {
        Redirect::to(&format!("/helper/turns/{turn}")).into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}
