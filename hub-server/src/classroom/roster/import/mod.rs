//! `…/roster/import`: a list of names, looked at before anything changes, then put into the class.

mod names;
mod page;

use super::store;
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::Classroom,
    enrolment::{ReturnCode, store as enrolment},
    ui::frame::Frame,
    web::{
        Error, FormState, Notice, PageResult, Protected, Respond, Teaching, Viewing,
        csv::{self, Unreadable},
        idempotency::{self, IdempotencyKey},
        multipart::ProtectedParts,
        see_other,
    },
};
use axum::{body::Bytes, extract::State};
use names::{Line, Verdict};
use serde::Deserialize;
use shared_types::ids::StudentId;
use std::collections::HashSet;

/// Largest list that is read.
const MAX_BYTES: usize = 200 * 1024;
/// Most names at once.
const MAX_NAMES: usize = 500;

/// What was sent: names typed or pasted, or a file.
#[derive(Clone, Debug, Default)]
pub struct ImportForm {
    pub names: String,
    file: Vec<u8>,
}

/// Shows the form.
pub async fn show(Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    Ok(page::form(frame, staff, classroom, FormState::default()).await)
}

/// `POST …/roster/import`: shows what would happen. Changes nothing.
pub async fn preview(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    frame: Frame,
    parts: ProtectedParts,
) -> PageResult {
    let form = read(parts).await?;
    let content = if form.file.is_empty() { form.names.as_bytes() } else { &form.file };
    let rows = match csv::read(content) {
        Ok(rows) => rows,
        Err(fault) => {
            let form = FormState::new(form);
            let form = match fault {
                Unreadable::Empty => form.refuse("names", "import-nothing"),
                Unreadable::NoText => form.refuse("names", "import-no-text"),
                Unreadable::TooLong => form.refuse("names", "import-too-long"),
            };
            return Ok(page::form(frame, teacher, classroom, form).await.unprocessable());
        }
    };
    let (column, typed) = names::of_rows(&rows);
    if typed.len() > MAX_NAMES {
        let form = FormState::new(form).refuse("names", "import-too-long");
        return Ok(page::form(frame, teacher, classroom, form).await.unprocessable());
    }
    let known = known(&app, &classroom).await?;
    let lines = names::judged(typed, &known);
    let key = IdempotencyKey::new(&app);
    Ok(page::preview(frame, page::Preview { staff: teacher, classroom, column, lines, key }).await)
}

/// What the preview sends on.
#[derive(Clone, Debug, Deserialize)]
pub struct ConfirmForm {
    /// One name a line.
    names: String,
    idempotency_key: IdempotencyKey,
}

/// `POST …/roster/import/confirmation`: puts the names into the class. Who got in meanwhile is there already.
pub async fn confirm(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(form): Protected<ConfirmForm>,
) -> PageResult {
    let now = app.clock.now();
    let typed: Vec<String> = form.names.lines().map(str::to_owned).filter(|name| !name.trim().is_empty()).collect();
    if typed.len() > MAX_NAMES {
        return Err(Error::TooLarge);
    }
    let path = classroom.roster_path();
    let known = known(&app, &classroom).await?;
    let mut tx = app.db.begin().await?;
    if let Some(earlier) = idempotency::led_to(&mut tx, teacher.id.0, form.idempotency_key, &path, now).await? {
        return Ok(see_other(earlier).with_notice(Notice::StudentsAdded));
    }
    let mut added = 0;
    for Line { verdict, .. } in names::judged(typed, &known) {
        let Verdict::New(name) = verdict else { continue };
        // Nobody knows this code; the return cards make others.
        let code = ReturnCode::mint(&app.entropy).fingerprint(&app.secrets, classroom.id);
        let id = StudentId(app.new_id());
        added += i64::from(enrolment::add_expected(&mut tx, id, classroom.id, &name, &code, now).await?);
    }
    let entry = Entry::new("students_added", Subject::Classroom(classroom.id)).within(classroom.organisation);
    audit::record(&mut tx, &app, &teacher, entry.with("students", Detail::Number(added))).await?;
    tx.commit().await?;
    Ok(see_other(path).with_notice(Notice::StudentsAdded))
}

async fn known(app: &App, classroom: &Classroom) -> Result<HashSet<String>, Error> {
    Ok(store::name_keys(&mut *app.db.acquire().await?, classroom.id).await?.into_iter().collect())
}

async fn read(mut parts: ProtectedParts) -> Result<ImportForm, Error> {
    let mut form = ImportForm::default();
    while let Some(mut part) = parts.next().await? {
        match part.name() {
            "names" => form.names = part.text(MAX_BYTES).await?,
            "file" => {
                while let Some(piece) = part.chunk().await? {
                    add(&mut form.file, &piece)?;
                }
            }
            _ => {}
        }
    }
    Ok(form)
}

fn add(file: &mut Vec<u8>, piece: &Bytes) -> Result<(), Error> {
    if file.len() + piece.len() > MAX_BYTES {
        return Err(Error::TooLarge);
    }
    file.extend_from_slice(piece);
    Ok(())
}
