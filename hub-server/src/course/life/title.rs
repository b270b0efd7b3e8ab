//! `GET` and `POST …/title`: another title. The slug stays: an import finds the course again by it.

use super::{form::CourseForm, pages, sheet_file, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    course::asked::TeachingCourse,
    ui::frame::Frame,
    web::{Error, FormState, Notice, PageResult, Protected, Respond, see_other},
};
use axum::extract::State;

/// Shows the form.
pub async fn show(TeachingCourse(staff, course): TeachingCourse, frame: Frame) -> PageResult {
    let form = FormState::new(CourseForm { title: course.title.clone(), ..CourseForm::default() });
    Ok(pages::title(frame, staff, course, form).await)
}

/// Changes it, in `course.yaml` too.
pub async fn change(
    State(app): State<App>,
    TeachingCourse(staff, course): TeachingCourse,
    frame: Frame,
    Protected(form): Protected<CourseForm>,
) -> PageResult {
    let title = match form.title() {
        Ok(title) => title,
        Err(form) => return Ok(pages::title(frame, staff, course, form).await).unprocessable(),
    };
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if !store::lock(&mut tx, course.id).await? {
        return Err(Error::NotFound);
    }
    store::set_title(&mut tx, course.id, &title, now).await?;
    if let Some(text) = store::sheet_text(&mut tx, course.id).await? {
        let sheet = sheet_file::retitled(&text, &title).map_err(anyhow::Error::from)?;
        store::put_sheet(&mut tx, course.id, &sheet, now).await?;
    }
    let entry = Entry::new("course_renamed", Subject::Course(course.id)).within(course.organisation);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(course.path()).with_notice(Notice::Saved))
}
