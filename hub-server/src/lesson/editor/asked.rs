//! Who may write which course's lessons.

use super::store::{self, Course};
use crate::{
    app::App,
    web::{Asked, Error, SignedIn, Staff},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use shared_types::ids::CourseId;

/// May write the lessons of the course named by `{course}`: a teacher, administrator or owner of its organisation.
#[derive(Clone, Debug)]
pub struct Authoring {
    pub staff: Staff,
    pub course: Course,
}

impl FromRequestParts<App> for Authoring {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let SignedIn(staff) = SignedIn::from_request_parts(parts, app).await?;
        let Asked(id) = Asked::<CourseId>::from_request_parts(parts, app).await?;
        let found = store::course(&mut *app.db.acquire().await?, staff.id, id).await?;
        let (course, role) = found.ok_or(Error::NotFound)?;
        if role.may_teach() { Ok(Self { staff, course }) } else { Err(Error::Forbidden) }
    }
}
