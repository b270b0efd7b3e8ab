//! `POST /student/materials/{material}/submissions`: a file is handed in.

use super::{
    Refusal,
    check::{Examined, Wanted},
    form::{HandInForm, HandedIn},
    handing, path, show_with,
    store::{self, NewSubmission},
    words,
};
use crate::{
    app::App,
    classroom::{Classroom, Student},
    grading::returned,
    material::{Material, store as materials},
    storage::{self, SafeName, Spooled, Stored},
    ui::frame::Frame,
    web::{
        Asked, Error, FormState, JoinedStudent, Notice, PageResult, Respond,
        error::accepts_json,
        idempotency::{self, IdempotencyKey},
        multipart::ProtectedParts,
        see_other,
    },
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use shared_types::ids::{FileId, MaterialId, SubmissionId};

/// Takes the file, looks at it, keeps it, and writes it down, in this order.
pub async fn hand_in(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(material): Asked<MaterialId>,
    frame: Frame,
    headers: HeaderMap,
    mut parts: ProtectedParts,
) -> PageResult {
    let now = app.clock.now();
    let material = materials::of_class(&mut *app.db.acquire().await?, classroom.id, material, now).await?;
    let material = material.filter(|material| material.open).ok_or(Error::NotFound)?;
    let closed = returned::feedback(&mut *app.db.acquire().await?, student.id, &material, now).await?.closed;
    let handing = handing(&material).ok_or(Error::NotFound)?;
    let wanted = Wanted { accepted: handing.accepted.clone() };
    let HandedIn { form, file } = HandedIn::read(&mut parts, &app.storage, handing.max_bytes).await?;
    let answer = Answer { by_script: accepts_json(&headers), frame, student, classroom };
    let key = form.key.ok_or(Error::BadRequest)?;
    if let Some(closed) = closed {
        return answer.refused(&app, material, form, Refusal::Closed(closed)).await;
    }
    let (file, name) = match file {
        Ok(file) => file,
        Err(refusal) => return answer.refused(&app, material, form, refusal).await,
    };
    let examined = match app.checks.examine(&file, &name, wanted).await? {
        Ok(examined) => examined,
        Err(refusal) => return answer.refused(&app, material, form, refusal).await,
    };
    let arrived = Arrived { key, note: &form.note, file, name, examined };
    write_down(&app, &answer.student, &material, arrived).await?;
    Ok(answer.taken(&path(material.id)))
}

/// A file that may be kept.
struct Arrived<'a> {
    key: IdempotencyKey,
    note: &'a str,
    file: Spooled,
    name: SafeName,
    examined: Examined,
}

/// Keeps the file and its small picture, then writes down that they are there. Of two sendings of one form the second
/// waits at the key for the first, and takes its files away again.
async fn write_down(app: &App, student: &Student, material: &Material, arrived: Arrived<'_>) -> Result<(), Error> {
    let Arrived { key, note, file, name, examined } = arrived;
    let now = app.clock.now();
    // Before the transaction: waiting for the disk must not hold a connection that others wait for.
    let kept = app.storage.keep(file, FileId(app.new_id())).await.map_err(away)?;
    let small = match examined.thumbnail {
        Some(small) => Some((keep_bytes(app, &small.content).await?, small.content_type)),
        None => None,
    };
    let mut tx = app.db.begin().await?;
    if idempotency::led_to(&mut tx, student.id.0, key, &path(material.id), now).await?.is_some() {
        drop(tx);
        for file in [Some(kept.id), small.map(|(kept, _)| kept.id)].into_iter().flatten() {
            app.storage.remove(file).await.map_err(|error| away(error.into()))?;
        }
        return Ok(());
    }
    storage::store::add(&mut tx, &kept, examined.kind.content_type(), now).await?;
    if let Some((small, content_type)) = &small {
        storage::store::add(&mut tx, small, content_type, now).await?;
    }
    let submission = NewSubmission {
        id: SubmissionId(app.new_id()),
        material: material.id,
        student: student.id,
        file: kept.id,
        thumbnail: small.map(|(kept, _)| kept.id),
        name,
        note,
    };
    store::add(&mut tx, &submission, now).await?;
    Ok(tx.commit().await?)
}

async fn keep_bytes(app: &App, content: &[u8]) -> Result<Stored, Error> {
    let mut spool = app.storage.spool(content.len() as u64).await.map_err(|error| away(error.into()))?;
    spool.write(content).await.map_err(|error| away(error.into()))?;
    let spooled = spool.finish().await.map_err(|error| away(error.into()))?;
    app.storage.keep(spooled, FileId(app.new_id())).await.map_err(away)
}

fn away(error: anyhow::Error) -> Error {
    Error::Unavailable(std::sync::Arc::new(error))
}

/// How the answer is given: as a page, or to the script that shows the progress.
struct Answer {
    by_script: bool,
    frame: Frame,
    student: Student,
    classroom: Classroom,
}

/// What the script is told.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Told {
    /// It goes there.
    Location(String),
    /// It shows this.
    Message(String),
}

impl Answer {
    fn taken(self, path: &str) -> Response {
        let response = if self.by_script {
            (StatusCode::OK, Json(Told::Location(path.to_owned()))).into_response()
        } else {
            see_other(path)
        };
        response.with_notice(Notice::FileHandedIn)
    }

    async fn refused(self, app: &App, material: Material, form: HandInForm, refusal: Refusal) -> PageResult {
        tracing::info!(material = %material.id, code = words::code(&refusal), "a file was refused");
        if self.by_script {
            let message = words::sentence(&refusal, self.frame.words);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(Told::Message(message))).into_response());
        }
        let form = FormState::new(HandInForm { refused: Some(refusal), ..form });
        show_with(app, self.frame, self.student, self.classroom, material, form).await.unprocessable()
    }
}
