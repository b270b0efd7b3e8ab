//! `GET` and `POST …/roster/reset`: an empty class for the next year, after a page that says what goes.

use super::page;
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::{Classroom, life::store as life},
    enrolment,
    ui::frame::Frame,
    web::{Error, FormState, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing, see_other},
};
use axum::extract::State;
use serde::Deserialize;

/// The tick that says that it is meant.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ResetForm {
    #[serde(default)]
    pub sure: String,
}

/// Asks, and says what goes.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    reset_page(&app, frame, staff, classroom, FormState::default()).await
}

/// Deletes every student of the class, with all they did. Nobody of another class is signed out.
pub async fn reset(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    Protected(form): Protected<ResetForm>,
) -> PageResult {
    if form.sure != "on" {
        let form = FormState::new(form).refuse("sure", "reset-not-sure");
        return reset_page(&app, frame, teacher, classroom, form).await.unprocessable();
    }
    let mut tx = app.db.begin().await?;
    let removed = enrolment::store::remove_everyone(&mut tx, classroom.id).await?;
    let entry = Entry::new("roster_reset", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("students", Detail::Number(removed.try_into().unwrap_or(i64::MAX)));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(classroom.roster_path()).with_notice(Notice::RosterReset))
}

async fn reset_page(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    form: FormState<ResetForm>,
) -> PageResult {
    let contents = life::contents(&mut *app.db.acquire().await?, classroom.id).await?;
    Ok(page::reset(frame, staff, classroom, contents, form).await)
}
