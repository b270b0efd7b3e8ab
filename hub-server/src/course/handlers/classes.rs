//! Giving a course to a class and taking it away.

use super::show::{self, Giving};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    course::{
        self,
        asked::{TeachingCourse, TeachingCourseOfClass, ViewingCourse},
        life, store,
    },
    organisation::Role,
    ui::frame::Frame,
    web::{Error, Notice, PageResult, Protected, Respond, see_other},
};
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

/// The form that gives it.
#[derive(Clone, Debug, Deserialize)]
pub struct GiveForm {
    /// Empty where none was chosen.
    #[serde(default)]
    classroom: String,
}

/// The form that takes it away; it has nothing to say.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Nothing {}

/// `POST /teach/courses/{course}/classes`: a class of the same organisation is to work through it.
pub async fn give(
    TeachingCourse(staff, course): TeachingCourse,
    State(app): State<App>,
    frame: Frame,
    Protected(form): Protected<GiveForm>,
) -> PageResult {
    if form.classroom.is_empty() {
        let giving = Giving { chosen: None, refused: true };
        return show::page(&app, frame, ViewingCourse { staff, course, role: Role::Teacher }, giving)
            .await
            .unprocessable();
    }
    let chosen: Uuid = form.classroom.parse().map_err(|_| Error::NotFound)?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    // Whoever deletes the course meanwhile waits, or was first.
    if !life::store::lock(&mut tx, course.id).await? {
        return Err(Error::NotFound);
    }
    let classes = store::classes(&mut tx, &course).await?;
    let class = classes.into_iter().find(|class| class.id.0 == chosen).ok_or(Error::NotFound)?;
    course::into_class(&mut tx, class.id, course.id, &app.entropy, now).await?;
    if !class.has_it {
        let entry = Entry::new("course_given", Subject::Course(course.id)).within(course.organisation);
        audit::record(&mut tx, &app, &staff, entry.with("classroom", Detail::Id(class.id.0))).await?;
    }
    tx.commit().await?;
    Ok(see_other(course.path()).with_notice(Notice::CourseGiven))
}

/// `POST /teach/courses/{course}/classes/{classroom}/removal`: what students did in it stays.
pub async fn take_away(
    TeachingCourseOfClass(staff, course, classroom): TeachingCourseOfClass,
    State(app): State<App>,
    _form: Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    if !course::out_of_class(&mut tx, classroom, course.id, app.clock.now()).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("course_taken_away", Subject::Course(course.id)).within(course.organisation);
    audit::record(&mut tx, &app, &staff, entry.with("classroom", Detail::Id(classroom.0))).await?;
    tx.commit().await?;
    Ok(see_other(course.path()).with_notice(Notice::CourseTakenAway))
}
