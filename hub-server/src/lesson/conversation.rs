//! `GET /student/lessons/{lesson}/conversation`: asks whether a student's conversation with the helper about a lesson is
//! to go. The form leads to the helper, which alone has the conversation; the token is fresh, however long the lesson
//! was open.

use super::{
    pages::{self, ConversationPage},
    store,
};
use crate::{
    app::App,
    helper_link::token::{self, PageSays},
    ui::frame::Frame,
    web::{Asked, Error, JoinedStudent, PageResult, browser::Browser},
};
use axum::extract::State;
use shared_types::ids::LessonId;

/// Asks.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(lesson): Asked<LessonId>,
    browser: Browser,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let lesson = store::scope_of(&mut db, classroom.id, lesson, app.clock.now()).await?;
    let lesson = lesson.ok_or(Error::NotFound)?;
    // It only deletes, so nothing is asked with it that could be read.
    let page = PageSays { lang: browser.lang(), says_teachers_may_read: false };
    let scope = token::for_student(&app, &mut db, &student, &classroom, Some(&lesson), page).await?;
    drop(db);
    Ok(pages::conversation(frame, ConversationPage { student, classroom, lesson, token: scope.token }).await)
}
