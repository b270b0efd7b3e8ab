//! `POST /teach/classes/imports/{import}`: brings the class in, all of it or nothing.

use super::{
    IMPORTS_PATH,
    fault::{Failure, Fault},
    format::{Names, TABLES, Table, file_path},
    incoming::{self, Incoming},
    read::Archive,
    rows::{Ids, Row, brought},
    send,
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    classroom::{
        Enrolment,
        create::{self, ClassForm, Look},
        path, store as classrooms,
    },
    course::{self, Importing, Pack},
    enrolment::ReturnCode,
    hexadecimal::hexadecimal,
    storage::{self, SafeName, Stored},
    submission::check::Wanted,
    ui::frame::Frame,
    web::{AskedImport, Error, Nothing, Notice, PageResult, Protected, Respond, SignedIn, Staff, see_other},
};
use anyhow::{Context, anyhow};
use axum::extract::State;
use serde_json::Value;
use shared_types::ids::{ClassroomId, CourseId, FileId};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::{BTreeMap, HashMap};
use tokio::{runtime::Handle, task::spawn_blocking};
use uuid::Uuid;

/// Brings it in, with the name and the colour that were chosen, and shows the class.
pub async fn confirm(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    AskedImport(id): AskedImport,
    frame: Frame,
    Protected(form): Protected<ClassForm>,
) -> PageResult {
    let incoming = incoming::of_staff(&mut *app.db.acquire().await?, staff.id, id).await?.ok_or(Error::NotFound)?;
    let look = match form.parse() {
        Ok(look) => look,
        Err(form) => return send::preview(&app, frame, staff, &incoming, Some(form)).await.unprocessable(),
    };
    match bring_in(&app, &staff, &incoming, look).await {
        Ok(Some(classroom)) => Ok(see_other(path(classroom)).with_notice(Notice::ClassImported)),
        // Of two clicks the second finds nothing and changes nothing.
        Ok(None) => Err(Error::NotFound),
        Err(Failure::Fault(fault)) => {
            send::form(&app, frame, staff, Some(incoming.organisation), Some(fault)).await.unprocessable()
        }
        Err(Failure::Ours(error)) => Err(error.into()),
    }
}

/// `POST /teach/classes/imports/{import}/removal`: does not bring it in after all.
pub async fn discard(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    AskedImport(id): AskedImport,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let incoming = incoming::of_staff(&mut tx, staff.id, id).await?.ok_or(Error::NotFound)?;
    let files = incoming::forget(&mut tx, &incoming).await?.unwrap_or_default();
    tx.commit().await?;
    remove(&app, files).await;
    Ok(see_other(IMPORTS_PATH))
}

/// The new class; none where somebody else was quicker. Files come first: waiting for the disk must not hold a
/// connection, and where the rows are refused the files go again.
async fn bring_in(app: &App, staff: &Staff, incoming: &Incoming, look: Look) -> Result<Option<ClassroomId>, Failure> {
    let mut archive = send::fetch(app, incoming.file).await?;
    let (again, runtime) = (app.clone(), Handle::current());
    let read = spawn_blocking(move || {
        let content = send::read(&mut archive)?;
        let files = keep_files(&again, &runtime, &mut archive, &content.tables)?;
        Ok::<_, Failure>((archive, content, files))
    });
    let (archive, content, files) = read.await.context("reading an archive")??;
    let kept: Vec<FileId> = files.values().flat_map(Kept::ids).collect();
    let written = write(app, staff, (incoming, look), &archive, content, &files).await;
    if !matches!(written, Ok(Some(_))) {
        remove(app, kept).await;
    }
    written
}

async fn remove(app: &App, files: Vec<FileId>) {
    for file in files {
        if let Err(error) = app.storage.remove(file).await {
            tracing::warn!(%error, %file, "a file of an archive stays behind until the sweeper comes");
        }
    }
}

/// A file of the archive that lies in the storage by now.
struct Kept {
    file: Stored,
    content_type: &'static str,
    thumbnail: Option<(Stored, &'static str)>,
}

impl Kept {
    fn ids(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(self.file.id).chain(self.thumbnail.as_ref().map(|(small, _)| small.id))
    }
}

/// Looks at every file as if a student handed it in, and keeps it. Blocks.
fn keep_files(
    app: &App,
    runtime: &Handle,
    archive: &mut Archive,
    tables: &BTreeMap<&'static str, Vec<Row>>,
) -> Result<HashMap<Uuid, Kept>, Failure> {
    let mut kept = HashMap::new();
    for row in tables.get("submissions").into_iter().flatten() {
        let text = |column: &str| row.get(column).and_then(Value::as_str);
        let (Some(old), Some(name)) = (text("file_id").and_then(|id| id.parse::<Uuid>().ok()), text("file_name"))
        else {
            return Err(Fault::Row { table: "submissions" }.into());
        };
        if kept.contains_key(&old) {
            continue;
        }
        match keep_file(app, runtime, archive, old, &SafeName::of(name)) {
            Ok(file) => drop(kept.insert(old, file)),
            Err(failure) => {
                let ids: Vec<FileId> = kept.values().flat_map(Kept::ids).collect();
                runtime.block_on(remove(app, ids));
                return Err(failure);
            }
        }
    }
    Ok(kept)
}

fn keep_file(app: &App, runtime: &Handle, archive: &mut Archive, old: Uuid, name: &SafeName) -> Result<Kept, Failure> {
    let mut spool = runtime.block_on(app.storage.spool(super::read::MAX_BYTES))?;
    let mut written = Ok(());
    archive.pieces(&file_path(old), |piece| {
        if written.is_ok() {
            written = runtime.block_on(spool.write(piece));
        }
    })?;
    written.context("keeping a file of an archive")?;
    let spooled = runtime.block_on(spool.finish())?;
    let wanted = Wanted { accepted: Vec::new() };
    let examined = runtime.block_on(app.checks.examine(&spooled, name, wanted)).map_err(|error| anyhow!("{error}"))?;
    let examined = examined.map_err(|why| Fault::File { name: name.as_str().to_owned(), why })?;
    let thumbnail = match examined.thumbnail {
        Some(small) => Some((runtime.block_on(keep_bytes(app, &small.content))?, small.content_type)),
        None => None,
    };
    let file = runtime.block_on(app.storage.keep(spooled, FileId(app.new_id())))?;
    Ok(Kept { file, content_type: examined.kind.content_type(), thumbnail })
}

async fn keep_bytes(app: &App, content: &[u8]) -> anyhow::Result<Stored> {
    let mut spool = app.storage.spool(content.len() as u64).await?;
    spool.write(content).await?;
    app.storage.keep(spool.finish().await?, FileId(app.new_id())).await
}

/// Everything in one transaction.
async fn write(
    app: &App,
    staff: &Staff,
    (incoming, look): (&Incoming, Look),
    archive: &Archive,
    content: send::Content,
    files: &HashMap<Uuid, Kept>,
) -> Result<Option<ClassroomId>, Failure> {
    let (now, manifest) = (app.clock.now(), &archive.manifest);
    let mut tx = app.db.begin().await?;
    let Some(gone) = incoming::forget(&mut tx, incoming).await? else { return Ok(None) };
    let classroom = ClassroomId(app.new_id());
    create::add(&mut tx, app, classroom, incoming.organisation, look).await.map_err(|error| anyhow!("{error}"))?;
    let enrolment = Enrolment::ALL.into_iter().find(|mode| mode.slug() == manifest.enrolment);
    classrooms::set_enrolment(&mut tx, classroom, enrolment.unwrap_or(Enrolment::Open)).await?;
    classrooms::call_own(&mut tx, classroom, staff.id, now).await?;
    let courses = courses(&mut tx, app, incoming, classroom, &content.packs).await?;
    let mut ids = lesson_ids(&mut tx, archive, &courses).await?;
    for (old, kept) in files {
        storage::store::add(&mut tx, &kept.file, kept.content_type, now).await?;
        if let Some((small, content_type)) = &kept.thumbnail {
            storage::store::add(&mut tx, small, content_type, now).await?;
        }
        ids.add(Names::File, *old, Some(kept.file.id.0));
    }
    let mut written = BTreeMap::new();
    for (table, rows) in TABLES.iter().filter_map(|table| Some((table, content.tables.get(table.name)?))) {
        let rows = home(app, table, rows, &mut ids, classroom, files)?;
        written.insert(table.name, rows.len());
        insert(&mut tx, table, classroom, rows).await?;
    }
    let number = |table: &str| Detail::Number(written.get(table).map_or(0, |rows| i64::try_from(*rows).unwrap_or(0)));
    let entry = Entry::new("classroom_imported", Subject::Classroom(classroom))
        .within(incoming.organisation)
        .with("people", Detail::Flag(manifest.people))
        .with("students", number("students"))
        .with("materials", number("materials"));
    audit::record(&mut tx, app, staff, entry).await?;
    tx.commit().await?;
    remove(app, gone).await;
    Ok(Some(classroom))
}

/// The class's courses by their slug: one that is here already stays as it is, another is imported.
async fn courses(
    tx: &mut PgConnection,
    app: &App,
    incoming: &Incoming,
    classroom: ClassroomId,
    packs: &[Pack],
) -> Result<HashMap<String, CourseId>, Failure> {
    let now = app.clock.now();
    let mut courses = HashMap::new();
    for pack in packs {
        let id = match course::store::by_slug(tx, incoming.organisation, &pack.slug).await? {
            // Deleted here or not: what the class works through is there again.
            Some(standing) => {
                course::life::store::restore(tx, standing).await?;
                standing
            }
            None => {
                let zone = app.config.time_zone;
                let importing = Importing { organisation: incoming.organisation, zone, entropy: &app.entropy, now };
                course::import(tx, &importing, pack).await?.course
            }
        };
        course::store::assign(tx, classroom, id, now).await?;
        courses.insert(pack.slug.clone(), id);
    }
    Ok(courses)
}

/// The lessons of the manifest as they are called here; none for those that did not come along.
async fn lesson_ids(
    tx: &mut PgConnection,
    archive: &Archive,
    courses: &HashMap<String, CourseId>,
) -> sqlx::Result<Ids> {
    let known: Vec<Uuid> = courses.values().map(|course| course.0).collect();
    let rows = sqlx::query!(
        "select l.id, l.course_id, l.slug from lessons l where l.course_id = any($1) and l.removed_at is null",
        &known,
    )
    .fetch_all(tx)
    .await?;
    let here: HashMap<(Uuid, String), Uuid> = rows.into_iter().map(|row| ((row.course_id, row.slug), row.id)).collect();
    let mut ids = Ids::default();
    for (old, lesson) in &archive.manifest.lessons {
        let course = courses.get(&lesson.course);
        let new = course.and_then(|course| here.get(&(course.0, lesson.lesson.clone())));
        ids.add(Names::Lesson, *old, new.copied());
    }
    Ok(ids)
}

/// Rows as they are written here.
fn home(
    app: &App,
    table: &Table,
    rows: &[Row],
    ids: &mut Ids,
    classroom: ClassroomId,
    files: &HashMap<Uuid, Kept>,
) -> Result<Vec<Row>, Fault> {
    let small: HashMap<String, String> = files
        .values()
        .filter_map(|kept| Some((kept.file.id.to_string(), kept.thumbnail.as_ref()?.0.id.to_string())))
        .collect();
    let mut new = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(mut row) = brought(table, row.clone(), ids, &|| app.new_id())? else { continue };
        match table.name {
            // Nobody knows this code; the return cards make others.
            "students" => {
                let code = ReturnCode::mint(&app.entropy).fingerprint(&app.secrets, classroom);
                row.insert("return_code_hash".to_owned(), Value::String(format!("\\x{}", hexadecimal(&code))));
                // Where they were seen last is another place; who has never come in stays so.
                if row.get("added_at") != row.get("last_seen_at") {
                    let joined_at = row.get("joined_at").cloned().unwrap_or_default();
                    row.insert("last_seen_at".to_owned(), joined_at);
                }
            }
            "submissions" => {
                let thumbnail = row.get("file_id").and_then(Value::as_str).and_then(|id| small.get(id)).cloned();
                row.insert("thumbnail_id".to_owned(), thumbnail.map_or(Value::Null, Value::String));
            }
            _ => {}
        }
        new.push(row);
    }
    Ok(new)
}

/// Writes rows; what the database refuses is the archive's fault.
async fn insert(tx: &mut PgConnection, table: &Table, classroom: ClassroomId, rows: Vec<Row>) -> Result<(), Failure> {
    let extra: &[&str] = match table.name {
        "students" => &["name_key", "return_code_hash"],
        "submissions" => &["thumbnail_id"],
        _ => &[],
    };
    let columns: Vec<&str> = table.columns.iter().chain(extra).copied().collect();
    let (own, class) = if table.has_class { (", classroom_id", ", $2::uuid") } else { ("", "") };
    // Without a class the second value is still bound.
    let where_ = if table.has_class { "" } else { " where $2::uuid is not null" };
    let statement = format!(
        "insert into {name} ({columns}{own}) select r.{values}{class} from jsonb_populate_recordset(null::{name}, $1) r{where_}",
        name = table.name,
        columns = columns.join(", "),
        values = columns.join(", r."),
    );
    let rows = Value::Array(rows.into_iter().map(Value::Object).collect());
    match sqlx::query(AssertSqlSafe(statement)).bind(rows).bind(classroom.0).execute(tx).await {
        Ok(_) => Ok(()),
        Err(sqlx::Error::Database(refused)) if is_about_data(refused.code().as_deref()) => {
            tracing::info!(table = table.name, code = refused.code().as_deref(), "a row of an archive was refused");
            Err(Fault::Row { table: table.name }.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Classes 22 (data exception) and 23 (integrity constraint violation) of PostgreSQL's errors.
fn is_about_data(code: Option<&str>) -> bool {
    code.is_some_and(|code| code.starts_with("22") || code.starts_with("23"))
}
