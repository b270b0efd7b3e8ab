//! A module of a class: its title, and taking it away.

use super::{list::ModuleForm, list_path, module_path, pages, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    ui::frame::Frame,
    web::{Asked, Error, FormState, Notice, PageResult, Protected, Respond, Teaching, Undo, Viewing, see_other},
};
use axum::extract::State;
use serde::Deserialize;
use shared_types::ids::ModuleId;

/// A form that is only a button.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Confirmed {}

/// `GET /teach/classes/{classroom}/modules/{module}`: its title, and what a deletion would take.
pub async fn show(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(module): Asked<ModuleId>,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let title = store::module_title(&mut db, classroom.id, module).await?.ok_or(Error::NotFound)?;
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let affected = store::affected(&mut db, module, None).await?;
    let form = FormState::new(ModuleForm { title: title.clone(), idempotency_key: None });
    Ok(pages::module(frame, pages::ModulePage { staff, classroom, module, title, affected, form }).await)
}

/// `POST /teach/classes/{classroom}/modules/{module}`: gives it another title.
pub async fn rename(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(module): Asked<ModuleId>,
    frame: Frame,
    Protected(form): Protected<ModuleForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let (title, _) = match form.parse() {
        Ok(parsed) => parsed,
        Err(form) => {
            let title = store::module_title(&mut tx, classroom.id, module).await?.ok_or(Error::NotFound)?;
            let affected = store::affected(&mut tx, module, None).await?;
            let page = pages::ModulePage { staff, classroom, module, title, affected, form };
            return Ok(pages::module(frame, page).await.unprocessable());
        }
    };
    if !store::rename_module(&mut tx, classroom.id, module, &title).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("module_renamed", Subject::Module(module)).within(classroom.organisation);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(see_other(format!("{}#module-{module}", list_path(&classroom))).with_notice(Notice::Saved))
}

/// `POST /teach/classes/{classroom}/modules/{module}/deletion`: takes it away, with all that is in it.
pub async fn delete(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    Asked(module): Asked<ModuleId>,
    Protected(Confirmed {}): Protected<Confirmed>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let affected = store::affected(&mut tx, module, None).await?;
    if !store::delete_module(&mut tx, classroom.id, module, app.clock.now()).await? {
        return Err(Error::NotFound);
    }
    let entry = Entry::new("module_deleted", Subject::Module(module))
        .within(classroom.organisation)
        .with("students", Detail::Number(affected.students));
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    let undo = Undo::restore(&module_path(&classroom, module));
    Ok(see_other(list_path(&classroom)).with_undo(Notice::ModuleDeleted, &undo))
}
