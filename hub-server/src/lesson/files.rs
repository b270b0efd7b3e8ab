//! The files lessons show or link to: pictures, documents, videos. Each is reached through a lesson of a class, by a
//! student only once that lesson is open.

use super::asked::AskedFile;
use crate::{
    app::App,
    course::asked::TeachingCourse,
    storage::{
        self,
        range::{Asked, asked as part_asked},
    },
    web::{Error, JoinedStudent, PageResult, Viewing},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, CourseId};
use sqlx::PgConnection;

/// `GET /student/lessons/{lesson}/files/{digest}/{*path}`.
pub async fn for_student(
    State(app): State<App>,
    JoinedStudent(_, classroom): JoinedStudent,
    asked: AskedFile,
    headers: HeaderMap,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let known = of_class(&mut db, classroom.id, &asked, Some(app.clock.now())).await?;
    send(&mut db, known, &asked, &headers).await
}

/// `GET /teach/classes/{classroom}/lessons/{lesson}/files/{digest}/{*path}`: in the preview, whether open or not.
pub async fn for_staff(
    State(app): State<App>,
    Viewing { classroom, .. }: Viewing,
    asked: AskedFile,
    headers: HeaderMap,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let known = of_class(&mut db, classroom.id, &asked, None).await?;
    send(&mut db, known, &asked, &headers).await
}

/// `GET /teach/courses/{course}/lessons/{lesson}/files/{digest}/{*path}`: in the preview of who writes.
pub async fn for_author(
    State(app): State<App>,
    TeachingCourse(_, course): TeachingCourse,
    asked: AskedFile,
    headers: HeaderMap,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let known = of_course(&mut db, course.id, &asked).await?;
    send(&mut db, known, &asked, &headers).await
}

/// What is known of a file before any of it is read.
struct Known {
    course: CourseId,
    content_type: String,
    inline: bool,
    bytes: i64,
}

/// A file never changes under its address, and is for this browser's cache only: it took a right to see it.
async fn send(db: &mut PgConnection, known: Option<Known>, asked: &AskedFile, headers: &HeaderMap) -> PageResult {
    let known = known.ok_or(Error::NotFound)?;
    let total = u64::try_from(known.bytes).unwrap_or_default();
    let etag = format!("\"{}\"", asked.digest);
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if value(header::IF_NONE_MATCH).is_some_and(|known| known.contains(&etag)) {
        return described(StatusCode::NOT_MODIFIED.into_response(), &known, &etag);
    }
    // A part of another version would not fit to what the browser has.
    let same = value(header::IF_RANGE).is_none_or(|version| version == etag);
    let mut response = match part_asked(value(header::RANGE).filter(|_| same), total) {
        Asked::Whole => Body::from(read(db, known.course, asked, 0, total).await?).into_response(),
        Asked::Outside => {
            let size = header_value(&format!("bytes */{total}"))?;
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, size)]).into_response()
        }
        Asked::Part(part) => {
            let range = header_value(&format!("bytes {}-{}/{total}", part.start, part.end - 1))?;
            let bytes = read(db, known.course, asked, part.start, part.end - part.start).await?;
            (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, range)], bytes).into_response()
        }
    };
    response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    described(response, &known, &etag)
}

fn described(mut response: Response, known: &Known, etag: &str) -> PageResult {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header_value(&known.content_type)?);
    headers.insert(header::ETAG, header_value(etag)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(header::CONTENT_SECURITY_POLICY, storage::policy(&known.content_type, known.inline));
    if !known.inline {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    Ok(response)
}

fn header_value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(text).map_err(|error| anyhow::Error::new(error).into())
}

/// A file of the course of a lesson the class has; at `open_at` only where the lesson is open by then.
async fn of_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    AskedFile { lesson, digest, path }: &AskedFile,
    open_at: Option<DateTime<Utc>>,
) -> sqlx::Result<Option<Known>> {
    sqlx::query_as!(
        Known,
        r#"select f.course_id as "course: CourseId", f.content_type, f.inline,
                  octet_length(f.content)::bigint as "bytes!"
           from lesson_openings o
           join lessons l on l.id = o.lesson_id
           join course_files f on f.course_id = l.course_id
           where o.classroom_id = $1 and o.lesson_id = $2 and f.digest = $3 and f.path = $4
             and ($5::timestamptz is null or o.opens_at <= $5)"#,
        classroom.0,
        lesson.0,
        digest,
        path,
        open_at,
    )
    .fetch_optional(db)
    .await
}

/// A file of a course.
async fn of_course(
    db: &mut PgConnection,
    course: CourseId,
    AskedFile { digest, path, .. }: &AskedFile,
) -> sqlx::Result<Option<Known>> {
    sqlx::query_as!(
        Known,
        r#"select course_id as "course: CourseId", content_type, inline, octet_length(content)::bigint as "bytes!"
           from course_files where course_id = $1 and digest = $2 and path = $3"#,
        course.0,
        digest,
        path,
    )
    .fetch_optional(db)
    .await
}

/// Some bytes of a file that may be seen.
async fn read(
    db: &mut PgConnection,
    course: CourseId,
    AskedFile { digest, path, .. }: &AskedFile,
    start: u64,
    bytes: u64,
) -> sqlx::Result<Vec<u8>> {
    let (start, bytes) = (i32::try_from(start).unwrap_or(i32::MAX), i32::try_from(bytes).unwrap_or(i32::MAX));
    sqlx::query_scalar!(
        r#"select substring(content from $4 + 1 for $5) as "content!"
           from course_files where course_id = $1 and digest = $2 and path = $3"#,
        course.0,
        digest,
        path,
        start,
        bytes,
    )
    .fetch_one(db)
    .await
}
