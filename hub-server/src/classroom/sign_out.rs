//! `POST …/students/{student}/sign-out` and `POST …/sign-out`: ending the sessions of one student, or of all.

use super::store;
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    enrolment::{asking, store as enrolment},
    helper_link::revocation,
    web::{Asked, Error, Notice, PageResult, Protected, Respond, Teaching, see_other, session},
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::StudentId;

/// Where the button was pressed.
#[derive(Debug, Deserialize)]
pub struct OneForm {
    #[serde(default)]
    from: String,
}

/// Ends a student's sessions everywhere and forgets their devices: from now on only the return code, or the teacher,
/// lets them in. What their open pages ask the helper is refused from then on: the end of a session is told to it.
pub async fn one(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(student): Asked<StudentId>,
    Protected(OneForm { from }): Protected<OneForm>,
) -> PageResult {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let known = store::student(&mut tx, classroom.id, student, now).await?.ok_or(Error::NotFound)?;
    let ended = session::close_all_of_student(&mut tx, known.id).await?;
    enrolment::forget_devices(&mut tx, known.id).await?;
    asking::store::forget_of_student(&mut tx, known.id).await?;
    let entry = Entry::new("student_signed_out", Subject::Student(known.id))
        .within(classroom.organisation)
        .with("sessions", Detail::Number(ended.try_into().unwrap_or(i64::MAX)));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    let back = if from == "student" { classroom.student_path(known.id) } else { classroom.roster_path() };
    Ok(see_other(back).with_notice(Notice::StudentSignedOut))
}

/// The form for everyone.
#[derive(Debug, Deserialize)]
pub struct EveryoneForm {
    /// `on` where the devices are to be forgotten too.
    #[serde(default)]
    forget_devices: String,
}

/// Ends the sessions of the whole class, and revokes its tokens for the helper.
pub async fn everyone(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(form): Protected<EveryoneForm>,
) -> PageResult {
    let forget = form.forget_devices == "on";
    let mut tx = app.db.begin().await?;
    let ended = session::close_all_of_class(&mut tx, classroom.id).await?;
    asking::store::forget_of_class(&mut tx, classroom.id).await?;
    if forget {
        enrolment::forget_devices_of_class(&mut tx, classroom.id).await?;
    }
    let epoch = store::raise_epoch(&mut tx, classroom.id).await?;
    let entry = Entry::new("classroom_signed_out", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("sessions", Detail::Number(ended.try_into().unwrap_or(i64::MAX)))
        .with("devices_forgotten", Detail::Flag(forget));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    revocation::announce(&app, classroom.id, epoch).await;
    Ok(see_other(classroom.settings_path()).with_notice(Notice::ClassSignedOut))
}
