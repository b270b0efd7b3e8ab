//! Extractors for courses, named after the right a handler needs. A course of another organisation does not exist.

use super::store::{self, Course};
use crate::{
    app::App,
    organisation::Role,
    web::{Error, SignedIn, Staff},
};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use shared_types::ids::CourseId;

/// May see the course named by `{course}` in the path; `role` says whether they may change it too.
#[derive(Clone, Debug)]
pub struct ViewingCourse {
    pub staff: Staff,
    pub course: Course,
    pub role: Role,
}

/// May change the course named by `{course}` in the path.
#[derive(Clone, Debug)]
pub struct TeachingCourse(pub Staff, pub Course);

/// The course named by `{course}`, before any right was checked.
#[derive(Clone, Copy, Debug)]
pub struct AskedCourse(pub CourseId);

impl FromRequestParts<App> for AskedCourse {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Error::NotFound)?;
        let value = params.iter().find(|(known, _)| *known == "course").map(|(_, value)| value.parse().ok());
        value.flatten().map(Self).ok_or(Error::NotFound)
    }
}

impl FromRequestParts<App> for ViewingCourse {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let SignedIn(staff) = SignedIn::from_request_parts(parts, app).await?;
        let AskedCourse(id) = AskedCourse::from_request_parts(parts, app).await?;
        let found = store::of_staff(&mut *app.db.acquire().await?, staff.id, id).await?;
        let (course, role) = found.ok_or(Error::NotFound)?;
        Ok(Self { staff, course, role })
    }
}

impl FromRequestParts<App> for TeachingCourse {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let ViewingCourse { staff, course, role } = ViewingCourse::from_request_parts(parts, app).await?;
        if role.may_teach() { Ok(Self(staff, course)) } else { Err(Error::Forbidden) }
    }
}
