//! `POST /helper/turns/{id}/stop`: Stop, from the chat or from a turn's page.

use super::{done::done, error::Unexpected, reading::Reading};
use crate::{app::App, turn::stop};
use axum::{extract::State, http::HeaderMap, response::Response};

/// Stops the turn.
pub async fn stop_turn(
    State(app): State<App>,
    Reading(standing): Reading,
    headers: HeaderMap,
) -> Result<Response, Unexpected> {
    stop::stop(&app, standing.id).await?;
    Ok(done(standing.id, &headers))
}
