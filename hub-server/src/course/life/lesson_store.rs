//! The tables `lessons` and `deleted_lessons`, as far as a lesson moves, goes and comes back in its course.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared_types::ids::{CourseId, LessonId};
use sqlx::PgConnection;
use uuid::Uuid;

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
pub async fn in_order(db: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<InOrder>> {
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
pub async fn delete(
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
pub async fn one_deleted(
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
pub async fn restore(tx: &mut PgConnection, lesson: LessonId, file: &str) -> sqlx::Result<()> {
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
pub async fn deleted(
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

/// Forgets how lessons that were deleted before would come back; returns how many. Their files leave the packs, and an
/// import that brings them again brings its own text.
pub async fn sweep(tx: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
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
