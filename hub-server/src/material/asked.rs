//! The module or material that a path names. What is no id is as good as unknown: 404, not 400.

use crate::{app::App, web::Error};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use shared_types::ids::{MaterialId, ModuleId};
use uuid::Uuid;

/// The material named by `{material}`; whether there is one, and for whom, is another question.
#[derive(Clone, Copy, Debug)]
pub struct AskedMaterial(pub MaterialId);

/// The module named by `{module}`.
#[derive(Clone, Copy, Debug)]
pub struct AskedModule(pub ModuleId);

impl FromRequestParts<App> for AskedMaterial {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        id(parts, app, "material").await.map(|id| Self(MaterialId(id)))
    }
}

impl FromRequestParts<App> for AskedModule {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        id(parts, app, "module").await.map(|id| Self(ModuleId(id)))
    }
}

async fn id(parts: &mut Parts, app: &App, name: &str) -> Result<Uuid, Error> {
    let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Error::NotFound)?;
    let named = params.iter().find(|(known, _)| *known == name);
    named.and_then(|(_, value)| value.parse().ok()).ok_or(Error::NotFound)
}
