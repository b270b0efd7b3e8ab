//! `POST …/modules/{module}/place` and `POST …/materials/{material}/place`: another place in the order.

use super::{arrange_path, material::found, material_path, module_path, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    material::structure::{self, Place},
    web::{Asked, Error, Notice, PageResult, Protected, Respond, Teaching, Undo, see_other},
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::{MaterialId, ModuleId};

/// Where to. A place behind the last is the last.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct PlaceForm {
    /// The first is 1.
    place: usize,
    /// Of materials: another module of the class.
    #[serde(default)]
    module: Option<ModuleId>,
}

/// Moves a module.
pub async fn module(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(module): Asked<ModuleId>,
    Protected(form): Protected<PlaceForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let before = structure::place_module(&mut tx, classroom.id, module, form.place).await?.ok_or(Error::NotFound)?;
    let entry = Entry::new("module_moved", Subject::Module(module)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry.with("from", Detail::Number(i64::try_from(before).unwrap_or(i64::MAX))))
        .await?;
    tx.commit().await?;
    let undo = Undo::place(&module_path(&classroom, module), &[("place", before.to_string())]);
    Ok(see_other(format!("{}#module-{module}", arrange_path(&classroom))).with_undo(Notice::Moved, &undo))
}

/// Moves a material within its module, or into another one.
pub async fn material(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(id): Asked<MaterialId>,
    Protected(form): Protected<PlaceForm>,
) -> PageResult {
    let material = found(&app, &classroom, id).await?;
    let to = form.module.unwrap_or(material.module);
    let mut tx = app.db.begin().await?;
    store::module_title(&mut tx, classroom.id, to).await?.ok_or(Error::NotFound)?;
    let before = structure::place_material(&mut tx, id, material.module, to, form.place).await?;
    let entry = Entry::new("material_moved", Subject::Material(id)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry.with("from", Detail::Id(before.module.0))).await?;
    tx.commit().await?;
    let there = format!("{}#material-{id}", arrange_path(&classroom));
    Ok(see_other(there).with_undo(Notice::Moved, &back(&classroom, id, before)))
}

/// The way back to where a material was.
pub(super) fn back(classroom: &Classroom, material: MaterialId, before: Place) -> Undo {
    let fields = [("place", before.place.to_string()), ("module", before.module.to_string())];
    Undo::place(&material_path(classroom, material), &fields)
}
