//! `POST …/modules/{module}/restoration` and `POST …/materials/{material}/restoration`: bringing back what was deleted.

use super::list_path;
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    material::structure::{self, UNDO_DAYS},
    web::{Asked, Error, Nothing, Notice, PageResult, Protected, Respond, Teaching, see_other},
};
use axum::extract::State;
use chrono::{DateTime, Duration, Utc};
use shared_types::ids::{MaterialId, ModuleId};

/// Brings back a module with what was in it.
pub async fn module(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(module): Asked<ModuleId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    if !structure::restore_module(&mut tx, classroom.id, module, since(&app)).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("module_restored", Subject::Module(module)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(format!("{}#module-{module}", list_path(&classroom))).with_notice(Notice::BroughtBack))
}

/// Brings back a material.
pub async fn material(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(material): Asked<MaterialId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let module = structure::restore_material(&mut tx, classroom.id, material, since(&app)).await?;
    let module = module.ok_or(Error::NotFound)?;
    let entry = Entry::new("material_restored", Subject::Material(material)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(format!("{}#module-{module}", list_path(&classroom))).with_notice(Notice::BroughtBack))
}

fn since(app: &App) -> DateTime<Utc> {
    app.clock.now() - Duration::days(UNDO_DAYS)
}
