//! What a lesson's addresses answer, for students and for staff who look at what students see.

use super::{
    asked::{AskedFile, AskedLesson},
    pages::{self, LessonPage, Neighbours},
    store,
};
use crate::{
    app::App,
    helper_link::token,
    ui::frame::Frame,
    web::{
        Error, JoinedStudent, PageResult, Protected, Viewing, browser::Browser, idempotency::IdempotencyKey, see_other,
    },
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use helper_ui::chat::ChatSetup;
use serde::Deserialize;
use shared_types::ids::ClassroomId;

/// The form under a lesson.
#[derive(Clone, Debug, Deserialize)]
pub struct FinishForm {
    finished: String,
}

/// `GET /student/lessons/{lesson}`: the lesson with the chat beside it.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    AskedLesson(lesson): AskedLesson,
    browser: Browser,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let lesson = store::of_class(&mut db, classroom.id, lesson).await?.ok_or(Error::NotFound)?;
    let outline = store::outline(&mut db, classroom.id, Some(student.id)).await?;
    drop(db);
    let scope = token::for_student(&app, &student, &classroom, Some(&lesson.scope), browser.lang())?;
    let setup = ChatSetup {
        token: scope.token,
        token_expires_at: scope.expires_at,
        actor: student.id.to_string(),
        lesson: Some(lesson.scope.id.to_string()),
        lang: browser.lang().tag().to_owned(),
        csrf: frame.csrf.clone(),
        renew_url: "/student/helper-token".to_owned(),
        sign_in_url: "/".to_owned(),
        idempotency_key: IdempotencyKey::new(&app).0.to_string(),
    };
    let neighbours = Neighbours::of(lesson.scope.id, &outline);
    let page = LessonPage { lesson, neighbours, classroom };
    Ok(pages::lesson(frame.with_island(), page, student, setup).await)
}

/// `POST /student/lessons/{lesson}/finished`: the student's own mark.
pub async fn finish(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    AskedLesson(lesson): AskedLesson,
    Protected(form): Protected<FinishForm>,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    if form.finished == "no" {
        store::reopen(&mut db, student.id, lesson).await?;
        return Ok(see_other(format!("/student/lessons/{lesson}")));
    }
    if !store::finish(&mut db, classroom.id, student.id, lesson, app.clock.now()).await? {
        return Err(Error::NotFound);
    }
    Ok(see_other("/student"))
}

/// `GET /student/lessons/{lesson}/files/{digest}/{*path}`: what a lesson shows or links to.
pub async fn file(State(app): State<App>, JoinedStudent(_, classroom): JoinedStudent, asked: AskedFile) -> PageResult {
    send_file(&app, classroom.id, &asked).await
}

/// `GET /teach/classes/{classroom}/lessons/{lesson}`: what students of the class see.
pub async fn preview(
    State(app): State<App>,
    Viewing { staff, classroom, .. }: Viewing,
    AskedLesson(lesson): AskedLesson,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let lesson = store::of_class(&mut db, classroom.id, lesson).await?.ok_or(Error::NotFound)?;
    let outline = store::outline(&mut db, classroom.id, None).await?;
    let neighbours = Neighbours::of(lesson.scope.id, &outline);
    Ok(pages::preview(frame, LessonPage { lesson, neighbours, classroom }, staff).await)
}

/// `GET /teach/classes/{classroom}/lessons`: the class's courses and their lessons.
pub async fn list(State(app): State<App>, Viewing { staff, classroom, .. }: Viewing, frame: Frame) -> PageResult {
    let outline = store::outline(&mut *app.db.acquire().await?, classroom.id, None).await?;
    Ok(pages::list(frame, staff, classroom, outline).await)
}

/// `GET /teach/classes/{classroom}/lessons/{lesson}/files/{digest}/{*path}`.
pub async fn preview_file(State(app): State<App>, Viewing { classroom, .. }: Viewing, asked: AskedFile) -> PageResult {
    send_file(&app, classroom.id, &asked).await
}

/// A file never changes under its address, and is for this browser's cache only: it took a right to see it.
async fn send_file(app: &App, classroom: ClassroomId, asked: &AskedFile) -> PageResult {
    let AskedFile { lesson, digest, path } = asked;
    let file = store::file(&mut *app.db.acquire().await?, classroom, *lesson, digest, path).await?;
    let file = file.ok_or(Error::NotFound)?;
    let mut response = (StatusCode::OK, file.content).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header_value(&file.content_type)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if !file.inline {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    Ok(response)
}

fn header_value(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::try_from(text).map_err(|error| anyhow::Error::new(error).into())
}
