//! `POST /helper/turns/{id}/rating?rating=helped`: a thumb under an answer, from the chat or from a page.

use super::{done::done, error::Unexpected, reading::Reading, words::Words};
use crate::{app::App, turn::rate};
use axum::{extract::State, http::HeaderMap, response::Response};
use axum_extra::extract::Query;
use leptos::prelude::*;
use serde::Deserialize;
use shared_types::{event::Rating, ids::TurnId};

/// What is said of the answer; without it, what was said is taken back.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RatingQuery {
    rating: Option<Rating>,
}

/// Keeps it.
pub async fn rate_turn(
    State(app): State<App>,
    Reading(standing): Reading,
    Query(RatingQuery { rating }): Query<RatingQuery>,
    headers: HeaderMap,
) -> Result<Response, Unexpected> {
    rate::rate(&app, standing.id, rating).await?;
    Ok(done(standing.id, &headers))
}

/// The two thumbs as plain buttons; the one that was pressed takes itself back.
#[component]
pub fn RatingForm(turn: TurnId, rating: Option<Rating>, words: &'static Words) -> impl IntoView {
    let path = format!("/helper/turns/{turn}/rating");
    let thumbs = Rating::ALL.map(|thumb| {
        let pressed = rating == Some(thumb);
        let action = if pressed { path.clone() } else { format!("{path}?rating={}", thumb.as_str()) };
        view! {
            <button type="submit" class="button button-quiet" formaction=action aria-pressed=pressed.to_string()>
                {words.rating(thumb)}
            </button>
        }
    });
    view! {
        <form method="post" class="turn-foot">
            {thumbs}
        </form>
    }
}
