//! The file of a lesson that a path names. What is no id is as good as unknown: 404, not 400.

use crate::{app::App, web::Error};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
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
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Error::NotFound)?;
        Ok(Self {
            lesson: value(&params, "lesson")?.parse().map_err(|_| Error::NotFound)?,
            digest: value(&params, "digest")?.to_owned(),
            path: value(&params, "path")?.to_owned(),
        })
    }
}

fn value<'p>(params: &'p RawPathParams, name: &str) -> Result<&'p str, Error> {
    params.iter().find(|(known, _)| *known == name).map(|(_, value)| value).ok_or(Error::NotFound)
}
