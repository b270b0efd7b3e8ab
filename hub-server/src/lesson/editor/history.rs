//! The versions of a lesson: what changed from one to another, and an old one published again.

use super::{
    compare,
    pages::{self, Comparison, History},
    store,
    write::{editing, faults_of, note},
};
use crate::{
    app::App,
    course::{asked::TeachingCourse, edit},
    ui::{frame::Frame, time::Now},
    web::{Asked, Error, Notice, PageResult, Protected, Respond, in_path, see_other},
};
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use serde::Deserialize;
use shared_types::ids::LessonId;

/// Which two versions to compare.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Compared {
    from: Option<i32>,
    to: Option<i32>,
}

/// `GET …/lessons/{lesson}/history?from=1&to=2`.
pub async fn show(
    State(app): State<App>,
    TeachingCourse(staff, course): TeachingCourse,
    Asked(lesson): Asked<LessonId>,
    Query(compared): Query<Compared>,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let lines = store::history(&mut db, course.id, lesson).await?;
    if lines.is_empty() {
        return Err(Error::NotFound);
    }
    let comparison = match (compared.from, compared.to) {
        (Some(from), Some(to)) => {
            let old = store::source(&mut db, course.id, lesson, Some(from)).await?.ok_or(Error::NotFound)?;
            let new = store::source(&mut db, course.id, lesson, Some(to)).await?.ok_or(Error::NotFound)?;
            Some(Comparison { from, to, places: compare::compare(&old.text(), &new.text()) })
        }
        _ => None,
    };
    let now = Now { now: app.clock.now(), zone: app.config.time_zone };
    Ok(pages::history(frame, History { staff, course, lesson, lines, comparison, now }).await)
}

/// The version named by `{version}`.
#[derive(Clone, Copy, Debug)]
pub struct AskedVersion(i32);

impl FromRequestParts<App> for AskedVersion {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        in_path(parts, app, "version").await.map(Self)
    }
}

/// A form that is only a button, with the version that was current when it was shown.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RestoreForm {
    #[serde(default)]
    base_version: String,
}

/// `POST …/lessons/{lesson}/versions/{version}/restoration`: publishes an old text as a new version.
pub async fn restore(
    State(app): State<App>,
    TeachingCourse(staff, course): TeachingCourse,
    Asked(lesson): Asked<LessonId>,
    AskedVersion(version): AskedVersion,
    Protected(form): Protected<RestoreForm>,
) -> PageResult {
    let path = course.history_path(lesson);
    let mut tx = app.db.begin().await?;
    let current = store::lock(&mut tx, course.id, lesson).await?.ok_or(Error::NotFound)?;
    if form.base_version.parse() != Ok(current) {
        // Somebody published meanwhile, or the button was pressed twice.
        return Ok(see_other(path).with_notice(Notice::LessonChanged));
    }
    let old = store::source(&mut tx, course.id, lesson, Some(version)).await?.ok_or(Error::NotFound)?;
    match edit::publish(&mut tx, &editing(&app), lesson, Some(&old.front_matter), &old.body).await {
        Ok(published) => {
            note(&mut tx, &app, (&staff, &course), lesson, published.version).await?;
            tx.commit().await?;
            Ok(see_other(path).with_notice(Notice::LessonRestored))
        }
        Err(error) => {
            // A picture of it may be gone; the editor says so beside the field.
            faults_of(error)?;
            Ok(see_other(path).with_notice(Notice::RestoreRefused))
        }
    }
}
