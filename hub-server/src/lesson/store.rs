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
    pub place: Place,
}

/// Where a lesson stands within its course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub previous: Option<Neighbour>,
    pub next: Option<Neighbour>,
    /// From 1.
    pub number: i64,
    pub of: i64,
    /// By the student who looks; never by staff.
    pub finished: bool,
}

/// A lesson next to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    pub id: LessonId,
    pub title: String,
    /// Whether the class may read it already.
    pub open: bool,
}

impl Neighbour {
    fn of(id: Option<LessonId>, title: Option<String>, open: bool) -> Option<Self> {
        id.zip(title).map(|(id, title)| Self { id, title, open })
    }
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
    pub place: Place,
}

/// What a student gets of a lesson.
#[derive(Clone, Debug)]
pub enum Reading {
    Open(Box<Lesson>),
    Closed(Box<ClosedLesson>),
}

/// A lesson for a student of the class: all of it, or what is known before it opens.
pub async fn read(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Reading>> {
    let Some(lesson) = find(db, classroom, Some(student), lesson, now).await? else { return Ok(None) };
    Ok(Some(if lesson.opening.is_open() {
        Reading::Open(Box::new(lesson))
    } else {
        Reading::Closed(Box::new(ClosedLesson {
            id: lesson.scope.id,
            course_title: lesson.scope.course_title,
            language: lesson.language,
            title: lesson.scope.title,
            introduction: lesson.introduction,
            opening: lesson.opening,
            place: lesson.place,
        }))
    }))
}

/// A lesson of a course the class has, open or not; any other does not exist. For staff.
pub async fn of_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Lesson>> {
    find(db, classroom, None, lesson, now).await
}

async fn find(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: Option<StudentId>,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Lesson>> {
    let row = sqlx::query!(
        r#"select l.id as "id: LessonId", l.version, l.course_id as "course: CourseId", c.title as course_title,
                  c.language, v.title, v.introduction, v.html, v.contents as "contents: Json<Vec<Heading>>", v.makes, v.needs, v.done_looks_like,
                  v.quick_fixes, v.extend, v.duration_minutes, v.allowed_topics,
                  v.videos as "videos: Json<Vec<Video>>", o.opens_at <= $3 as "open!",
                  case when isfinite(o.opens_at) then o.opens_at end as opens_at,
                  p.previous as "previous?: LessonId", p.previous_title as "previous_title?",
                  p.next as "next?: LessonId", p.next_title as "next_title?", p.number as "number!", p.of as "of!",
                  exists (select from lesson_openings
                          where classroom_id = $1 and lesson_id = p.previous and opens_at <= $3) as "previous_open!",
                  exists (select from lesson_openings
                          where classroom_id = $1 and lesson_id = p.next and opens_at <= $3) as "next_open!",
                  exists (select from finished_lessons where lesson_id = l.id and student_id = $4) as "finished!"
           from lesson_openings o
           join lessons l on l.id = o.lesson_id
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           join courses c on c.id = l.course_id
           join lateral (
               select k.id, lag(k.id) over place as previous, lag(t.title) over place as previous_title,
                      lead(k.id) over place as next, lead(t.title) over place as next_title,
                      row_number() over place as number, count(*) over () as of
               from lessons k join lesson_versions t on t.lesson_id = k.id and t.version = k.version
               where k.course_id = l.course_id and k.removed_at is null
               window place as (order by k.position)) p on p.id = l.id
           where o.lesson_id = $2 and o.classroom_id = $1"#,
        classroom.0,
        lesson.0,
        now,
        student.map(Uuid::from),
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
        place: Place {
            previous: Neighbour::of(row.previous, row.previous_title, row.previous_open),
            next: Neighbour::of(row.next, row.next_title, row.next_open),
            number: row.number,
            of: row.of,
            finished: row.finished,
        },
    }))
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
