//! What is read and written where a lesson is written here.

use shared_types::ids::{CourseId, LessonId};
use sqlx::PgConnection;
use uuid::Uuid;

/// A lesson as it stands.
#[derive(Clone, Debug)]
pub struct EditedLesson {
    pub id: LessonId,
    pub course: CourseId,
    pub language: String,
    pub slug: String,
    pub title: String,
    /// Path in the pack.
    pub file: String,
    pub position: i32,
    pub session: Option<i32>,
    pub version: i32,
    pub front_matter: String,
    /// The file as it is; empty where there is none yet.
    pub content: Vec<u8>,
    /// `course.yaml`; empty where the course has none.
    pub sheet_text: String,
    /// What the course says of lessons that do not say how long they take.
    pub default_minutes: Option<i32>,
}

impl EditedLesson {
    /// One that is yet to be.
    pub fn new(course: CourseId, language: String) -> Self {
        Self {
            id: LessonId(Uuid::nil()),
            course,
            language,
            slug: "new".to_owned(),
            title: String::new(),
            file: "lessons/new.md".to_owned(),
            position: 0,
            session: None,
            version: 0,
            front_matter: String::new(),
            content: Vec::new(),
            sheet_text: String::new(),
            default_minutes: None,
        }
    }
}

/// The course a lesson is in; its row stays locked, so that two who write come one after the other.
pub async fn course_of(tx: &mut PgConnection, lesson: LessonId) -> sqlx::Result<Option<CourseId>> {
    sqlx::query_scalar!(
        r#"select c.id as "id: CourseId" from courses c
           where c.id = (select course_id from lessons where id = $1 and removed_at is null) for update"#,
        lesson.0,
    )
    .fetch_optional(tx)
    .await
}

/// Locks a course; its language, or nothing where it is not there.
pub async fn lock_course(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select language from courses where id = $1 for update", course.0).fetch_optional(tx).await
}

/// What a course is written in.
pub async fn language(db: &mut PgConnection, course: CourseId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select language from courses where id = $1", course.0).fetch_optional(db).await
}

/// A lesson of a course, as it stands.
pub async fn lesson(db: &mut PgConnection, course: CourseId, lesson: LessonId) -> sqlx::Result<Option<EditedLesson>> {
    let row = sqlx::query!(
        r#"select l.slug, v.title, coalesce(l.file, 'lessons/' || l.slug || '.md') as "file!", l.position, l.session,
                  l.version, v.front_matter, p.content, c.language, s.content as sheet_text,
                  c.sheet ->> 'default_duration_minutes' as minutes
           from lessons l
           join courses c on c.id = l.course_id
           join lesson_versions v on v.lesson_id = l.id and v.version = l.version
           left join course_pack_files p on p.course_id = c.id and p.path = l.file
           left join course_pack_files s on s.course_id = c.id and s.path = 'course.yaml'
           where c.id = $1 and l.id = $2 and l.removed_at is null"#,
        course.0,
        lesson.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| EditedLesson {
        id: lesson,
        course,
        language: row.language,
        slug: row.slug,
        title: row.title,
        file: row.file,
        position: row.position,
        session: row.session,
        version: row.version,
        front_matter: row.front_matter,
        content: row.content.unwrap_or_default(),
        sheet_text: String::from_utf8(row.sheet_text.unwrap_or_default()).unwrap_or_default(),
        default_minutes: row.minutes.and_then(|minutes| minutes.parse().ok()),
    }))
}

/// The slugs of a course's lessons, removed ones too.
pub async fn slugs(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select slug from lessons where course_id = $1", course.0).fetch_all(tx).await
}

/// The place after a course's last lesson.
pub async fn next_position(tx: &mut PgConnection, course: CourseId) -> sqlx::Result<i32> {
    sqlx::query_scalar!(
        r#"select coalesce(max(position), 0) + 1 as "position!" from lessons where course_id = $1 and removed_at is null"#,
        course.0,
    )
    .fetch_one(tx)
    .await
}

/// One file of a course's pack.
pub async fn pack_file(db: &mut PgConnection, course: CourseId, path: &str) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        r#"select content as "content!" from course_pack_files
           where course_id = $1 and path = $2 and content is not null"#,
        course.0,
        path,
    )
    .fetch_optional(db)
    .await
}

/// Writes one file of a course's pack: its content, or the digest under which it is served.
pub async fn put_pack_file(
    tx: &mut PgConnection,
    course: CourseId,
    path: &str,
    content: Option<&[u8]>,
    served_digest: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into course_pack_files (course_id, path, content, served_digest, edited) values ($1, $2, $3, $4, true)
         on conflict (course_id, path) do update
             set content = excluded.content, served_digest = excluded.served_digest, edited = true",
        course.0,
        path,
        content,
        served_digest,
    )
    .execute(tx)
    .await
    .map(drop)
}
