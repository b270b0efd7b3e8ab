//! The tables `courses` and `course_pack_files`, as far as a course begins, changes its title, goes and comes back.

use super::form::NewCourse;
use crate::course::pack::SHEET;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, CourseId, OrganisationId, StaffId};
use sqlx::PgConnection;

/// Adds an empty course; false where the organisation has one of that slug, deleted ones included.
pub async fn add(
    tx: &mut PgConnection,
    (id, slug): (CourseId, &str),
    organisation: OrganisationId,
    course: &NewCourse,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into courses (id, organisation_id, slug, title, language, sheet, created_at, updated_at)
         values ($1, $2, $3, $4, $5, '{}', $6, $6)
         on conflict (organisation_id, slug) do nothing",
        id.0,
        organisation.0,
        slug,
        course.title,
        course.language,
        now,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Locks a course that is not deleted, so that whoever changes it and whoever gives it to a class come one after the
/// other; false where there is none.
pub async fn lock(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<bool> {
    let locked =
        sqlx::query_scalar!("select id from courses where id = $1 and deleted_at is null for update", course.0)
            .fetch_optional(tx)
            .await?;
    Ok(locked.is_some())
}

/// `course.yaml` as text; none where the course came before packs were kept.
pub async fn sheet_text(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<Option<String>> {
    let content = sqlx::query_scalar!(
        r#"select content as "content!" from course_pack_files
           where course_id = $1 and path = $2 and content is not null"#,
        course.0,
        SHEET,
    )
    .fetch_optional(tx)
    .await?;
    Ok(content.and_then(|content| String::from_utf8(content).ok()))
}

/// Keeps `course.yaml` as it reads now.
pub async fn put_sheet(
    tx: &mut PgConnection,
    course: CourseId,
    (text, sheet): &super::sheet_file::Written,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    put_file(tx, course, SHEET, text.as_bytes()).await?;
    sqlx::query!("update courses set sheet = $2, updated_at = $3 where id = $1", course.0, sheet, now)
        .execute(tx)
        .await
        .map(drop)
}

/// Keeps one file of the pack.
pub async fn put_file(tx: &mut PgConnection, course: CourseId, path: &str, content: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into course_pack_files (course_id, path, content, edited) values ($1, $2, $3, true)
         on conflict (course_id, path) do update
             set content = excluded.content, served_digest = null, edited = true",
        course.0,
        path,
        content,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Gives a course another title.
pub async fn set_title(tx: &mut PgConnection, course: CourseId, title: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update courses set title = $2, updated_at = $3 where id = $1", course.0, title, now)
        .execute(tx)
        .await
        .map(drop)
}

/// A class that has a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Having {
    pub id: ClassroomId,
    pub name: String,
    /// It was put away.
    pub archived: bool,
    /// It was deleted and can still be brought back.
    pub deleted: bool,
}

/// Every class that has a course, those that were put away or deleted included.
pub async fn classes_having(db: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<Having>> {
    sqlx::query_as!(
        Having,
        r#"select c.id as "id: ClassroomId", c.name, c.archived_at is not null as "archived!",
                  c.deleted_at is not null as "deleted!"
           from classroom_courses g join classrooms c on c.id = g.classroom_id
           where g.course_id = $1 order by c.name, c.id"#,
        course.0,
    )
    .fetch_all(db)
    .await
}

/// Deletes a course so that it can be brought back; the caller holds its lock and knows that no class has it.
pub async fn delete(tx: &mut PgConnection, course: CourseId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update courses set deleted_at = $2 where id = $1", course.0, now).execute(tx).await.map(drop)
}

/// Brings a deleted course back; false where it was there.
pub async fn restore(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<bool> {
    let restored =
        sqlx::query!("update courses set deleted_at = null where id = $1 and deleted_at is not null", course.0)
            .execute(tx)
            .await?;
    Ok(restored.rows_affected() == 1)
}

/// A course that can be brought back.
#[derive(Clone, Debug)]
pub struct DeletedCourse {
    pub id: CourseId,
    pub organisation: String,
    pub title: String,
    pub language: String,
    pub deleted_at: DateTime<Utc>,
    /// Whether the reader may bring it back.
    pub may_change: bool,
}

/// The courses deleted since in every organisation a staff member belongs to, newest first.
pub async fn deleted(db: &mut PgConnection, staff: StaffId, since: DateTime<Utc>) -> sqlx::Result<Vec<DeletedCourse>> {
    sqlx::query_as!(
        DeletedCourse,
        r#"select c.id as "id: CourseId", o.name as organisation, c.title, c.language, c.deleted_at as "deleted_at!",
                  m.role <> 'viewer' as "may_change!"
           from memberships m
           join organisations o on o.id = m.organisation_id
           join courses c on c.organisation_id = o.id
           where m.staff_id = $1 and c.deleted_at >= $2
           order by c.deleted_at desc, c.id"#,
        staff.0,
        since,
    )
    .fetch_all(db)
    .await
}

/// Whether a course of an organisation is deleted.
pub async fn is_deleted(db: &mut PgConnection, course: CourseId) -> sqlx::Result<bool> {
    let deleted =
        sqlx::query_scalar!(r#"select deleted_at is not null as "deleted!" from courses where id = $1"#, course.0)
            .fetch_optional(db)
            .await?;
    Ok(deleted.unwrap_or(false))
}

/// The name of a class where somebody may teach; a class that was put away gets no courses.
pub async fn class_taught(
    db: &mut PgConnection,
    staff: StaffId,
    classroom: ClassroomId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select c.name from classrooms c
         join memberships m on m.organisation_id = c.organisation_id and m.staff_id = $1
         where c.id = $2 and c.archived_at is null and m.role <> 'viewer'",
        staff.0,
        classroom.0,
    )
    .fetch_optional(db)
    .await
}

/// Removes courses that were deleted before, with all that is in them; returns how many. One that a class has after all
/// stays.
pub async fn sweep(tx: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let removed = sqlx::query!(
        "delete from courses c where c.deleted_at < $1
             and not exists (select from classroom_courses g where g.course_id = c.id)",
        before,
    )
    .execute(tx)
    .await?;
    Ok(removed.rows_affected())
}
