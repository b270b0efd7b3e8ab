//! `POST …/entry-requests/{request}/approval` and `…/refusal`: the teacher answers.

use super::{State as Answer, store};
use crate::{
    app::App,
    audit::{self, Entry, Subject},
    classroom::Classroom,
    web::{Asked, Nothing, Notice, PageResult, Protected, Respond, Staff, Teaching, see_other},
};
use axum::extract::State;
use shared_types::ids::EntryRequestId;

/// Lets the asking browser in.
pub async fn approve(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(request): Asked<EntryRequestId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    decide(&app, &teacher, &classroom, request, Answer::Approved).await
}

/// Does not let it in; the waiting page says so kindly.
pub async fn refuse(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Asked(request): Asked<EntryRequestId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    decide(&app, &teacher, &classroom, request, Answer::Refused).await
}

async fn decide(
    app: &App,
    teacher: &Staff,
    classroom: &Classroom,
    request: EntryRequestId,
    answer: Answer,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let student = store::decide(&mut tx, classroom.id, request, answer, app.clock.now()).await?;
    // Answered already, perhaps by the same press: the roster shows how it stands.
    let Some(student) = student else {
        return Ok(see_other(classroom.roster_path()).with_notice(Notice::EntryGone));
    };
    let (action, notice) = match answer {
        Answer::Approved => ("entry_approved", Notice::EntryApproved),
        _ => ("entry_refused", Notice::EntryRefused),
    };
    let entry = Entry::new(action, Subject::Student(student)).within(classroom.organisation);
    audit::record(&mut tx, app, teacher, entry).await?;
    tx.commit().await?;
    Ok(see_other(classroom.roster_path()).with_notice(notice))
}
