//! The thing that a path names by its id. What is no id is as good as unknown: 404, not 400.

use crate::{app::App, web::Error};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use shared_types::ids::{
    AnnouncementId, CertificateId, CourseId, EntryRequestId, InvitationId, LessonId, MaterialId, ModuleId, StudentId,
    SubmissionId,
};
use std::str::FromStr;
use uuid::Uuid;

/// An id as paths hold it.
pub trait InPath: From<Uuid> {
    /// The name between the braces of a route.
    const NAME: &'static str;
}

macro_rules! named_in_paths {
    ($($id:ty: $name:literal),+ $(,)?) => {
        $(impl InPath for $id {
            const NAME: &'static str = $name;
        })+
    };
}

named_in_paths! {
    AnnouncementId: "announcement",
    CertificateId: "certificate",
    CourseId: "course",
    EntryRequestId: "request",
    InvitationId: "invitation",
    LessonId: "lesson",
    MaterialId: "material",
    ModuleId: "module",
    StudentId: "student",
    SubmissionId: "submission",
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
