//! `GET` and `POST …/code-rotation`, `POST …/lock` and `POST …/enrolment`: who can still join a class.

use super::{ClassCode, Enrolment, pages, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    ui::frame::Frame,
    web::{
        Error, Notice, PageResult, Protected, Respond, Teaching, Viewing,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::extract::State;
use serde::Deserialize;

/// A form that is only a button, to be pressed once.
#[derive(Debug, Deserialize)]
pub struct RotateForm {
    idempotency_key: IdempotencyKey,
}

/// Says what a new code does.
pub async fn ask_code(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    Ok(pages::new_code(frame, staff, classroom, IdempotencyKey::new(&app)).await)
}

/// Gives the class a new code; the old one no longer lets anybody in.
pub async fn rotate_code(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(form): Protected<RotateForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let path = classroom.path();
    let key = form.idempotency_key;
    if let Some(earlier) = idempotency::led_to(&mut tx, teacher.id.0, key, &path, app.clock.now()).await? {
        return Ok(see_other(earlier));
    }
    while !store::set_code(&mut tx, classroom.id, &ClassCode::mint(&app.entropy)).await? {}
    let entry = Entry::new("classroom_code_rotated", Subject::Classroom(classroom.id)).within(classroom.organisation);
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(path).with_notice(Notice::CodeRotated))
}

/// Whether the class shall be locked.
#[derive(Debug, Deserialize)]
pub struct LockForm {
    locked: bool,
}

/// Stops new joins, or allows them again.
pub async fn set_lock(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(LockForm { locked }): Protected<LockForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    store::set_locked(&mut tx, classroom.id, locked).await?;
    let entry = Entry::new("classroom_lock_set", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("locked", Detail::Flag(locked));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    let notice = if locked { Notice::ClassLocked } else { Notice::ClassUnlocked };
    Ok(see_other(classroom.path()).with_notice(notice))
}

/// Who shall be able to join.
#[derive(Debug, Deserialize)]
pub struct EnrolmentForm {
    enrolment: Enrolment,
}

/// Opens the class to everyone with the code, to those with an invitation, or to nobody.
pub async fn set_enrolment(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(EnrolmentForm { enrolment }): Protected<EnrolmentForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    store::set_enrolment(&mut tx, classroom.id, enrolment).await?;
    let entry = Entry::new("classroom_enrolment_set", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("enrolment", Detail::Word(enrolment.slug()));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(classroom.settings_path()).with_notice(Notice::EnrolmentSet))
}
