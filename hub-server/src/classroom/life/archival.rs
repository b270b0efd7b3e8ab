//! `POST …/archival`: puts a class away, or takes it out again. Its students are signed out and cannot come back while
//! it is away; nothing of theirs is lost.

use super::{PAST_PATH, store};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    web::{Notice, PageResult, Protected, Respond, Teaching, see_other, session},
};
use axum::extract::State;
use serde::Deserialize;

/// Whether it shall be away.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ArchivalForm {
    archived: bool,
}

/// Puts it away or takes it out.
pub async fn set(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(ArchivalForm { archived }): Protected<ArchivalForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    store::set_archived(&mut tx, classroom.id, archived.then(|| app.clock.now())).await?;
    if archived {
        session::close_all_of_class(&mut tx, classroom.id).await?;
    }
    let entry = Entry::new("classroom_archival_set", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("archived", Detail::Flag(archived));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    Ok(if archived {
        see_other(PAST_PATH).with_notice(Notice::ClassArchived)
    } else {
        see_other(classroom.path()).with_notice(Notice::ClassUnarchived)
    })
}
