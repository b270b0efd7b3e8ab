//! `GET /teach/classes/{classroom}/students/{student}`: one student, and what a teacher can do for them; and
//! `POST …/name`: another name.

use super::{Classroom, pages, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    enrolment::{self, DisplayName},
    grading::progress,
    privacy,
    ui::frame::Frame,
    web::{Asked, Error, FormState, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing, see_other},
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::StudentId;

/// A student's new name.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct NameForm {
    #[serde(default)]
    pub display_name: String,
}

/// Shows the student.
pub async fn show(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(student): Asked<StudentId>,
    frame: Frame,
) -> PageResult {
    page(&app, frame, (staff, role.may_teach()), classroom, student, None).await
}

/// Gives the student another name; return code, devices and work stay.
pub async fn rename(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(student): Asked<StudentId>,
    frame: Frame,
    Protected(form): Protected<NameForm>,
) -> PageResult {
    let name = DisplayName::parse(&form.display_name);
    let mut tx = app.db.begin().await?;
    store::student(&mut tx, classroom.id, student, app.clock.now()).await?.ok_or(Error::NotFound)?;
    let refused = match name {
        Err(fault) => fault.refuse_in(FormState::new(form)),
        Ok(name) if enrolment::store::rename(&mut tx, classroom.id, student, &name).await? => {
            let entry = Entry::new("student_renamed", Subject::Student(student)).within(classroom.organisation);
            audit::record(&mut tx, &app, &teacher, entry).await?;
            tx.commit().await?;
            return Ok(see_other(classroom.student_path(student)).with_notice(Notice::StudentRenamed));
        }
        Ok(_) => FormState::new(form).refuse("display_name", "student-name-taken"),
    };
    drop(tx);
    page(&app, frame, (teacher, true), classroom, student, Some(refused)).await.unprocessable()
}

async fn page(
    app: &App,
    frame: Frame,
    (staff, may_change): (Staff, bool),
    classroom: Classroom,
    student: StudentId,
    form: Option<FormState<NameForm>>,
) -> PageResult {
    let now = app.now_at_school();
    let mut db = app.db.acquire().await?;
    let student = store::student(&mut db, classroom.id, student, now.now).await?.ok_or(Error::NotFound)?;
    let work = progress::of_student(&mut db, classroom.id, student.id, now.now).await?;
    let kept = privacy::kept::of_student(&mut db, student.id).await?;
    drop(db);
    let name = student.display_name.clone();
    let form = form.unwrap_or_else(|| FormState::new(NameForm { display_name: name }));
    let page = pages::OneStudent { staff, classroom, student, work, kept, now, may_change, form };
    Ok(pages::student(frame, page).await)
}
