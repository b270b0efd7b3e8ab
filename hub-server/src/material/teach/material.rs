//! A material of a class: looking at it as students do, adding, changing, taking away.

use super::{
    form::MaterialForm,
    list_path, material_path,
    module::Confirmed,
    pages::{self, EditPage, Editing},
    store,
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    grading::progress,
    material::{Kind, Material, store as materials},
    submission::store as shown,
    ui::frame::Frame,
    web::{
        Asked, Error, FormState, Notice, PageResult, Protected, Respond, Staff, Teaching, Undo, Viewing,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::{extract::State, http::StatusCode};
use axum_extra::extract::Query;
use serde::Deserialize;
use shared_types::ids::{MaterialId, ModuleId};

/// Which kind a new material is to be; none is still to be chosen.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Wish {
    kind: Option<Kind>,
}

/// `GET /teach/classes/{classroom}/materials/{material}`: as a student sees it.
pub async fn preview(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(id): Asked<MaterialId>,
    frame: Frame,
) -> PageResult {
    let material = found(&app, &classroom, id).await?;
    let mut db = app.db.acquire().await?;
    let progress = progress::of_class(&mut db, classroom.id, Some(id)).await?;
    let progress = progress.get(&id).copied();
    let is_gallery = material.settings.kind() == Kind::Gallery;
    let shown = if is_gallery { Some(shown::shared(&mut db, classroom.id, id, None).await?) } else { None };
    drop(db);
    let now = app.now_at_school();
    let page = pages::Preview { staff, classroom, material, may_change: role.may_teach(), progress, shown, now };
    Ok(pages::preview(frame, page).await)
}

/// `GET …/modules/{module}/materials/new`: which kind, then its form.
pub async fn new(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(module): Asked<ModuleId>,
    Query(Wish { kind }): Query<Wish>,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let title = store::module_title(&mut db, classroom.id, module).await?.ok_or(Error::NotFound)?;
    drop(db);
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let Some(kind) = kind else {
        return Ok(pages::kinds(frame, staff, classroom, module, title).await);
    };
    let form = FormState::new(MaterialForm::new(kind, IdempotencyKey::new(&app)));
    edit_page(&app, frame, staff, classroom, Editing::New { module, kind }, form).await
}

/// `POST …/modules/{module}/materials?kind=…`: adds a material.
pub async fn create(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(module): Asked<ModuleId>,
    Query(Wish { kind }): Query<Wish>,
    frame: Frame,
    Protected(form): Protected<MaterialForm>,
) -> PageResult {
    let kind = kind.ok_or(Error::BadRequest)?;
    let (now, key) = (app.clock.now(), form.idempotency_key.ok_or(Error::BadRequest)?);
    let edited = match form.parse(kind, None, frame.words.0, app.config.time_zone) {
        Ok(edited) => edited,
        Err(form) => {
            let editing = Editing::New { module, kind };
            return edit_page(&app, frame, staff, classroom, editing, form).await.unprocessable();
        }
    };
    let mut tx = app.db.begin().await?;
    store::module_title(&mut tx, classroom.id, module).await?.ok_or(Error::NotFound)?;
    let id = MaterialId(app.new_id());
    let path = material_path(&classroom, id);
    if let Some(earlier) = idempotency::led_to(&mut tx, staff.id.0, key, &path, now).await? {
        return Ok(see_other(earlier));
    }
    lesson_of_class(&mut tx, &classroom, &edited).await?;
    store::add_material(&mut tx, id, module, &edited, now).await?;
    let entry = Entry::new("material_added", Subject::Material(id)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry.with("kind", Detail::Word(kind.word()))).await?;
    tx.commit().await?;
    Ok(see_other(path).with_notice(Notice::MaterialAdded))
}

/// `GET …/materials/{material}/edit`.
pub async fn edit(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(id): Asked<MaterialId>,
    frame: Frame,
) -> PageResult {
    let material = found(&app, &classroom, id).await?;
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let form = FormState::new(MaterialForm::of(&material, app.config.time_zone));
    edit_page(&app, frame, staff, classroom, Editing::Standing(Box::new(material)), form).await
}

/// `POST …/materials/{material}/edit`: changes it. Its kind stays. Whoever saves what another one changed meanwhile sees
/// both first (409).
pub async fn change(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(id): Asked<MaterialId>,
    frame: Frame,
    Protected(form): Protected<MaterialForm>,
) -> PageResult {
    let material = found(&app, &classroom, id).await?;
    let (kind, zone) = (material.settings.kind(), app.config.time_zone);
    let typed = form.clone();
    let edited = match form.parse(kind, Some(&material.settings), frame.words.0, zone) {
        Ok(edited) => edited,
        Err(form) => {
            let editing = Editing::Standing(Box::new(material));
            return edit_page(&app, frame, staff, classroom, editing, form).await.unprocessable();
        }
    };
    let mut tx = app.db.begin().await?;
    store::lock(&mut tx, id).await?;
    let standing = materials::of_class(&mut tx, classroom.id, id, app.clock.now()).await?.ok_or(Error::NotFound)?;
    let saved = MaterialForm::of(&standing, zone);
    if saved.version != typed.version {
        if edited.is_as(&standing) {
            // The button was pressed twice, or both had the same thought.
            return Ok(see_other(material_path(&classroom, id)).with_notice(Notice::Saved));
        }
        let last = store::last_change(&mut tx, id).await?;
        drop(tx);
        let form = FormState::new(MaterialForm { version: saved.version.clone(), ..typed });
        let editing = Editing::Overtaken { material: Box::new(standing), saved: Box::new(saved), last };
        let mut page = edit_page(&app, frame, staff, classroom, editing, form).await?;
        *page.status_mut() = StatusCode::CONFLICT;
        return Ok(page);
    }
    lesson_of_class(&mut tx, &classroom, &edited).await?;
    store::change_material(&mut tx, id, &edited, app.clock.now()).await?;
    let entry = Entry::new("material_changed", Subject::Material(id)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(material_path(&classroom, id)).with_notice(Notice::Saved))
}

/// `GET …/materials/{material}/deletion`: what would go.
pub async fn confirm(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(id): Asked<MaterialId>,
    frame: Frame,
) -> PageResult {
    let material = found(&app, &classroom, id).await?;
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let affected = store::affected(&mut *app.db.acquire().await?, material.module, Some(id)).await?;
    Ok(pages::confirm(frame, staff, classroom, material, affected).await)
}

/// `POST …/materials/{material}/deletion`.
pub async fn delete(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(id): Asked<MaterialId>,
    Protected(Confirmed {}): Protected<Confirmed>,
) -> PageResult {
    let material = found(&app, &classroom, id).await?;
    let mut tx = app.db.begin().await?;
    let affected = store::affected(&mut tx, material.module, Some(id)).await?;
    store::delete_material(&mut tx, id, app.clock.now()).await?;
    let entry = Entry::new("material_deleted", Subject::Material(id))
        .within(classroom.organisation)
        .with("students", Detail::Number(affected.students));
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    let undo = Undo::restore(&material_path(&classroom, id));
    Ok(see_other(list_path(&classroom)).with_undo(Notice::MaterialDeleted, &undo))
}

pub(super) async fn found(app: &App, classroom: &Classroom, id: MaterialId) -> Result<Material, Error> {
    let mut db = app.db.acquire().await?;
    materials::of_class(&mut db, classroom.id, id, app.clock.now()).await?.ok_or(Error::NotFound)
}

/// A link leads to lessons of the class only.
async fn lesson_of_class(
    tx: &mut sqlx::PgConnection,
    classroom: &Classroom,
    edited: &super::form::Edited,
) -> Result<(), Error> {
    let Some(lesson) = edited.lesson else { return Ok(()) };
    let known = store::lessons(tx, classroom.id).await?.iter().any(|listed| listed.id == lesson);
    if known { Ok(()) } else { Err(Error::NotFound) }
}

async fn edit_page(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    editing: Editing,
    form: FormState<MaterialForm>,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let lessons = if editing.kind() == Kind::Link { store::lessons(&mut db, classroom.id).await? } else { Vec::new() };
    drop(db);
    let now = app.now_at_school();
    Ok(pages::edit(frame, EditPage { staff, classroom, editing, lessons, form, now }).await)
}

impl Editing {
    fn kind(&self) -> Kind {
        match self {
            Self::New { kind, .. } => *kind,
            Self::Standing(material) | Self::Overtaken { material, .. } => material.settings.kind(),
        }
    }
}
