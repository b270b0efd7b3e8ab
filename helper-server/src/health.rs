//! `GET /healthz`: the process is alive. `GET /readyz`: so is what it stands on, part by part.

use crate::{app::App, backend::BackendHealth, migrations};
use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;

/// The parts of readiness.
#[derive(Debug, Serialize)]
pub struct Readiness {
    database: bool,
    migrations: bool,
    redis: bool,
    /// For whoever looks; questions are taken whatever they say.
    backends: Vec<BackendHealth>,
}

/// Alive.
pub async fn alive() -> &'static str {
    "ok"
}

/// 200 if questions can be taken and answered, else 503.
pub async fn ready(State(app): State<App>) -> (StatusCode, Json<Readiness>) {
    let (migrations, redis) = tokio::join!(migrations::are_applied(&app.db), app.redis.is_up());
    // A database that answers, if only that there is no such table.
    let database = matches!(&migrations, Ok(_) | Err(sqlx::Error::Database(_)));
    let readiness =
        Readiness { database, migrations: migrations.unwrap_or(false), redis, backends: app.backends.health() };
    let ready = readiness.migrations && readiness.redis;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness))
}
