//! `GET …/certificates`: where everybody stands. `POST …/certificates/preview` and `POST …/certificates`: giving them
//! out, after a page that says who gets one.

use super::{
    CertificateCode, list_path, pages, paper,
    policy::missing,
    store::{self, Given, Outcomes},
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    ui::frame::Frame,
    web::{
        Error, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use anyhow::Context;
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::{CertificateId, StudentId};
use sqlx::PgConnection;

/// Shows where everybody stands.
pub async fn list(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    let mut db = app.db.acquire().await?;
    let outcomes = store::outcomes(&mut db, classroom.id).await?;
    let lines = store::lines(&mut db, classroom.id).await?;
    drop(db);
    let page = pages::List { staff, classroom, outcomes, lines, may_change: role.may_teach() };
    Ok(pages::list(frame, page).await)
}

/// Who was ticked.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ChosenForm {
    #[serde(default)]
    pub student: Vec<StudentId>,
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Shows who would get one. Changes nothing.
pub async fn preview(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<ChosenForm>,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let Some(outcomes) = store::outcomes(&mut db, classroom.id).await? else {
        return Ok(see_other(list_path(&classroom)));
    };
    let lines = store::lines(&mut db, classroom.id).await?;
    drop(db);
    let chosen: Vec<_> = lines.into_iter().filter(|line| form.student.contains(&line.student)).collect();
    if chosen.is_empty() {
        return Ok(see_other(list_path(&classroom)).with_notice(Notice::NobodyChosen));
    }
    let names: Vec<String> = chosen.iter().map(|line| line.display_name.clone()).collect();
    let unwritable = tokio::task::spawn_blocking(move || {
        names.iter().map(|name| paper::missing_letters(name) > 0).collect::<Vec<_>>()
    });
    let unwritable = unwritable.await.context("looking for letters")?;
    let lines = chosen
        .into_iter()
        .zip(unwritable)
        .map(|(line, unwritable)| pages::Candidate {
            missing: missing(outcomes.asked, &line.progress),
            has_one: line.certificate.is_some(),
            unwritable,
            student: line.student,
            name: line.display_name,
        })
        .collect();
    let key = IdempotencyKey::new(&app);
    Ok(pages::preview(frame, pages::Preview { staff: teacher, classroom, outcomes, lines, key }).await)
}

/// Gives them out. Who has one that holds keeps that one.
pub async fn issue(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(form): Protected<ChosenForm>,
) -> PageResult {
    let (now, here) = (app.clock.now(), list_path(&classroom));
    let key = form.idempotency_key.ok_or(Error::BadRequest)?;
    let mut tx = app.db.begin().await?;
    if idempotency::led_to(&mut tx, teacher.id.0, key, &here, now).await?.is_some() {
        return Ok(see_other(here).with_notice(Notice::CertificatesIssued));
    }
    let outcomes = store::outcomes(&mut tx, classroom.id).await?.ok_or(Error::NotFound)?;
    let students = store::without(&mut tx, classroom.id, &form.student).await?;
    for (student, name) in &students {
        give(&mut tx, &app, &teacher, &classroom, (*student, name), &outcomes).await?;
    }
    tx.commit().await?;
    let notice = if students.is_empty() { Notice::NobodyChosen } else { Notice::CertificatesIssued };
    Ok(see_other(here).with_notice(notice))
}

/// Gives one to a student, under the name they have now.
pub(super) async fn give(
    tx: &mut PgConnection,
    app: &App,
    teacher: &Staff,
    classroom: &Classroom,
    (student, name): (StudentId, &str),
    outcomes: &Outcomes,
) -> sqlx::Result<CertificateId> {
    let id = CertificateId(app.new_id());
    let given = Given { id, code: CertificateCode::mint(&app.entropy), student, name, outcomes };
    store::add(tx, classroom.id, &given, teacher.id, app.clock.now()).await?;
    let entry = Entry::new("certificate_issued", Subject::Certificate(id)).within(classroom.organisation);
    audit::record(tx, app, teacher, entry.with("student", Detail::Id(student.0))).await?;
    Ok(id)
}
