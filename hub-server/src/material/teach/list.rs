//! `GET /teach/classes/{classroom}/materials`: what the class works through; and adding a module to it.

use super::{list_path, pages, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    classroom::Classroom,
    grading::progress,
    material::outline,
    organisation::Role,
    ui::frame::Frame,
    web::{
        FormState, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::ModuleId;

/// A module's title.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ModuleForm {
    pub title: String,
    /// Sent with a new one.
    pub idempotency_key: Option<IdempotencyKey>,
}

impl ModuleForm {
    /// The title on one line.
    pub fn parse(self) -> Result<(String, Option<IdempotencyKey>), FormState<Self>> {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let form = FormState::new(self);
        if title.is_empty() {
            Err(form.refuse("title", "module-title-missing"))
        } else if title.chars().count() > 200 {
            Err(form.refuse("title", "module-title-too-long"))
        } else {
            Ok((title, form.typed.idempotency_key))
        }
    }
}

/// Shows the list.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    let form = FormState::new(ModuleForm { idempotency_key: Some(IdempotencyKey::new(&app)), ..ModuleForm::default() });
    page(&app, frame, staff, classroom, role, form).await
}

/// `POST …/modules`: adds a module.
pub async fn add_module(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<ModuleForm>,
) -> PageResult {
    let (title, key) = match form.parse() {
        Ok(parsed) => parsed,
        Err(form) => return page(&app, frame, teacher, classroom, Role::Teacher, form).await.unprocessable(),
    };
    let (now, path) = (app.clock.now(), list_path(&classroom));
    let mut tx = app.db.begin().await?;
    if let Some(key) = key
        && let Some(earlier) = idempotency::led_to(&mut tx, teacher.id.0, key, &path, now).await?
    {
        return Ok(see_other(earlier));
    }
    let id = ModuleId(app.new_id());
    store::add_module(&mut tx, id, classroom.id, &title, now).await?;
    let entry = Entry::new("module_added", Subject::Module(id)).within(classroom.organisation);
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(format!("{path}#module-{id}")).with_notice(Notice::ModuleAdded))
}

async fn page(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    role: Role,
    form: FormState<ModuleForm>,
) -> PageResult {
    let now = app.now_at_school();
    let mut db = app.db.acquire().await?;
    let modules = outline::of_class(&mut db, classroom.id, now.now).await?;
    let progress = progress::of_class(&mut db, classroom.id, None).await?;
    drop(db);
    let list = pages::List { staff, classroom, may_change: role.may_teach(), modules, progress, form, now };
    Ok(pages::list(frame, list).await)
}
