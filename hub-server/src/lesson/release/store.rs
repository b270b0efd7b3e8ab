//! The table `lesson_releases` and the view `lesson_openings`.

use super::{Opening, Release};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, CourseId, LessonId};
use sqlx::PgConnection;

/// Whether the class has the lesson and may read it now.
pub async fn is_open(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from lesson_openings where classroom_id = $1 and lesson_id = $2 and opens_at <= $3)
           as "open!""#,
        classroom.0,
        lesson.0,
        now,
    )
    .fetch_one(db)
    .await
}

/// A lesson of a class with what its teacher decided about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseLine {
    pub lesson: LessonId,
    pub course: CourseId,
    pub course_title: String,
    pub language: String,
    pub title: String,
    pub makes: String,
    pub version: i32,
    pub release: Release,
    /// The course's own date.
    pub course_opens_at: Option<DateTime<Utc>>,
    pub opening: Opening,
    /// When the first work that waits for the lesson is due.
    pub first_due: Option<DateTime<Utc>>,
}

/// Every lesson of a class's courses in order, in one statement.
pub async fn of_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<ReleaseLine>> {
    let rows = sqlx::query!(
        r#"select l.id as "lesson: LessonId", c.id as "course: CourseId", c.title as course_title, c.language,
                  v.title, v.makes, l.version, l.opens_at as course_opens_at, r.state as "state?",
                  r.opens_at as release_at, o.opens_at <= $2 as "open!",
                  case when isfinite(o.opens_at) then o.opens_at end as opens_at,
                  (select min(m.due_at) from modules u join materials m on m.module_id = u.id
                   where u.classroom_id = $1 and u.lesson_id = l.id and u.deleted_at is null
                     and m.deleted_at is null) as first_due
           from classroom_courses g
           join courses c on c.id = g.course_id
           join lessons l on l.course_id = c.id and l.removed_at is null
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           join lesson_openings o on o.classroom_id = g.classroom_id and o.lesson_id = l.id
           left join lesson_releases r on r.classroom_id = g.classroom_id and r.lesson_id = l.id
           where g.classroom_id = $1
           order by g.position, c.id, l.position"#,
        classroom.0,
        now,
    )
    .fetch_all(db)
    .await?;
    let lines = rows.into_iter().map(|row| ReleaseLine {
        lesson: row.lesson,
        course: row.course,
        course_title: row.course_title,
        language: row.language,
        title: row.title,
        makes: row.makes,
        version: row.version,
        release: Release::of(row.state.as_deref(), row.release_at),
        course_opens_at: row.course_opens_at,
        opening: Opening::of(row.open, row.opens_at),
        first_due: row.first_due,
    });
    Ok(lines.collect())
}

/// Writes down what the teacher decided; false where the class has no such lesson.
pub async fn set(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
    release: Release,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let at = if let Release::Scheduled(at) = release { Some(at) } else { None };
    sqlx::query_scalar!(
        r#"with lesson as (
               select lesson_id from lesson_openings where classroom_id = $1 and lesson_id = $2),
           forgotten as (
               delete from lesson_releases r using lesson
               where $3::text is null and r.classroom_id = $1 and r.lesson_id = lesson.lesson_id),
           written as (
               insert into lesson_releases (classroom_id, lesson_id, state, opens_at, changed_at)
               select $1, lesson_id, $3, $4, $5 from lesson where $3::text is not null
               on conflict (classroom_id, lesson_id) do update
                   set state = excluded.state, opens_at = excluded.opens_at, changed_at = excluded.changed_at)
           select exists (select from lesson) as "there!""#,
        classroom.0,
        lesson.0,
        release.state(),
        at,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Decides for a class what was decided for another one.
pub async fn copy_to_class(
    tx: &mut PgConnection,
    from: ClassroomId,
    to: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lesson_releases (classroom_id, lesson_id, state, opens_at, changed_at)
         select $2, lesson_id, state, opens_at, $3 from lesson_releases where classroom_id = $1",
        from.0,
        to.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}
