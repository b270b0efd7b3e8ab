//! `/teach/classes/imports`: sending an archive in, and looking at what bringing it in does.

use super::{
    IMPORTS_PATH,
    fault::{Failure, Fault},
    format::{Names, TABLES, course_path},
    incoming::{self, Incoming},
    pages,
    read::{Archive, MAX_BYTES},
    rows::{Ids, Row, brought},
};
use crate::{
    app::App,
    classroom::{
        create::{self, ClassForm, organisation_of},
        store as classrooms,
    },
    course::{self, Pack},
    organisation,
    storage::{self, SpoolError, Spooled},
    ui::frame::Frame,
    web::{AskedImport, Error, FormState, PageResult, Respond, SignedIn, Staff, multipart::ProtectedParts, see_other},
};
use anyhow::{Context, anyhow};
use axum::extract::State;
use futures::StreamExt;
use helper_ui::document::Accent;
use shared_types::ids::{FileId, OrganisationId};
use std::collections::BTreeMap;
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// What is in an archive, checked.
pub struct Content {
    pub tables: BTreeMap<&'static str, Vec<Row>>,
    pub packs: Vec<Pack>,
}

/// Shows the form.
pub async fn ask(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    form(&app, frame, staff, None, None).await
}

/// The form, and what was wrong with what was sent.
pub async fn form(
    app: &App,
    frame: Frame,
    staff: Staff,
    chosen: Option<OrganisationId>,
    fault: Option<Fault>,
) -> PageResult {
    let organisations = organisation::store::taught_by(&mut *app.db.acquire().await?, staff.id).await?;
    if organisations.is_empty() {
        return Err(Error::Forbidden);
    }
    Ok(pages::form(frame, pages::Form { staff, organisations, chosen, fault }).await)
}

/// Takes an archive in, checks all of it, and shows what bringing it in does.
pub async fn send(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    frame: Frame,
    parts: ProtectedParts,
) -> PageResult {
    let (chosen, file) = receive(&app, parts).await?;
    let organisation = organisation_of(&mut *app.db.acquire().await?, &staff, chosen).await?.id;
    let checked = match file {
        Ok(file) => check(file).await,
        Err(fault) => Err(fault.into()),
    };
    let file = match checked {
        Ok(file) => file,
        Err(Failure::Fault(fault)) => return form(&app, frame, staff, chosen, Some(fault)).await.unprocessable(),
        Err(Failure::Ours(error)) => return Err(error.into()),
    };
    let kept = app.storage.keep(file, FileId(app.new_id())).await?;
    let incoming = Incoming { id: app.new_id(), organisation, file: kept.id };
    let mut tx = app.db.begin().await?;
    storage::store::add(&mut tx, &kept, "application/zip", app.clock.now()).await?;
    incoming::keep(&mut tx, staff.id, &incoming, app.clock.now()).await?;
    tx.commit().await?;
    Ok(see_other(format!("{IMPORTS_PATH}/{}", incoming.id)))
}

/// Shows what bringing it in does.
pub async fn show(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    AskedImport(id): AskedImport,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let incoming = incoming::of_staff(&mut db, staff.id, id).await?.ok_or(Error::NotFound)?;
    drop(db);
    preview(&app, frame, staff, &incoming, None).await
}

/// What is in an archive, with the form that brings it in: as it was refused, or with the name the class had.
pub async fn preview(
    app: &App,
    frame: Frame,
    staff: Staff,
    incoming: &Incoming,
    refused: Option<FormState<ClassForm>>,
) -> PageResult {
    let read = match fetch(app, incoming.file).await {
        Ok(mut archive) => spawn_blocking(move || read(&mut archive).map(|content| (archive, content))).await,
        Err(failure) => Ok(Err(failure)),
    };
    let (archive, content) = match read.context("reading an archive")? {
        Ok(read) => read,
        Err(Failure::Fault(fault)) => {
            return form(app, frame, staff, Some(incoming.organisation), Some(fault)).await.unprocessable();
        }
        Err(Failure::Ours(error)) => return Err(error.into()),
    };
    let mut courses = Vec::new();
    let mut db = app.db.acquire().await?;
    for pack in &content.packs {
        let is_here = course::store::by_slug(&mut db, incoming.organisation, &pack.slug).await?.is_some();
        courses.push((pack.title.clone(), is_here));
    }
    let manifest = archive.manifest;
    let form = match refused {
        Some(form) => form,
        None => {
            let taken = classrooms::name_is_taken(&mut db, incoming.organisation, &manifest.name).await?;
            let name = if taken { create::name_of_copy(&manifest.name, frame.words) } else { manifest.name.clone() };
            // Whoever wrote the archive may have written any number.
            let accent = u8::try_from(manifest.accent).ok().and_then(Accent::new).map_or(1, Accent::number);
            FormState::new(ClassForm { name, accent: accent.to_string(), ..ClassForm::default() })
        }
    };
    let count = |table: &str| content.tables.get(table).map_or(0, Vec::len);
    let page = pages::Preview {
        staff,
        id: incoming.id,
        form,
        manifest,
        courses,
        modules: count("modules"),
        materials: count("materials"),
        announcements: count("announcements"),
        students: count("students"),
        files: count("submissions"),
        answers: count("responses"),
        grades: count("returned_grades"),
        now: app.now_at_school(),
    };
    Ok(pages::preview(frame, page).await)
}

/// The archive of a file in the storage, on this machine's disk for as long as it is looked at.
pub async fn fetch(app: &App, file: FileId) -> Result<Archive, Failure> {
    let mut spool = app.storage.spool(MAX_BYTES).await?;
    let mut pieces = app.storage.open(file, None).await.context("an archive that was sent in")?;
    while let Some(piece) = pieces.next().await {
        spool.write(&piece?).await.context("fetching an archive")?;
    }
    let spooled = spool.finish().await?;
    let opened = spawn_blocking(move || {
        // An open file goes on being readable when its name is gone.
        let archive = Archive::open(spooled.path());
        drop(spooled);
        archive
    });
    Ok(opened.await.context("opening an archive")??)
}

/// Compares the archive with its manifest and reads what the hub will read. Gives the file back.
async fn check(file: Spooled) -> Result<Spooled, Failure> {
    let checked = spawn_blocking(move || {
        let mut archive = Archive::open(file.path())?;
        archive.check()?;
        read(&mut archive)?;
        Ok(file)
    });
    checked.await.context("checking an archive")?
}

/// Tables and packs of an archive, each row tried. Blocks.
pub fn read(archive: &mut Archive) -> Result<Content, Failure> {
    let tables = archive.tables()?;
    let mut packs = Vec::new();
    for sheet in archive.manifest.courses.clone() {
        let path = course_path(&sheet.slug);
        let bytes = archive.bytes(&path)?;
        let pack = Pack::read_bytes(&path, &bytes).ok().filter(|pack| pack.slug == sheet.slug);
        packs.push(pack.ok_or(Fault::Course { title: sheet.title })?);
    }
    try_rows(archive, &tables)?;
    Ok(Content { tables, packs })
}

/// Every row, as it would be brought in where all lessons came along.
fn try_rows(archive: &Archive, tables: &BTreeMap<&'static str, Vec<Row>>) -> Result<(), Fault> {
    let mut ids = Ids::default();
    for lesson in archive.manifest.lessons.keys() {
        ids.add(Names::Lesson, *lesson, Some(*lesson));
    }
    for file in archive.manifest.files.keys() {
        if let Some(id) = file.strip_prefix("files/").and_then(|id| id.parse::<Uuid>().ok()) {
            ids.add(Names::File, id, Some(id));
        }
    }
    for table in TABLES {
        for row in tables.get(table.name).into_iter().flatten() {
            brought(table, row.clone(), &mut ids, &Uuid::nil)?;
        }
    }
    Ok(())
}

type Received = (Option<OrganisationId>, Result<Spooled, Fault>);

async fn receive(app: &App, mut parts: ProtectedParts) -> Result<Received, Error> {
    let (mut chosen, mut received) = (None, Err(Fault::Missing));
    while let Some(mut part) = parts.next().await? {
        match part.name() {
            "organisation" => chosen = part.text(64).await?.parse().ok(),
            "file" => {
                let mut spool = app.storage.spool(MAX_BYTES).await.map_err(anyhow::Error::from)?;
                received = match spool.take(&mut part).await {
                    Ok(()) => {
                        let file = spool.finish().await.map_err(anyhow::Error::from)?;
                        if file.bytes() > 0 { Ok(file) } else { Err(Fault::Missing) }
                    }
                    Err(SpoolError::TooLarge) => Err(Fault::TooLarge),
                    Err(SpoolError::Request(error)) => return Err(error),
                    Err(SpoolError::Disk(error)) => return Err(anyhow!(error).into()),
                };
            }
            _ => {}
        }
    }
    Ok((chosen, received))
}
