//! The file of a lesson that a path names. What is no id is as good as unknown: 404, not 400.

use crate::{
    app::App,
    web::{Error, in_path},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use shared_types::ids::LessonId;

/// The file named by `{lesson}`, `{digest}` and `{*path}`.
#[derive(Clone, Debug)]
pub struct AskedFile {
    pub lesson: LessonId,
    pub digest: String,
    pub path: String,
}

impl FromRequestParts<App> for AskedFile {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(Self {
            lesson: in_path(parts, app, "lesson").await?,
            digest: in_path(parts, app, "digest").await?,
            path: in_path(parts, app, "path").await?,
        })
    }
}
