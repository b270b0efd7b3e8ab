//! The tables `courses`, `lessons`, `course_pack_files` and `deleted_lessons`, as far as a course or a lesson begins,
//! moves, goes and comes back.

use super::form::NewCourse;
use crate::{
    course::{pack::SHEET, store::Course},
    organisation::Role,
};
use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared_types::ids::{ClassroomId, CourseId, LessonId, OrganisationId, StaffId};
use sqlx::PgConnection;
use uuid::Uuid;

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

/// A course of an organisation somebody belongs to, unless it was deleted before `since`; what they may do there, and
/// whether it is deleted.
pub async fn deleted_or_not(
    db: &mut PgConnection,
    staff: StaffId,
    course: CourseId,
    since: DateTime<Utc>,
) -> sqlx::Result<Option<(Course, Role, bool)>> {
    let row = sqlx::query!(
        r#"select c.id as "id: CourseId", c.organisation_id as "organisation: OrganisationId", o.name, c.slug, c.title,
                  c.summary, c.language, c.updated_at, m.role as "role: Role", c.deleted_at is not null as "deleted!"
           from courses c
           join organisations o on o.id = c.organisation_id
           join memberships m on m.organisation_id = c.organisation_id and m.staff_id = $1
           where c.id = $2 and (c.deleted_at is null or c.deleted_at >= $3)"#,
        staff.0,
        course.0,
        since,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let course = Course {
            id: row.id,
            organisation: row.organisation,
            organisation_name: row.name,
            slug: row.slug,
            title: row.title,
            summary: row.summary,
            language: row.language,
            updated_at: row.updated_at,
        };
        (course, row.role, row.deleted)
    }))
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

/// A lesson of a course, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InOrder {
    pub id: LessonId,
    pub title: String,
    /// Path in the pack; none where it was never exported.
    pub file: Option<String>,
    pub session: Option<i32>,
}

/// The lessons of a course in order.
pub async fn lessons(db: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<InOrder>> {
    sqlx::query_as!(
        InOrder,
        r#"select l.id as "id: LessonId", v.title, l.file, l.session
           from lessons l join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where l.course_id = $1 and l.removed_at is null
           order by l.position, l.id"#,
        course.0,
    )
    .fetch_all(db)
    .await
}

/// Puts the lessons of a course in this order, each with its session number.
pub async fn put_order(tx: &mut PgConnection, course: CourseId, order: &[(LessonId, Option<i32>)]) -> sqlx::Result<()> {
    let (ids, sessions): (Vec<Uuid>, Vec<Option<i32>>) = order.iter().map(|(id, session)| (id.0, *session)).unzip();
    sqlx::query!(
        "update lessons set position = o.place, session = o.session
         from unnest($2::uuid[], $3::integer[]) with ordinality as o (id, session, place)
         where lessons.course_id = $1 and lessons.id = o.id",
        course.0,
        &ids,
        &sessions as &[Option<i32>],
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Takes a lesson out of its course, to be brought back with its `entry` of course.yaml at its `place`.
pub async fn delete_lesson(
    tx: &mut PgConnection,
    lesson: LessonId,
    entry: Option<&Json>,
    place: usize,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update lessons set removed_at = $2 where id = $1", lesson.0, now).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into deleted_lessons (lesson_id, entry, place, deleted_at) values ($1, $2, $3, $4)
         on conflict (lesson_id) do update
             set entry = excluded.entry, place = excluded.place, deleted_at = excluded.deleted_at",
        lesson.0,
        entry,
        i32::try_from(place).unwrap_or(i32::MAX),
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// A lesson that is to stand in its course again.
#[derive(Clone, Debug)]
pub struct Returning {
    pub slug: String,
    pub title: String,
    pub file: String,
    pub session: Option<i32>,
    pub entry: Option<Json>,
    pub place: usize,
    /// Whether its file still lies in the pack: an import may have taken it away.
    pub has_file: bool,
    pub front_matter: String,
    pub body: String,
}

/// A lesson of a course that a teacher deleted since.
pub async fn deleted_lesson(
    tx: &mut PgConnection,
    course: CourseId,
    lesson: LessonId,
    since: DateTime<Utc>,
) -> sqlx::Result<Option<Returning>> {
    let row = sqlx::query!(
        r#"select l.slug, v.title, coalesce(l.file, 'lessons/' || l.slug || '.md') as "file!", l.session, d.entry, d.place,
                  exists (select from course_pack_files p where p.course_id = l.course_id and p.path = l.file)
                      as "has_file!",
                  v.front_matter, v.source
           from lessons l
           join deleted_lessons d on d.lesson_id = l.id and d.deleted_at = l.removed_at
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where l.course_id = $1 and l.id = $2 and d.deleted_at >= $3"#,
        course.0,
        lesson.0,
        since,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| Returning {
        slug: row.slug,
        title: row.title,
        file: row.file,
        session: row.session,
        entry: row.entry,
        place: usize::try_from(row.place).unwrap_or(usize::MAX),
        has_file: row.has_file,
        front_matter: row.front_matter,
        body: row.source,
    }))
}

/// Lets a lesson stand in its course again, with this file.
pub async fn restore_lesson(tx: &mut PgConnection, lesson: LessonId, file: &str) -> sqlx::Result<()> {
    sqlx::query!("update lessons set removed_at = null, file = $2 where id = $1", lesson.0, file)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("delete from deleted_lessons where lesson_id = $1", lesson.0).execute(tx).await.map(drop)
}

/// A lesson that can be brought back.
#[derive(Clone, Debug)]
pub struct DeletedLesson {
    pub id: LessonId,
    pub title: String,
    pub deleted_at: DateTime<Utc>,
}

/// The lessons of a course that a teacher deleted since, newest first.
pub async fn deleted_lessons(
    db: &mut PgConnection,
    course: CourseId,
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<DeletedLesson>> {
    sqlx::query_as!(
        DeletedLesson,
        r#"select l.id as "id: LessonId", v.title, d.deleted_at
           from lessons l
           join deleted_lessons d on d.lesson_id = l.id and d.deleted_at = l.removed_at
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           where l.course_id = $1 and d.deleted_at >= $2
           order by d.deleted_at desc, l.id"#,
        course.0,
        since,
    )
    .fetch_all(db)
    .await
}

/// Where a lesson is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub class: String,
    /// How many finished it or worked in its module.
    pub students: i64,
}

/// The classes whose students see a lesson, by name.
pub async fn used_in(db: &mut PgConnection, course: CourseId, lesson: LessonId) -> sqlx::Result<Vec<Use>> {
    sqlx::query_as!(
        Use,
        r#"select c.name as class,
                  (select count(*) from students s
                   where s.classroom_id = c.id
                     and (exists (select from finished_lessons f where f.student_id = s.id and f.lesson_id = $2)
                          or exists (select from modules u join materials m on m.module_id = u.id
                                     where u.classroom_id = c.id and u.lesson_id = $2
                                       and (exists (select from responses r
                                                    where r.material_id = m.id and r.student_id = s.id)
                                            or exists (select from submissions w
                                                       where w.material_id = m.id and w.student_id = s.id)))))
                      as "students!"
           from classroom_courses g join classrooms c on c.id = g.classroom_id and c.deleted_at is null
           where g.course_id = $1
           order by c.name, c.id"#,
        course.0,
        lesson.0,
    )
    .fetch_all(db)
    .await
}

/// The files of a course's pack that an export leaves out: those of its deleted lessons.
pub async fn hidden_files(db: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select l.file as "file!" from lessons l
           join deleted_lessons d on d.lesson_id = l.id and d.deleted_at = l.removed_at
           where l.course_id = $1 and l.file is not null
             and not exists (select from lessons o
                             where o.course_id = l.course_id and o.file = l.file and o.removed_at is null)"#,
        course.0,
    )
    .fetch_all(db)
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

/// Forgets how lessons that were deleted before would come back; returns how many. Their files leave the packs, and an
/// import that brings them again brings its own text.
pub async fn sweep_lessons(tx: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    sqlx::query!(
        "with gone as (
             select l.id, l.course_id, l.file from lessons l
             join deleted_lessons d on d.lesson_id = l.id and d.deleted_at = l.removed_at
             where d.deleted_at < $1
               and not exists (select from lessons o
                               where o.course_id = l.course_id and o.file = l.file and o.removed_at is null)),
         forgotten as (update lessons set imported_digest = null from gone where lessons.id = gone.id)
         delete from course_pack_files p using gone where p.course_id = gone.course_id and p.path = gone.file",
        before,
    )
    .execute(&mut *tx)
    .await?;
    let forgotten = sqlx::query!("delete from deleted_lessons where deleted_at < $1", before).execute(tx).await?;
    Ok(forgotten.rows_affected())
}
