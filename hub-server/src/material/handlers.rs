//! What a student's material answers: the page, and handing in what it asks for.

use super::{
    Answer, Material, Settings,
    answer::Fields,
    drafts::standing,
    pages::{self, Around, Form, MaterialPage, Trouble},
    reading, store,
    work::{self, Base},
};
use crate::{
    app::App,
    classroom::Classroom,
    grading::returned,
    submission,
    ui::{frame::Frame, time::Now},
    web::{Asked, Error, JoinedStudent, Notice, PageResult, Protected, Respond, see_other},
};
use axum::{extract::State, http::StatusCode, response::IntoResponse};
use shared_types::ids::MaterialId;
use sqlx::PgConnection;

/// `GET /student/materials/{material}`.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(id): Asked<MaterialId>,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let now = app.now_at_school();
    let material = store::of_class(&mut db, classroom.id, id, now.now).await?.ok_or(Error::NotFound)?;
    if !material.open {
        return Ok(pages::locked(frame, student, classroom, material, now).await);
    }
    if let Some(lesson) = material.lesson {
        return Ok(see_other(format!("/student/lessons/{lesson}")));
    }
    if matches!(material.settings, Settings::Upload(_) | Settings::Gallery(_)) {
        drop(db);
        return submission::show(&app, frame, student, classroom, material).await;
    }
    let around = Around::of(&mut db, &material).await?;
    let work = work::of_student(&mut db, student.id, id, material.settings.kind()).await?;
    let feedback = returned::feedback(&mut db, student.id, &material, now.now).await?;
    let read = material.is_reading() && reading::is_read(&mut db, student.id, id).await?;
    drop(db);
    let form = Form::of(&material, work, student.id).closed(feedback.closed);
    Ok(pages::show(frame, MaterialPage { student, classroom, material, around, feedback, form, read, now }).await)
}

/// `POST /student/materials/{material}/response`: saves ticks, hands in the rest. The page itself asks `quiet`, with
/// every tick.
pub async fn respond(
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
    let work = work::of_student(&mut tx, student.id, id, answer.kind()).await?;
    let feedback = returned::feedback(&mut tx, student.id, &material, now.now).await?;
    let faults = answer.faults(&material.settings);
    let trouble = if feedback.closed.is_some() {
        Trouble::Closed
    } else if !work.allows(base, &answer) {
        Trouble::Overtaken
    } else if faults.is_empty() {
        let whole = answer.is_whole(&material.settings);
        work::keep_response(&mut tx, student.id, id, &answer, whole, now.now).await?;
        work::drop_draft(&mut tx, student.id, id).await?;
        let work = work::of_student(&mut tx, student.id, id, answer.kind()).await?;
        tx.commit().await?;
        let kept = || see_other(path(id)).with_notice(kept(&answer, whole));
        return Ok(if quiet { work.base().to_string().into_response() } else { kept() });
    } else {
        Trouble::Faults(faults)
    };
    let status = trouble.status();
    let mut response = if quiet {
        standing(&work)
    } else {
        let around = Around::of(&mut tx, &material).await?;
        let form = Form::refused(&material, work, student.id, answer, trouble).closed(feedback.closed);
        let page = MaterialPage { student, classroom, material, around, feedback, form, read: false, now };
        pages::show(frame, page).await
    };
    *response.status_mut() = status;
    Ok(response)
}

/// What came with a form, for a material that is there and open.
pub(super) struct Typed {
    pub(super) material: Material,
    pub(super) answer: Answer,
    pub(super) base: Base,
}

pub(super) async fn typed(
    tx: &mut PgConnection,
    classroom: &Classroom,
    id: MaterialId,
    fields: &Fields,
    now: Now,
) -> Result<Typed, Error> {
    let material = store::of_class(tx, classroom.id, id, now.now).await?;
    let material = material.filter(|material| material.open).ok_or(Error::NotFound)?;
    let answer = Answer::of(&material.settings, fields).ok_or(Error::NotFound)?;
    let base = fields.get("base").and_then(|base| base.parse().ok()).ok_or(Error::BadRequest)?;
    Ok(Typed { material, answer, base })
}

/// The student's page of a material.
pub fn path(id: MaterialId) -> String {
    format!("/student/materials/{id}")
}

const fn kept(answer: &Answer, whole: bool) -> Notice {
    match answer {
        Answer::Checklist { .. } if whole => Notice::ChecklistDone,
        Answer::Checklist { .. } => Notice::ChecklistSaved,
        Answer::Reflection { .. } | Answer::Rubric { .. } => Notice::HandedIn,
    }
}

impl Trouble {
    /// What a page that says so is answered with.
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::Overtaken => StatusCode::CONFLICT,
            Self::Closed | Self::Faults(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}
