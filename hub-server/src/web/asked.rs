//! The thing that a path names by its id. What is no id is as good as unknown: 404, not 400.

use crate::{app::App, web::Error};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use shared_types::ids::{
    AnnouncementId, CourseId, EntryRequestId, InvitationId, LessonId, MaterialId, ModuleId, StudentId, SubmissionId,
};
use std::str::FromStr;
use uuid::Uuid;

/// An id as paths hold it.
pub trait InPath: From<Uuid> {
    /// The name between the braces of a route.
    const NAME: &'static str;
}

impl InPath for StudentId {
    const NAME: &'static str = "student";
}

impl InPath for InvitationId {
    const NAME: &'static str = "invitation";
}

impl InPath for AnnouncementId {
    const NAME: &'static str = "announcement";
}

impl InPath for EntryRequestId {
    const NAME: &'static str = "request";
}

impl InPath for CourseId {
    const NAME: &'static str = "course";
}

impl InPath for LessonId {
    const NAME: &'static str = "lesson";
}

impl InPath for ModuleId {
    const NAME: &'static str = "module";
}

impl InPath for MaterialId {
    const NAME: &'static str = "material";
}

impl InPath for SubmissionId {
    const NAME: &'static str = "submission";
}

/// What the path names; whether there is such a thing, and for whom, is another question.
#[derive(Clone, Copy, Debug)]
pub struct Asked<T>(pub T);

impl<T: InPath> FromRequestParts<App> for Asked<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let id: Uuid = in_path(parts, app, T::NAME).await?;
        Ok(Self(T::from(id)))
    }
}

/// The import named by `{import}`: of a spreadsheet or a course, waiting for a look.
#[derive(Clone, Copy, Debug)]
pub struct AskedImport(pub Uuid);

impl FromRequestParts<App> for AskedImport {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        in_path(parts, app, "import").await.map(Self)
    }
}

/// What stands in the path where the route has `{name}`; 404 where it cannot be that.
pub async fn in_path<T: FromStr>(parts: &mut Parts, app: &App, name: &str) -> Result<T, Error> {
    let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Error::NotFound)?;
    let value = params.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
    value.and_then(|value| value.parse().ok()).ok_or(Error::NotFound)
}
