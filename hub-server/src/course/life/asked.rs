//! The extractor for a course that may have been deleted.

use super::since;
use crate::{
    app::App,
    course::store::{self, Course},
    web::{Asked, Error, SignedIn, Staff},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use shared_types::ids::CourseId;

/// May bring back the course named by `{course}` in the path, as long as that is possible.
#[derive(Clone, Debug)]
pub struct BringingBackCourse {
    pub staff: Staff,
    pub course: Course,
    pub deleted: bool,
}

impl FromRequestParts<App> for BringingBackCourse {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let SignedIn(staff) = SignedIn::from_request_parts(parts, app).await?;
        let Asked(id) = Asked::<CourseId>::from_request_parts(parts, app).await?;
        let since = Some(since(app.clock.now()));
        let found = store::of_staff_or_deleted(&mut *app.db.acquire().await?, staff.id, id, since).await?;
        let (course, role, deleted) = found.ok_or(Error::NotFound)?;
        if role.may_teach() { Ok(Self { staff, course, deleted }) } else { Err(Error::Forbidden) }
    }
}
