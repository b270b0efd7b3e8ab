//! Extractors for courses, named after the right a handler needs. A course of another organisation does not exist.

use super::{
    life::store::classes_having,
    store::{self, Course},
};
use crate::{
    app::App,
    organisation::Role,
    web::{Asked, Error, SignedIn, Staff, in_path},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use shared_types::ids::{ClassroomId, CourseId};

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

/// May change the course named by `{course}`, which the class named by `{classroom}` has, put away or deleted as it may be.
#[derive(Clone, Debug)]
pub struct TeachingCourseOfClass(pub Staff, pub Course, pub ClassroomId);

impl FromRequestParts<App> for ViewingCourse {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let SignedIn(staff) = SignedIn::from_request_parts(parts, app).await?;
        let Asked(id) = Asked::<CourseId>::from_request_parts(parts, app).await?;
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

impl FromRequestParts<App> for TeachingCourseOfClass {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let TeachingCourse(staff, course) = TeachingCourse::from_request_parts(parts, app).await?;
        let id: ClassroomId = in_path(parts, app, "classroom").await?;
        let classes = classes_having(&mut *app.db.acquire().await?, course.id).await?;
        let class = classes.into_iter().find(|class| class.id == id).ok_or(Error::NotFound)?;
        Ok(Self(staff, course, class.id))
    }
}
