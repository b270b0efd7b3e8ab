//! Reading lessons, always through the class they are read in. What students may read is decided here: a lesson that is
//! not open yet comes out as a [`ClosedLesson`] or not at all.

use super::{markdown::Heading, release::Opening};
use crate::course::video::Video;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, CourseId, LessonId, StudentId};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// What is said of a lesson to the helper, at its current version.
#[derive(Clone, Debug)]
pub struct LessonScope {
    pub id: LessonId,
    pub version: i32,
    pub course_title: String,
    pub title: String,
    pub makes: String,
    pub contents: Vec<Heading>,
    /// What may be asked beside the lesson itself.
    pub allowed_topics: Vec<String>,
}

/// A lesson as the class reads it: its current version.
#[derive(Clone, Debug)]
pub struct Lesson {
    pub scope: LessonScope,
    pub course: CourseId,
    pub opening: Opening,
    /// What it is written in.
    pub language: String,
    pub introduction: String,
    pub html: String,
    pub needs: Vec<String>,
    pub done_looks_like: Vec<String>,
    pub quick_fixes: Vec<String>,
    pub extend: Vec<String>,
    pub videos: Vec<Video>,
    pub duration_minutes: Option<i32>,
}

/// All a student may know of a lesson before it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedLesson {
    pub id: LessonId,
    pub course_title: String,
    pub language: String,
    pub title: String,
    pub introduction: String,
    pub opening: Opening,
}

/// What a student gets of a lesson.
#[derive(Clone, Debug)]
pub enum Reading {
    Open(Box<Lesson>),
    Closed(ClosedLesson),
}

/// A lesson for a student of the class: all of it, or what is known before it opens.
pub async fn read(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Reading>> {
    let Some(lesson) = of_class(db, classroom, lesson, now).await? else { return Ok(None) };
    Ok(Some(if lesson.opening.is_open() {
        Reading::Open(Box::new(lesson))
    } else {
        Reading::Closed(ClosedLesson {
            id: lesson.scope.id,
            course_title: lesson.scope.course_title,
            language: lesson.language,
            title: lesson.scope.title,
            introduction: lesson.introduction,
            opening: lesson.opening,
        })
    }))
}

/// A lesson of a course the class has, open or not; any other does not exist. For staff.
pub async fn of_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Lesson>> {
    let row = sqlx::query!(
        r#"select l.id as "id: LessonId", l.version, l.course_id as "course: CourseId", c.title as course_title,
                  c.language, v.title, v.introduction, v.html, v.contents as "contents: Json<Vec<Heading>>", v.makes, v.needs, v.done_looks_like,
                  v.quick_fixes, v.extend, v.duration_minutes, v.allowed_topics,
                  v.videos as "videos: Json<Vec<Video>>", o.opens_at <= $3 as "open!",
                  case when isfinite(o.opens_at) then o.opens_at end as opens_at
           from lesson_openings o
           join lessons l on l.id = o.lesson_id
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           join courses c on c.id = l.course_id
           where o.lesson_id = $2 and o.classroom_id = $1"#,
        classroom.0,
        lesson.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Lesson {
        scope: LessonScope {
            id: row.id,
            version: row.version,
            course_title: row.course_title,
            title: row.title,
            makes: row.makes,
            contents: row.contents.0,
            allowed_topics: row.allowed_topics,
        },
        course: row.course,
        opening: Opening::of(row.open, row.opens_at),
        language: row.language,
        introduction: row.introduction,
        html: row.html,
        needs: row.needs,
        done_looks_like: row.done_looks_like,
        quick_fixes: row.quick_fixes,
        extend: row.extend,
        videos: row.videos.0,
        duration_minutes: row.duration_minutes,
    }))
}

/// One line of a class's outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineLine {
    pub id: LessonId,
    pub course: CourseId,
    pub course_title: String,
    /// What the course is written in.
    pub language: String,
    pub title: String,
    pub introduction: String,
    /// Empty where the lesson is not open yet.
    pub makes: String,
    /// None where the lesson is not open yet.
    pub duration_minutes: Option<i32>,
    pub opening: Opening,
    /// By the student who looks; never by staff.
    pub finished: bool,
}

/// Every lesson of a class's courses in order, in one statement; `student` is whose finished ones are marked. Of those
/// not open yet only what everybody may know.
pub async fn outline(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: Option<StudentId>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<OutlineLine>> {
    let rows = sqlx::query!(
        r#"select l.id as "id: LessonId", c.id as "course: CourseId", c.title as course_title, c.language, v.title,
                  v.introduction, v.makes, v.duration_minutes, f.lesson_id is not null as "finished!",
                  o.opens_at <= $3 as "open!", case when isfinite(o.opens_at) then o.opens_at end as opens_at
           from lesson_openings o
           join lessons l on l.id = o.lesson_id
           join courses c on c.id = l.course_id
           join classroom_courses g on g.classroom_id = o.classroom_id and g.course_id = c.id
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           left join finished_lessons f on f.lesson_id = l.id and f.student_id = $2
           where o.classroom_id = $1
           order by g.position, c.id, l.position"#,
        classroom.0,
        student.map(Uuid::from),
        now,
    )
    .fetch_all(db)
    .await?;
    let lines = rows.into_iter().map(|row| OutlineLine {
        id: row.id,
        course: row.course,
        course_title: row.course_title,
        language: row.language,
        title: row.title,
        introduction: row.introduction,
        makes: if row.open { row.makes } else { String::new() },
        duration_minutes: row.duration_minutes.filter(|_| row.open),
        opening: Opening::of(row.open, row.opens_at),
        finished: row.finished,
    });
    Ok(lines.collect())
}

/// Marks a lesson of the class as finished by a student; false where the class has no such lesson, or not yet.
pub async fn finish(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with lesson as (
               select lesson_id as id from lesson_openings
               where classroom_id = $1 and lesson_id = $3 and opens_at <= $4),
           finished as (
               insert into finished_lessons (student_id, lesson_id, finished_at) select $2, id, $4 from lesson
               on conflict do nothing)
           select exists (select from lesson) as "there!""#,
        classroom.0,
        student.0,
        lesson.0,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Takes the mark back.
pub async fn reopen(tx: &mut PgConnection, student: StudentId, lesson: LessonId) -> sqlx::Result<()> {
    sqlx::query!("delete from finished_lessons where student_id = $1 and lesson_id = $2", student.0, lesson.0)
        .execute(tx)
        .await
        .map(drop)
}

/// What is said of a lesson of the class to the helper; nothing before it opens.
pub async fn scope_of(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<LessonScope>> {
    let row = sqlx::query!(
        r#"select l.id as "id: LessonId", l.version, c.title as course_title, v.title, v.makes,
                  v.contents as "contents: Json<Vec<Heading>>", v.allowed_topics
           from lesson_openings o
           join lessons l on l.id = o.lesson_id
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           join courses c on c.id = l.course_id
           where o.lesson_id = $2 and o.classroom_id = $1 and o.opens_at <= $3"#,
        classroom.0,
        lesson.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| LessonScope {
        id: row.id,
        version: row.version,
        course_title: row.course_title,
        title: row.title,
        makes: row.makes,
        contents: row.contents.0,
        allowed_topics: row.allowed_topics,
    }))
}
