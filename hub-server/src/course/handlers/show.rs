//! `GET /teach/courses/{course}`: its lessons, and the classes that work through it.

use crate::{
    app::App,
    course::{asked::ViewingCourse, pages, store},
    ui::{frame::Frame, time::Now},
    web::PageResult,
};
use axum::extract::State;

/// Shows the course.
pub async fn show(
    State(app): State<App>,
    ViewingCourse { staff, course, role }: ViewingCourse,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let lessons = store::lessons(&mut db, course.id).await?;
    let classes = store::classes(&mut db, &course).await?;
    let now = Now { now: app.clock.now(), zone: app.config.time_zone };
    let page = pages::Show { staff, may_change: role.may_teach(), course, lessons, classes, now };
    Ok(pages::show(frame, page).await)
}
