//! `GET` and `POST …/name`: another name and colour; and `POST …/own`: whether it stands first on my home page.

use super::{pages, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    classroom::{create::ClassForm, store as classrooms},
    ui::frame::Frame,
    web::{Error, FormState, Notice, PageResult, Protected, Respond, Teaching, Viewing, see_other},
};
use axum::extract::State;
use serde::Deserialize;

/// Shows the form.
pub async fn show(Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let (name, accent) = (classroom.name.clone(), classroom.accent.to_string());
    let form = FormState::new(ClassForm { name, accent, ..ClassForm::default() });
    Ok(pages::look(frame, staff, classroom, form).await)
}

/// Changes both.
pub async fn rename(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<ClassForm>,
) -> PageResult {
    let look = match form.parse() {
        Ok(look) => look,
        Err(form) => return Ok(pages::look(frame, teacher, classroom, form).await).unprocessable(),
    };
    let mut tx = app.db.begin().await?;
    store::set_look(&mut tx, classroom.id, &look).await?;
    let entry = Entry::new("classroom_renamed", Subject::Classroom(classroom.id)).within(classroom.organisation);
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(classroom.settings_path()).with_notice(Notice::Saved))
}

/// Whether it is to be.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct OwnForm {
    own: bool,
}

/// A note to oneself: it gives no right and takes none.
pub async fn call_own(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(OwnForm { own }): Protected<OwnForm>,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    if own {
        classrooms::call_own(&mut db, classroom.id, teacher.id, app.clock.now()).await?;
    } else {
        classrooms::call_another_s(&mut db, classroom.id, teacher.id).await?;
    }
    Ok(see_other(classroom.settings_path()).with_notice(Notice::Saved))
}
