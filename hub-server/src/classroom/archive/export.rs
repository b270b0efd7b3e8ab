//! `GET` and `POST …/archive`: the class as a file, made while it is sent.

use super::{
    format::{
        CourseSheet, FORMAT, FileSheet, LessonSheet, MANIFEST, Manifest, TABLES, Table, VERSION, course_path,
        file_path, table_path,
    },
    pages,
};
use crate::{
    app::App,
    audit::{self, Detail, Entry as Audited, Subject},
    classroom::Classroom,
    course,
    hexadecimal::hexadecimal,
    storage::{
        SafeName,
        archive::{self, Entry},
        streamed,
    },
    ui::frame::Frame,
    web::{Error, PageResult, Protected, Teaching, Viewing},
};
use anyhow::Context;
use axum::extract::State;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use shared_types::ids::{CourseId, FileId, LessonId};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What comes along.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ExportForm {
    /// `on` where students and their work do.
    #[serde(default)]
    people: String,
}

/// Says what is in an archive and asks what shall be.
pub async fn show(Viewing { staff, classroom, role }: Viewing, frame: Frame) -> PageResult {
    if !role.may_teach() {
        return Err(Error::Forbidden);
    }
    Ok(pages::export(frame, staff, classroom).await)
}

/// Sends it.
pub async fn send(
    State(app): State<App>,
    Teaching(teacher, classroom): Teaching,
    Protected(form): Protected<ExportForm>,
) -> PageResult {
    let people = form.people == "on";
    let mut tx = app.db.begin().await?;
    // One look at everything: what is written while the archive is made is not half in it.
    sqlx::query!("set transaction isolation level repeatable read").execute(&mut *tx).await?;
    let entries = entries(&mut tx, &app, &classroom, people).await?;
    let entry = Audited::new("classroom_exported", Subject::Classroom(classroom.id))
        .within(classroom.organisation)
        .with("people", Detail::Flag(people));
    audit::record(&mut tx, &app, &teacher, entry).await?;
    tx.commit().await?;
    let name = SafeName::of(&format!("{}.class.zip", classroom.name));
    streamed("application/zip", &name, archive::packed(entries, app.storage.clone()))
}

/// Everything that goes into the zip, the manifest first.
async fn entries(tx: &mut PgConnection, app: &App, classroom: &Classroom, people: bool) -> Result<Vec<Entry>, Error> {
    let (mut entries, mut files) = (Vec::new(), BTreeMap::new());
    let mut add = |path: String, content: Vec<u8>| {
        files.insert(path.clone(), sheet(&content));
        entries.push(Entry::Text { path, content });
    };
    let courses = courses(tx, classroom).await?;
    for (id, course) in &courses {
        let contents = course::export::contents(tx, *id).await?;
        let slug = course.slug.clone();
        let pack = tokio::task::spawn_blocking(move || course::export::to_zip(&slug, &contents));
        add(course_path(&course.slug), pack.await.context("packing a course")??);
    }
    for table in TABLES.iter().filter(|table| people || !table.people) {
        add(table_path(table.name), rows(tx, table, classroom).await?.into_bytes());
    }
    if people {
        for file in handed_in(tx, classroom).await? {
            let path = file_path(file.id.0);
            let bytes = u64::try_from(file.bytes).unwrap_or_default();
            files.insert(path.clone(), FileSheet { bytes, sha256: hexadecimal(&file.sha256) });
            entries.push(Entry::File { path, id: file.id });
        }
    }
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        made_at: app.clock.now(),
        people,
        name: classroom.name.clone(),
        accent: classroom.accent,
        enrolment: classroom.enrolment.slug().to_owned(),
        courses: courses.into_iter().map(|(_, course)| course).collect(),
        lessons: lessons(tx, classroom).await?,
        files,
    };
    let content = serde_json::to_vec_pretty(&manifest).map_err(anyhow::Error::new)?;
    entries.insert(0, Entry::Text { path: MANIFEST.to_owned(), content });
    Ok(entries)
}

fn sheet(content: &[u8]) -> FileSheet {
    FileSheet { bytes: content.len() as u64, sha256: hexadecimal(&Sha256::digest(content)) }
}

/// The class's rows of a table, as a JSON array in an order that does not change.
async fn rows(tx: &mut PgConnection, table: &Table, classroom: &Classroom) -> sqlx::Result<String> {
    let columns = table.columns.join(", t.");
    let statement = format!(
        "select coalesce(jsonb_agg(to_jsonb(r) order by to_jsonb(r)::text), '[]')::text
         from (select t.{columns} from {} t where {}) r",
        table.name, table.of_class,
    );
    sqlx::query_scalar(AssertSqlSafe(statement)).bind(classroom.id.0).fetch_one(tx).await
}

/// The class's courses, in its order.
async fn courses(tx: &mut PgConnection, classroom: &Classroom) -> sqlx::Result<Vec<(CourseId, CourseSheet)>> {
    let rows = sqlx::query!(
        r#"select c.id as "id: CourseId", c.slug, c.title
           from classroom_courses k join courses c on c.id = k.course_id
           where k.classroom_id = $1 order by k.position, c.id"#,
        classroom.id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, CourseSheet { slug: row.slug, title: row.title })).collect())
}

/// The lessons that rows of the class may speak of: those of its courses, and those of courses it had.
async fn lessons(tx: &mut PgConnection, classroom: &Classroom) -> sqlx::Result<BTreeMap<Uuid, LessonSheet>> {
    let rows = sqlx::query!(
        r#"select l.id as "id: LessonId", c.slug as course, l.slug as lesson
           from lessons l join courses c on c.id = l.course_id
           where c.id in (select course_id from classroom_courses where classroom_id = $1)
              or l.id in (select lesson_id from lesson_releases where classroom_id = $1)
              or l.id in (select lesson_id from helper_lesson_rules where classroom_id = $1)
              or l.id in (select lesson_id from modules where classroom_id = $1)
              or l.id in (select m.lesson_id from materials m join modules u on u.id = m.module_id
                          where u.classroom_id = $1)
              or l.id in (select f.lesson_id from finished_lessons f join students s on s.id = f.student_id
                          where s.classroom_id = $1)"#,
        classroom.id.0,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.0, LessonSheet { course: row.course, lesson: row.lesson })).collect())
}

struct HandedIn {
    id: FileId,
    bytes: i64,
    sha256: Vec<u8>,
}

/// Files of the work that travels; each once.
async fn handed_in(tx: &mut PgConnection, classroom: &Classroom) -> sqlx::Result<Vec<HandedIn>> {
    sqlx::query_as!(
        HandedIn,
        r#"select f.id as "id: FileId", f.bytes, f.sha256 from stored_files f
           where f.id in (select w.file_id from submissions w
                          join students s on s.id = w.student_id
                          join materials m on m.id = w.material_id and m.deleted_at is null
                          join modules u on u.id = m.module_id and u.deleted_at is null
                          where s.classroom_id = $1 and u.classroom_id = $1)
           order by f.id"#,
        classroom.id.0,
    )
    .fetch_all(tx)
    .await
}
