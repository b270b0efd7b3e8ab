//! `GET` and `POST …/copy`: another class with the same courses, modules and materials, and nobody in it.

use super::pages;
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    certificate,
    classroom::{
        Classroom,
        create::{self, ClassForm, Look},
        path, store as classrooms,
    },
    course, helper_rules, lesson, material,
    ui::frame::Frame,
    web::{
        Error, FormState, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::ClassroomId;
use sqlx::PgConnection;

/// What the copy shall be.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CopyForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub accent: String,
    /// `on` where due dates and the opening of lessons are taken over.
    #[serde(default)]
    pub dates: String,
    pub idempotency_key: Option<IdempotencyKey>,
}

impl CopyForm {
    fn parse(self) -> Result<Look, FormState<Self>> {
        let look = ClassForm { name: self.name.clone(), accent: self.accent.clone(), ..ClassForm::default() };
        look.parse().map_err(|refused| FormState { typed: self, errors: refused.errors })
    }
}

/// Shows the form.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let form = CopyForm {
        name: create::name_of_copy(&classroom.name, frame.words),
        accent: classroom.accent.to_string(),
        dates: String::new(),
        idempotency_key: Some(IdempotencyKey::new(&app)),
    };
    Ok(pages::copy(frame, staff, classroom, FormState::new(form)).await)
}

/// Makes the copy and shows it.
pub async fn copy(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<CopyForm>,
) -> PageResult {
    let key = form.idempotency_key.ok_or(Error::BadRequest)?;
    let with_dates = form.dates == "on";
    let look = match form.parse() {
        Ok(look) => look,
        Err(form) => return Ok(pages::copy(frame, teacher, classroom, form).await.unprocessable()),
    };
    let now = app.clock.now();
    let copy = ClassroomId(app.new_id());
    let mut tx = app.db.begin().await?;
    if let Some(earlier) = idempotency::led_to(&mut tx, teacher.id.0, key, &path(copy), now).await? {
        return Ok(see_other(earlier));
    }
    create::add(&mut tx, &app, copy, classroom.organisation, look).await?;
    structure(&mut tx, &app, &classroom, copy, with_dates).await?;
    note(&mut tx, &app, &teacher, &classroom, copy).await?;
    tx.commit().await?;
    Ok(see_other(path(copy)).with_notice(Notice::ClassCopied))
}

/// Everything about a class but its people and what they did.
async fn structure(
    tx: &mut PgConnection,
    app: &App,
    from: &Classroom,
    to: ClassroomId,
    with_dates: bool,
) -> sqlx::Result<()> {
    let now = app.clock.now();
    classrooms::set_enrolment(tx, to, from.enrolment).await?;
    course::store::copy_to_class(tx, from.id, to, now).await?;
    certificate::store::copy_to_class(tx, from.id, to, now).await?;
    helper_rules::store::copy_to_class(tx, from.id, to, now).await?;
    if with_dates {
        lesson::release::store::copy_to_class(tx, from.id, to, now).await?;
    }
    material::structure::copy_class(tx, from.id, to, with_dates, now).await
}

async fn note(
    tx: &mut PgConnection,
    app: &App,
    teacher: &Staff,
    from: &Classroom,
    to: ClassroomId,
) -> sqlx::Result<()> {
    classrooms::call_own(tx, to, teacher.id, app.clock.now()).await?;
    let entry = Entry::new("classroom_created", Subject::Classroom(to)).within(from.organisation);
    audit::record(tx, app, teacher, entry.with("copy_of", Detail::Id(from.id.0))).await
}
