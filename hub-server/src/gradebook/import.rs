//! `…/gradebook/imports`: a spreadsheet is compared with the gradebook; nothing changes before somebody has looked at
//! the difference, and nothing if the grades were changed meanwhile.

use super::{
    Change, Gradebook,
    handlers::{Filter, made},
    page::{self, Comparison, sentence},
    path, sheet, store,
};
use crate::{
    app::App,
    classroom::Classroom,
    storage::SpoolError,
    t,
    ui::frame::Frame,
    web::{
        AskedImport, Error, Notice, PageResult, Protected, Respond, Staff, Teaching, Viewing, Words, csv,
        multipart::ProtectedParts, see_other,
    },
};
use axum::{extract::State, http::StatusCode};
use helper_ui::ui::FieldProblem;
use serde::Deserialize;
use uuid::Uuid;

/// Largest spreadsheet, in bytes.
const MAX_BYTES: u64 = 4_000_000;

/// `POST …/gradebook/imports`: takes a spreadsheet in and leads to the difference.
pub async fn send(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    frame: Frame,
    mut parts: ProtectedParts,
) -> PageResult {
    let gradebook = store::of_class(&mut *app.db.acquire().await?, classroom.id).await?;
    let table = match sent(&app, &mut parts, frame.words).await? {
        Ok(table) => table,
        Err(why) => return refused(frame, staff, classroom, gradebook, vec![why]).await,
    };
    let read = sheet::read(&table, &gradebook);
    let fatal: Vec<String> =
        read.faults.iter().filter(|fault| fault.is_fatal()).map(|fault| sentence(fault, frame.words)).collect();
    if !fatal.is_empty() {
        return refused(frame, staff, classroom, gradebook, fatal).await;
    }
    let (id, words) = (app.new_id(), frame.words);
    store::keep_import(&mut *app.db.acquire().await?, id, classroom.id, staff.id, &read.changes, app.clock.now())
        .await?;
    if read.faults.is_empty() {
        return Ok(see_other(format!("{}/imports/{id}", path(&classroom))));
    }
    // What is left out is said once, here; the difference has an address of its own.
    let left_out = read.faults.iter().map(|fault| sentence(fault, words)).collect();
    let changes = read.changes;
    let shown = Comparison { staff, classroom, gradebook, import: id, changes, left_out, overtaken: false };
    Ok(page::comparison(frame, shown).await)
}

/// The rows of the file in the form, or why there are none.
async fn sent(app: &App, parts: &mut ProtectedParts, words: Words) -> Result<Result<Vec<Vec<String>>, String>, Error> {
    let missing = || t!(words, "gradebook-file-missing").to_owned();
    while let Some(mut part) = parts.next().await? {
        if part.name() != "file" || part.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let mut spool = app.storage.spool(MAX_BYTES).await.map_err(anyhow::Error::from)?;
        match spool.take(&mut part).await {
            Ok(()) => {}
            Err(SpoolError::TooLarge) => return Ok(Err(t!(words, "gradebook-file-too-large").to_owned())),
            Err(SpoolError::Request(error)) => return Err(error),
            Err(SpoolError::Disk(error)) => return Err(anyhow::Error::from(error).into()),
        }
        let spooled = spool.finish().await.map_err(anyhow::Error::from)?;
        let content = tokio::fs::read(spooled.path()).await.map_err(anyhow::Error::from)?;
        return Ok(csv::read(&content).map_err(|why| match why {
            csv::Unreadable::Empty => missing(),
            csv::Unreadable::NoText | csv::Unreadable::TooLong => t!(words, "gradebook-file-unreadable").to_owned(),
        }));
    }
    Ok(Err(missing()))
}

async fn refused(
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    gradebook: Gradebook,
    why: Vec<String>,
) -> PageResult {
    let problems = why.into_iter().map(|message| FieldProblem { field: "file".to_owned(), message }).collect();
    let page = page::Page {
        staff,
        classroom,
        may_change: true,
        gradebook,
        filter: Filter::default(),
        form: None,
        refused: Some(problems),
    };
    Ok(page::gradebook(frame, page, StatusCode::UNPROCESSABLE_ENTITY).await)
}

/// `GET …/gradebook/imports/{import}`: what would change.
pub async fn show(
    State(app): State<App>,
    Viewing { staff, classroom, .. }: Viewing,
    AskedImport(import): AskedImport,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let changes = store::import(&mut db, classroom.id, staff.id, import).await?.ok_or(Error::NotFound)?;
    let gradebook = store::of_class(&mut db, classroom.id).await?;
    drop(db);
    // A grade that somebody changed since stands in the difference as it was: applying it will be refused.
    let shown = Comparison { staff, classroom, gradebook, import, changes, left_out: Vec::new(), overtaken: false };
    Ok(page::comparison(frame, shown).await)
}

/// How many changes the page showed.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ApplyForm {
    count: usize,
}

/// `POST …/gradebook/imports/{import}`: makes the changes, all or none.
pub async fn apply(
    State(app): State<App>,
    Teaching(staff, classroom): Teaching,
    AskedImport(import): AskedImport,
    frame: Frame,
    Protected(form): Protected<ApplyForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let changes = store::import(&mut tx, classroom.id, staff.id, import).await?.ok_or(Error::NotFound)?;
    // Of two clicks the second finds nothing and changes nothing.
    if !store::forget_import(&mut tx, import).await? {
        return Err(Error::NotFound);
    }
    if changes.len() == form.count && made(&mut tx, &app, &staff, &classroom, &changes).await? {
        tx.commit().await?;
        return Ok(see_other(path(&classroom)).with_notice(Notice::GradebookImported));
    }
    drop(tx);
    compare_again(&app, frame, staff, classroom, import, &changes).await
}

/// The difference to what the grades are by now; nothing was changed.
async fn compare_again(
    app: &App,
    frame: Frame,
    staff: Staff,
    classroom: Classroom,
    import: Uuid,
    changes: &[Change],
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let gradebook = store::of_class(&mut db, classroom.id).await?;
    let still_there = |change: &&Change| {
        gradebook.lines.iter().any(|line| line.student == change.student)
            && gradebook.columns.iter().any(|column| column.material == change.material)
    };
    let changes: Vec<Change> = changes
        .iter()
        .filter(still_there)
        .filter_map(|change| sheet::change(&gradebook, change.student, change.material, change.to))
        .collect();
    store::keep_import(&mut db, import, classroom.id, staff.id, &changes, app.clock.now()).await?;
    drop(db);
    let shown = Comparison { staff, classroom, gradebook, import, changes, left_out: Vec::new(), overtaken: true };
    Ok(page::comparison(frame, shown).await)
}
