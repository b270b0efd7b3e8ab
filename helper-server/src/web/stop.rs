//! `POST /helper/turns/{id}/stop`: Stop, from the chat or from a turn's page.

use super::{error::Unexpected, reading::Reading};
use crate::{app::App, turn::stop};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

/// Stops the turn: 204, or back to its page where a form asked.
pub async fn stop_turn(
    State(app): State<App>,
    Reading(standing): Reading,
    headers: HeaderMap,
) -> Result<Response, Unexpected> {
    stop::stop(&app, standing.id).await?;
    Ok(if is_form(&headers) {
        Redirect::to(&format!("/helper/turns/{}", standing.id)).into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    })
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}
