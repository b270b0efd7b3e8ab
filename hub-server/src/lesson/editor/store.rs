//! What the editor reads of courses, lessons and versions. Writing them is [`crate::course::edit`]'s.

use chrono::{DateTime, Utc};
use shared_types::ids::{CourseId, LessonId, StaffId};
use sqlx::PgConnection;

/// One version of a lesson, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub version: i32,
    pub title: String,
    pub front_matter: String,
    pub body: String,
}

impl Source {
    /// Both halves in one text.
    pub fn text(&self) -> String {
        format!("---\n{}---\n{}", self.front_matter, self.body)
    }
}

/// A version of a lesson of the course; without a number the one students see.
pub async fn source(
    db: &mut PgConnection,
    course: CourseId,
    lesson: LessonId,
    version: Option<i32>,
) -> sqlx::Result<Option<Source>> {
    sqlx::query_as!(
        Source,
        "select v.version, v.title, v.front_matter, v.source as body
         from lessons l join lesson_versions v on v.lesson_id = l.id and v.version = coalesce($3, l.version)
         where l.course_id = $1 and l.id = $2 and l.removed_at is null",
        course.0,
        lesson.0,
        version,
    )
    .fetch_optional(db)
    .await
}

/// The version students see now; the lesson stays locked until the transaction ends, so that of two who publish at once
/// the second is told of the first.
pub async fn lock(tx: &mut PgConnection, course: CourseId, lesson: LessonId) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        "select version from lessons where course_id = $1 and id = $2 and removed_at is null for update",
        course.0,
        lesson.0,
    )
    .fetch_optional(tx)
    .await
}

/// A line of a lesson's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionLine {
    pub version: i32,
    pub title: String,
    pub published_at: DateTime<Utc>,
    /// Who published it in the browser; none for an import.
    pub by: Option<String>,
    /// The version students see.
    pub current: bool,
}

/// Every version of a lesson of the course, newest first.
pub async fn history(db: &mut PgConnection, course: CourseId, lesson: LessonId) -> sqlx::Result<Vec<VersionLine>> {
    sqlx::query_as!(
        VersionLine,
        r#"select v.version, v.title, v.published_at, p.display_name as "by?", v.version = l.version as "current!"
           from lessons l
           join lesson_versions v on v.lesson_id = l.id
           left join audit_entries a on a.subject_id = l.id and a.action = 'lesson_version_published'
               and a.details ->> 'version' = v.version::text
           left join staff p on p.id = a.staff_id
           where l.course_id = $1 and l.id = $2 and l.removed_at is null
           order by v.version desc"#,
        course.0,
        lesson.0,
    )
    .fetch_all(db)
    .await
}

/// Whether somebody published this version in the browser.
pub async fn published_by(db: &mut PgConnection, lesson: LessonId, version: i32, staff: StaffId) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from audit_entries
                        where subject_id = $1 and action = 'lesson_version_published'
                          and details ->> 'version' = $2 and staff_id = $3)",
    )
    .bind(lesson.0)
    .bind(version.to_string())
    .bind(staff.0)
    .fetch_one(db)
    .await
}
