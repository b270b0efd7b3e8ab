//! `GET /healthz`: alive. `GET /readyz`: what the hub stands on, part by part.

use crate::{app::App, migrations};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde::Serialize;
use std::time::Duration;
use tokio::time::timeout;

/// A part that takes longer counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// The whole report.
#[derive(Debug, Serialize)]
struct Readiness {
    /// `ready`, `degraded` (works, with something missing) or `unavailable`.
    status: &'static str,
    database: &'static str,
    migrations: &'static str,
    storage: &'static str,
    redis: &'static str,
}

/// The process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// Whether requests can be answered now. Without Redis they can: limits then hold per process.
pub async fn ready(State(app): State<App>) -> impl IntoResponse {
    let ((database, migrations), storage, redis) = tokio::join!(database(&app), storage(&app), app.redis.answers());
    let needed = database == "ok" && migrations == "ok" && storage == "ok";
    let (code, status) = match (needed, redis) {
        (true, true) => (StatusCode::OK, "ready"),
        (true, false) => (StatusCode::OK, "degraded"),
        (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    };
    let redis = if redis { "ok" } else { "away" };
    (code, Json(Readiness { status, database, migrations, storage, redis }))
}

async fn database(app: &App) -> (&'static str, &'static str) {
    match timeout(PATIENCE, migrations::newest_applied(&app.db)).await {
        Ok(Ok(applied)) if applied >= Some(migrations::newest_known()) => ("ok", "ok"),
        // The first migration brings the table they are listed in.
        Ok(Ok(_) | Err(sqlx::Error::Database(_))) => ("ok", "missing"),
        Ok(Err(_)) | Err(_) => ("away", "unknown"),
    }
}

/// Whether something can be kept where students' work goes.
async fn storage(app: &App) -> &'static str {
    match timeout(PATIENCE, app.storage.is_writable()).await {
        Ok(true) => "ok",
        Ok(false) => "not writable",
        Err(_) => "away",
    }
}
