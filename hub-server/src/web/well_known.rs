//! The small files every browser and robot asks for.

use crate::app::App;
use axum::{
    extract::State,
    http::{HeaderName, header},
    response::{IntoResponse, Redirect},
};

const FOR_A_DAY: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=86400");

/// `GET /robots.txt`: nothing here is for search engines.
pub async fn robots() -> impl IntoResponse {
    ([FOR_A_DAY], "User-agent: *\nDisallow: /\n")
}

/// `GET /favicon.ico`, for browsers that ask before they read the page.
pub async fn favicon(State(app): State<App>) -> impl IntoResponse {
    ([FOR_A_DAY], Redirect::permanent(&app.assets.icon()))
}
