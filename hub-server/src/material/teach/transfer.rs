//! `GET` and `POST …/materials/{material}/transfer`: moving or copying a material into another module, also of another
//! class; `GET` and `POST …/modules/{module}/copy`: the same for a whole module.

use super::{list_path, material::found, module_path, pages, place, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::{self, Classroom},
    material::{Material, structure},
    ui::frame::Frame,
    web::{
        Asked, Error, FormState, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing,
        idempotency::{self, IdempotencyKey},
        see_other,
    },
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::{ClassroomId, MaterialId, ModuleId};
use sqlx::PgConnection;

/// Where to, and which of the two buttons was pressed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TransferForm {
    pub to: Option<ModuleId>,
    /// `move`, or anything else for a copy.
    #[serde(default)]
    pub act: String,
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Shows where a material can go.
pub async fn show_material(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(id): Asked<MaterialId>,
    frame: Frame,
) -> PageResult {
    let material = found(&app, &classroom, id).await?;
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let form = TransferForm { idempotency_key: Some(IdempotencyKey::new(&app)), ..TransferForm::default() };
    material_page(&app, frame, staff, classroom, material, FormState::new(form)).await
}

/// Moves or copies it.
pub async fn transfer(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(id): Asked<MaterialId>,
    frame: Frame,
    Protected(form): Protected<TransferForm>,
) -> PageResult {
    let material = found(&app, &classroom, id).await?;
    let key = form.idempotency_key.ok_or(Error::BadRequest)?;
    let targets = structure::targets(&mut *app.db.acquire().await?, classroom.organisation, classroom.id).await?;
    let Some(target) = targets.into_iter().find(|target| Some(target.module) == form.to) else {
        let form = FormState::new(form).refuse("to", "transfer-where");
        return material_page(&app, frame, staff, classroom, material, form).await.unprocessable();
    };
    let now = app.clock.now();
    let copy = MaterialId(app.new_id());
    let there = format!("{}/materials#module-{}", classroom::path(target.classroom), target.module);
    let mut tx = app.db.begin().await?;
    if form.act == "move" {
        let leaves = target.classroom != classroom.id;
        if leaves && let Some(why) = keeps_it_here(&mut tx, &material, target.classroom).await? {
            drop(tx);
            let form = match why {
                Keeps::Work => FormState::new(form).refuse("to", "transfer-stays"),
                Keeps::Lesson => FormState::new(form).refuse("to", "transfer-no-lesson"),
            };
            return material_page(&app, frame, staff, classroom, material, form).await.unprocessable();
        }
        let before = structure::place_material(&mut tx, id, material.module, target.module, usize::MAX).await?;
        let entry = Entry::new("material_moved", Subject::Material(id)).within(classroom.organisation);
        audit::record(&mut tx, &app, &staff, entry.with("from", Detail::Id(before.module.0))).await?;
        tx.commit().await?;
        if leaves {
            return Ok(see_other(there).with_notice(Notice::Moved));
        }
        return Ok(see_other(there).with_undo(Notice::Moved, &place::back(&classroom, id, before)));
    }
    if let Some(earlier) = idempotency::led_to(&mut tx, staff.id.0, key, &there, now).await? {
        return Ok(see_other(earlier));
    }
    if !structure::copy_material(&mut tx, id, copy, (target.classroom, target.module), now).await? {
        drop(tx);
        let form = FormState::new(form).refuse("to", "transfer-no-lesson");
        return material_page(&app, frame, staff, classroom, material, form).await.unprocessable();
    }
    let entry = Entry::new("material_added", Subject::Material(copy)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry.with("copy_of", Detail::Id(id.0))).await?;
    tx.commit().await?;
    Ok(see_other(there).with_notice(Notice::Copied))
}

/// What keeps a material in its class.
enum Keeps {
    /// Students worked on it.
    Work,
    /// It leads to a lesson that the other class does not have.
    Lesson,
}

/// Why a material cannot go to another class. It stays locked, so that nobody begins to work on it meanwhile.
async fn keeps_it_here(tx: &mut PgConnection, material: &Material, to: ClassroomId) -> sqlx::Result<Option<Keeps>> {
    if store::lock_and_look_for_work(tx, material.id).await? {
        return Ok(Some(Keeps::Work));
    }
    let Some(lesson) = material.lesson else { return Ok(None) };
    let known = store::lessons(tx, to).await?.iter().any(|listed| listed.id == lesson);
    Ok((!known).then_some(Keeps::Lesson))
}

async fn material_page(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    material: Material,
    form: FormState<TransferForm>,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let targets = structure::targets(&mut db, classroom.organisation, classroom.id).await?;
    let has_work = store::has_work(&mut db, material.id).await?;
    drop(db);
    Ok(pages::transfer(frame, pages::Transfer { staff, classroom, material, targets, has_work, form }).await)
}

/// The class to copy to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CopyForm {
    pub to: Option<ClassroomId>,
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Shows which class a module can be copied to.
pub async fn show_module(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(module): Asked<ModuleId>,
    frame: Frame,
) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let form = CopyForm { to: None, idempotency_key: Some(IdempotencyKey::new(&app)) };
    module_page(&app, frame, staff, classroom, module, FormState::new(form)).await
}

/// Copies it with what is in it.
pub async fn copy_module(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(module): Asked<ModuleId>,
    frame: Frame,
    Protected(form): Protected<CopyForm>,
) -> PageResult {
    let (now, key) = (app.clock.now(), form.idempotency_key.ok_or(Error::BadRequest)?);
    let mut tx = app.db.begin().await?;
    store::module_title(&mut tx, classroom.id, module).await?.ok_or(Error::NotFound)?;
    let classes = structure::target_classes(&mut tx, classroom.organisation, classroom.id).await?;
    let Some(target) = classes.into_iter().find(|class| Some(class.id) == form.to) else {
        drop(tx);
        let form = FormState::new(form).refuse("to", "transfer-where");
        return module_page(&app, frame, staff, classroom, module, form).await.unprocessable();
    };
    let copy = ModuleId(app.new_id());
    let there = format!("{}/materials#module-{copy}", classroom::path(target.id));
    if let Some(earlier) = idempotency::led_to(&mut tx, staff.id.0, key, &there, now).await? {
        return Ok(see_other(earlier));
    }
    let left_out = structure::copy_module(&mut tx, module, copy, target.id, now).await?;
    let entry = Entry::new("module_added", Subject::Module(copy)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry.with("copy_of", Detail::Id(module.0))).await?;
    tx.commit().await?;
    Ok(see_other(there).with_notice(if left_out == 0 { Notice::Copied } else { Notice::CopiedWithoutLessons }))
}

async fn module_page(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    module: ModuleId,
    form: FormState<CopyForm>,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let title = store::module_title(&mut db, classroom.id, module).await?.ok_or(Error::NotFound)?;
    let classes = structure::target_classes(&mut db, classroom.organisation, classroom.id).await?;
    drop(db);
    let (action, back) = (format!("{}/copy", module_path(&classroom, module)), list_path(&classroom));
    let page = pages::ModuleCopy { staff, classroom, title, classes, action, back, form };
    Ok(pages::module_copy(frame, page).await)
}
