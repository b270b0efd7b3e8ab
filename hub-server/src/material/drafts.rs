//! `POST /student/materials/{material}/draft`: keeps what is being typed, for the button "Save draft" and for the page
//! itself, which asks `quiet` while somebody types.

use super::{
    Answer,
    answer::Fields,
    handlers::{Typed, path, typed},
    pages::{self, Around, Form, MaterialPage, Trouble},
    work::{self, Work},
};
use crate::{
    app::App,
    grading::returned,
    ui::frame::Frame,
    web::{Asked, Error, JoinedStudent, Notice, PageResult, Protected, Respond, see_other},
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
        work::keep_draft(&mut tx, student.id, id, &answer.to_draft(), now.now).await?;
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
        pages::show(frame, MaterialPage { student, classroom, material, around, feedback, form, now }).await
    };
    *response.status_mut() = status;
    Ok(response)
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
