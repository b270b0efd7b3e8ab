//! Reading lessons, always through the class they are read in.

use super::markdown::Heading;
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
    /// What it is written in.
    pub language: String,
    pub html: String,
    pub needs: Vec<String>,
    pub done_looks_like: Vec<String>,
    pub quick_fixes: Vec<String>,
    pub duration_minutes: Option<i32>,
}

/// A lesson of a course the class has; any other does not exist.
pub async fn of_class(db: &mut PgConnection, classroom: ClassroomId, lesson: LessonId) -> sqlx::Result<Option<Lesson>> {
    let row = sqlx::query!(
        r#"select l.id as "id: LessonId", l.version, c.title as course_title, c.language, v.title, v.html,
                  v.contents as "contents: Json<Vec<Heading>>", v.makes, v.needs, v.done_looks_like, v.quick_fixes,
                  v.duration_minutes, v.allowed_topics
           from lessons l
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           join courses c on c.id = l.course_id
           join classroom_courses g on g.course_id = c.id
           where l.id = $2 and g.classroom_id = $1 and l.removed_at is null"#,
        classroom.0,
        lesson.0,
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
        language: row.language,
        html: row.html,
        needs: row.needs,
        done_looks_like: row.done_looks_like,
        quick_fixes: row.quick_fixes,
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
    pub makes: String,
    pub duration_minutes: Option<i32>,
    /// By the student who looks; never by staff.
    pub finished: bool,
}

/// Every lesson of a class's courses in order, in one statement; `student` is whose finished ones are marked.
pub async fn outline(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: Option<StudentId>,
) -> sqlx::Result<Vec<OutlineLine>> {
    sqlx::query_as!(
        OutlineLine,
        r#"select l.id as "id: LessonId", c.id as "course: CourseId", c.title as course_title, c.language, v.title,
                  v.introduction, v.makes, v.duration_minutes, f.lesson_id is not null as "finished!"
           from classroom_courses g
           join courses c on c.id = g.course_id
           join lessons l on l.course_id = c.id and l.removed_at is null
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           left join finished_lessons f on f.lesson_id = l.id and f.student_id = $2
           where g.classroom_id = $1
           order by g.position, c.id, l.position"#,
        classroom.0,
        student.map(Uuid::from),
    )
    .fetch_all(db)
    .await
}

/// A file a lesson links to.
#[derive(Clone, Debug)]
pub struct LessonFile {
    pub content_type: String,
    pub inline: bool,
    pub content: Vec<u8>,
}

/// A file of a course the class has.
pub async fn file(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
    digest: &str,
    path: &str,
) -> sqlx::Result<Option<LessonFile>> {
    sqlx::query_as!(
        LessonFile,
        "select f.content_type, f.inline, f.content
         from lessons l
         join classroom_courses g on g.course_id = l.course_id
         join course_files f on f.course_id = l.course_id
         where g.classroom_id = $1 and l.id = $2 and l.removed_at is null and f.digest = $3 and f.path = $4",
        classroom.0,
        lesson.0,
        digest,
        path,
    )
    .fetch_optional(db)
    .await
}

/// Marks a lesson of the class as finished by a student; false where the class has no such lesson.
pub async fn finish(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    lesson: LessonId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with lesson as (
               select l.id from lessons l join classroom_courses g on g.course_id = l.course_id
               where g.classroom_id = $1 and l.id = $3 and l.removed_at is null),
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

/// What is said of a lesson of the class to the helper.
pub async fn scope_of(
    db: &mut PgConnection,
    classroom: ClassroomId,
    lesson: LessonId,
) -> sqlx::Result<Option<LessonScope>> {
    let row = sqlx::query!(
        r#"select l.id as "id: LessonId", l.version, c.title as course_title, v.title, v.makes,
                  v.contents as "contents: Json<Vec<Heading>>", v.allowed_topics
           from lessons l
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           join courses c on c.id = l.course_id
           join classroom_courses g on g.course_id = c.id
           where l.id = $2 and g.classroom_id = $1 and l.removed_at is null"#,
        classroom.0,
        lesson.0,
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
