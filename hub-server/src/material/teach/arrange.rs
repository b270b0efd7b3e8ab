//! `GET /teach/classes/{classroom}/materials/arrangement`: the order of modules and materials, with buttons that move
//! them; and what was deleted, with the way back.

use super::pages;
use crate::{
    app::App,
    material::{
        outline,
        structure::{self, UNDO_DAYS},
    },
    ui::frame::Frame,
    web::{Error, PageResult, Viewing},
};
use axum::extract::State;
use chrono::Duration;

/// Shows it.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let now = app.now_at_school();
    let mut db = app.db.acquire().await?;
    let modules = outline::of_class(&mut db, classroom.id, now.now).await?;
    let deleted = structure::deleted(&mut db, classroom.id, now.now - Duration::days(UNDO_DAYS)).await?;
    drop(db);
    Ok(pages::arrange(frame, pages::Arrange { staff, classroom, modules, deleted, now }).await)
}
