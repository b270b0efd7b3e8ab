//! `GET` and `POST …/deletion`, `POST …/restoration`: deleting a course that no class has, and bringing it back within
//! thirty days.

use super::{asked::BringingBackCourse, lesson_store, pages, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    course::asked::TeachingCourse,
    ui::frame::Frame,
    web::{Error, Nothing, Notice, PageResult, Protected, Respond, Undo, see_other},
};
use axum::extract::State;

/// Asks, or says which classes have to give it back first.
pub async fn show(State(app): State<App>, TeachingCourse(staff, course): TeachingCourse, frame: Frame) -> PageResult {
    let mut db = app.db.acquire().await?;
    let classes = store::classes_having(&mut db, course.id).await?;
    let lessons = lesson_store::in_order(&mut db, course.id).await?.len();
    Ok(pages::deletion(frame, pages::Deletion { staff, course, classes, lessons }).await)
}

/// Deletes it, unless a class has it.
pub async fn delete(
    State(app): State<App>,
    TeachingCourse(staff, course): TeachingCourse,
    frame: Frame,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    if !store::lock(&mut tx, course.id).await? {
        return Err(Error::NotFound);
    }
    let classes = store::classes_having(&mut tx, course.id).await?;
    if !classes.is_empty() {
        let lessons = lesson_store::in_order(&mut tx, course.id).await?.len();
        drop(tx);
        return Ok(pages::deletion(frame, pages::Deletion { staff, course, classes, lessons }).await.unprocessable());
    }
    store::delete(&mut tx, course.id, app.clock.now()).await?;
    let entry = Entry::new("course_deleted", Subject::Course(course.id)).within(course.organisation);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other("/teach/courses").with_undo(Notice::CourseDeleted, &Undo::restore(&course.path())))
}

/// Brings it back as it was.
pub async fn restore(
    State(app): State<App>,
    BringingBackCourse { staff, course, deleted }: BringingBackCourse,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    if deleted {
        let mut tx = app.db.begin().await?;
        store::restore(&mut tx, course.id).await?;
        let entry = Entry::new("course_restored", Subject::Course(course.id)).within(course.organisation);
        audit::record(&mut tx, &app, &staff, entry).await?;
        tx.commit().await?;
    }
    Ok(see_other(course.path()).with_notice(Notice::BroughtBack))
}
