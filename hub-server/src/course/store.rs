//! The tables `courses`, `course_files` and `classroom_courses`, and the writing side of a course's lessons.

use super::{
    Pack,
    pack::{PackFile, PackLesson},
};
use crate::lesson::markdown::{Passage, Rendered};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, CourseId, LessonId, OrganisationId};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// Adds a course or brings it up to date; the row stays locked, so that two imports come one after the other.
pub async fn put_course(
    tx: &mut PgConnection,
    id: CourseId,
    organisation: OrganisationId,
    pack: &Pack,
    now: DateTime<Utc>,
) -> sqlx::Result<CourseId> {
    sqlx::query_scalar!(
        r#"insert into courses (id, organisation_id, slug, title, summary, language, sheet, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
           on conflict (organisation_id, slug) do update
               set title = excluded.title, summary = excluded.summary, language = excluded.language,
                   sheet = excluded.sheet, updated_at = excluded.updated_at
           returning id as "id: CourseId""#,
        id.0,
        organisation.0,
        pack.slug,
        pack.title,
        pack.summary,
        pack.language,
        pack.sheet,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Keeps a file; the same content at the same path is kept once.
pub async fn add_file(
    tx: &mut PgConnection,
    course: CourseId,
    path: &str,
    file: &PackFile,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into course_files (course_id, digest, path, content_type, inline, content, added_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        course.0,
        file.digest,
        path,
        file.kind.content_type,
        file.kind.inline,
        file.content,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// A lesson as it stands before an import.
#[derive(Clone, Debug)]
pub struct StandingLesson {
    pub id: LessonId,
    pub slug: String,
    pub version: i32,
    /// Of the current version.
    pub digest: String,
}

/// Every lesson of a course, removed ones too.
pub async fn standing_lessons(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<StandingLesson>> {
    sqlx::query_as!(
        StandingLesson,
        r#"select l.id as "id: LessonId", l.slug, l.version, v.digest
           from lessons l join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where l.course_id = $1"#,
        course.0,
    )
    .fetch_all(tx)
    .await
}

/// Where a lesson stands in its course.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub course: CourseId,
    pub position: i32,
    pub version: i32,
}

/// Adds a lesson or moves it to its place.
pub async fn put_lesson(
    tx: &mut PgConnection,
    id: LessonId,
    lesson: &PackLesson,
    place: Place,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lessons (id, course_id, slug, position, session, version, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update
             set position = excluded.position, session = excluded.session, version = excluded.version,
                 removed_at = null",
        id.0,
        place.course.0,
        lesson.slug,
        place.position,
        lesson.session,
        place.version,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Publishes a version.
pub async fn add_version(
    tx: &mut PgConnection,
    id: LessonId,
    version: i32,
    lesson: &PackLesson,
    rendered: &Rendered,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lesson_versions (lesson_id, version, title, introduction, html, contents, makes, needs,
             done_looks_like, quick_fixes, extend, duration_minutes, allowed_topics, sheet, source, digest,
             published_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        id.0,
        version,
        lesson.title,
        rendered.introduction,
        rendered.html,
        Json(&rendered.contents) as _,
        lesson.makes,
        &lesson.needs,
        &lesson.done_looks_like,
        &lesson.quick_fixes,
        &lesson.extend,
        lesson.duration_minutes,
        &lesson.allowed_topics,
        lesson.sheet,
        lesson.body,
        lesson.digest,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Adds the passages of a version.
pub async fn add_passages(
    tx: &mut PgConnection,
    lesson: LessonId,
    version: i32,
    passages: &[Passage],
    language: &str,
) -> sqlx::Result<()> {
    let column = |of: fn(&Passage) -> &String| passages.iter().map(|passage| of(passage).clone()).collect::<Vec<_>>();
    sqlx::query!(
        "insert into lesson_passages (lesson_id, version, position, anchor, heading, body, language)
         select $1, $2, position, anchor, heading, body, $6
         from unnest($3::text[], $4::text[], $5::text[]) with ordinality as passage (anchor, heading, body, position)",
        lesson.0,
        version,
        &column(|passage| &passage.anchor),
        &column(|passage| &passage.heading),
        &column(|passage| &passage.body),
        language,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes lessons that are no longer in the course out of it; what students did in them stays.
pub async fn remove_lessons_but(
    tx: &mut PgConnection,
    course: CourseId,
    kept: &[Uuid],
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let removed = sqlx::query!(
        "update lessons set removed_at = $3 where course_id = $1 and removed_at is null and id <> all($2)",
        course.0,
        kept,
        now,
    )
    .execute(tx)
    .await?;
    Ok(removed.rows_affected())
}

/// Gives a course to a class, after those it has.
pub async fn assign(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    course: CourseId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into classroom_courses (classroom_id, course_id, position, assigned_at)
         select $1, $2, coalesce(max(position), 0) + 1, $3 from classroom_courses where classroom_id = $1
         on conflict do nothing",
        classroom.0,
        course.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}
