//! `GET` and `POST …/deletion`, `POST …/restoration`: deleting a class after a page that says what goes, and bringing it
//! back within thirty days.

use super::{UNDO_DAYS, pages, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    ui::frame::Frame,
    web::{
        BringingBack, Error, Nothing, Notice, PageResult, Protected, Respond, Teaching, Undo, Viewing, see_other,
        session,
    },
};
use axum::extract::State;
use chrono::Duration;

/// Asks, and says what goes.
pub async fn show(State(app): State<App>, Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    let contents = store::contents(&mut *app.db.acquire().await?, classroom.id).await?;
    Ok(pages::deletion(frame, staff, classroom, contents).await)
}

/// Deletes the class; its students are signed out.
pub async fn delete(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    if store::delete(&mut tx, classroom.id, app.clock.now()).await? {
        let ended = session::close_all_of_class(&mut tx, classroom.id).await?;
        let entry = Entry::new("classroom_deleted", Subject::Classroom(classroom.id))
            .within(classroom.organisation)
            .with("sessions", Detail::Number(ended.try_into().unwrap_or(i64::MAX)));
        audit::record(&mut tx, &app, &teacher, entry).await?;
        tx.commit().await?;
    }
    Ok(see_other("/teach").with_undo(Notice::ClassDeleted, &Undo::restore(&classroom.path())))
}

/// Brings it back as it was.
pub async fn restore(
    State(app): State<App>,
    BringingBack { staff, classroom, deleted_at }: BringingBack,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    if deleted_at.is_some_and(|at| at < app.clock.now() - Duration::days(UNDO_DAYS)) {
        return Err(Error::NotFound);
    }
    if deleted_at.is_some() {
        let mut tx = app.db.begin().await?;
        store::restore(&mut tx, classroom.id).await?;
        let entry = Entry::new("classroom_restored", Subject::Classroom(classroom.id)).within(classroom.organisation);
        audit::record(&mut tx, &app, &staff, entry).await?;
        tx.commit().await?;
    }
    Ok(see_other(classroom.path()).with_notice(Notice::ClassRestored))
}
