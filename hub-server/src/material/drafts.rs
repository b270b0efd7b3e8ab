//! `POST /student/materials/{material}/draft`: keeps what is being typed, for the button "Save draft" and for the page
//! itself, which asks `quiet` while somebody types. `POST …/draft/deletion` goes back to what was handed in.

use super::{
    Answer,
    answer::Fields,
    handlers::{Typed, path, typed},
    pages::{self, Around, Form, MaterialPage, Trouble},
    store,
    work::{self, Work},
};
use crate::{
    app::App,
    grading::returned,
    ui::frame::Frame,
    web::{Asked, Error, JoinedStudent, Nothing, Notice, PageResult, Protected, Respond, see_other},
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use shared_types::ids::MaterialId;

/// Keeps a draft.
pub async fn save(
    State(app): State<App>,
    student: Option<JoinedStudent>,
    Asked(id): Asked<MaterialId>,
    frame: Frame,
    Protected(fields): Protected<Fields>,
) -> PageResult {
    let quiet = fields.get("quiet").is_some();
    let Some(JoinedStudent(student, classroom)) = student else {
        let signed_out = StatusCode::UNAUTHORIZED;
        return Ok(if quiet { signed_out.into_response() } else { pages::signed_out(frame, &fields).await });
    };
    let now = app.now_at_school();
    let mut tx = app.db.begin().await?;
    work::one_at_a_time(&mut tx, student.id).await?;
    let Typed { material, answer, base } = typed(&mut tx, &classroom, id, &fields, now).await?;
    if matches!(answer, Answer::Checklist { .. }) {
        return Err(Error::NotFound);
    }
    let work = work::of_student(&mut tx, student.id, id, answer.kind()).await?;
    let faults = answer.too_long();
    let trouble = if !work.allows(base, &answer) {
        Trouble::Overtaken
    } else if faults.is_empty() {
        // The same words once more are no new draft: a page sends them again as it is left, also when they are handed in.
        if work.newest() != Some(&answer) {
            work::keep_draft(&mut tx, student.id, id, &answer.to_draft(), now.now).await?;
        }
        let work = work::of_student(&mut tx, student.id, id, answer.kind()).await?;
        tx.commit().await?;
        let saved = || see_other(path(id)).with_notice(Notice::DraftSaved);
        return Ok(if quiet { work.base().to_string().into_response() } else { saved() });
    } else {
        Trouble::Faults(faults)
    };
    let status = trouble.status();
    let mut response = if quiet {
        standing(&work)
    } else {
        let around = Around::of(&mut tx, &material).await?;
        let feedback = returned::feedback(&mut tx, student.id, &material, now.now).await?;
        let form = Form::refused(&material, work, student.id, answer, trouble);
        let page = MaterialPage { student, classroom, material, around, feedback, form, read: false, now };
        pages::show(frame, page).await
    };
    *response.status_mut() = status;
    Ok(response)
}

/// Forgets what was typed since handing in. What a window sends that has not heard of it does not bring it back.
pub async fn discard(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(id): Asked<MaterialId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    work::one_at_a_time(&mut tx, student.id).await?;
    let material = store::of_class(&mut tx, classroom.id, id, app.clock.now()).await?;
    material.filter(|material| material.open).ok_or(Error::NotFound)?;
    work::drop_draft(&mut tx, student.id, id).await?;
    work::renew_base(&mut tx, student.id, id).await?;
    tx.commit().await?;
    Ok(see_other(path(id)).with_notice(Notice::ChangesDiscarded))
}

/// What is kept, as the fields of the form it would be typed in; `base` comes first.
pub(super) fn standing(work: &Work) -> Response {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let mut body = work.base().to_string();
    for (name, value) in work.newest().map(Answer::fields).unwrap_or_default() {
        body.push_str(&format!("&{}={}", encoded(&name), encoded(&value)));
    }
    ([(header::CONTENT_TYPE, "application/x-www-form-urlencoded")], body).into_response()
}
