//! The thing that a path names by its id. What is no id is as good as unknown: 404, not 400.

use crate::{app::App, web::Error};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use shared_types::ids::{
    AnnouncementId, CourseId, EntryRequestId, InvitationId, LessonId, MaterialId, ModuleId, StudentId, SubmissionId,
};
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
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Error::NotFound)?;
        let value = params.iter().find(|(name, _)| *name == T::NAME).map(|(_, value)| value);
        let id: Uuid = value.and_then(|value| value.parse().ok()).ok_or(Error::NotFound)?;
        Ok(Self(T::from(id)))
    }
}
