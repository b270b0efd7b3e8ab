//! What a lesson's addresses answer, for students and for staff who look at what students see.

use super::{
    for_teachers,
    pages::{self, ClosedPage, LessonPage, PreviewPage, Work},
    store::{self, Reading},
};
use crate::{
    app::App,
    helper_link::token::{self, PageSays},
    material,
    ui::{frame::Frame, time::Now},
    web::{
        Asked, Error, JoinedStudent, Keeping, Notice, PageResult, Protected, Respond, Viewing, browser::Browser,
        idempotency::IdempotencyKey, see_other,
    },
};
use axum::extract::State;
use helper_ui::chat::ChatSetup;
use serde::Deserialize;
use shared_types::{ids::LessonId, scope::renewal_path};

/// The form under a lesson.
#[derive(Clone, Debug, Deserialize)]
pub struct FinishForm {
    finished: String,
}

/// `GET /student/lessons/{lesson}`: the lesson with the chat beside it; before it opens, what it will be about.
pub async fn show(
    State(app): State<App>,
    Asked(lesson): Asked<LessonId>,
    browser: Browser,
    Keeping(JoinedStudent(student, classroom), keeper): Keeping<JoinedStudent>,
) -> PageResult {
    keeper
        .page(&app, async |frame, mut db| {
            let now = app.now_at_school();
            let reading = store::read(&mut db, classroom.id, student.id, lesson, now.now).await?;
            let lesson = match reading.ok_or(Error::NotFound)? {
                Reading::Open(lesson) => *lesson,
                Reading::Closed(lesson) => {
                    let page = ClosedPage { lesson: *lesson, classroom, now };
                    return Ok(pages::closed(frame, page, student).await);
                }
            };
            let id = lesson.scope.id;
            let modules = material::outline::of_lesson(&mut db, classroom.id, student.id, id, now.now).await?;
            let says = PageSays { lang: browser.lang(), says_teachers_may_read: true };
            let scope = token::for_student(&app, &mut db, &student, &classroom, Some(&lesson.scope), says).await?;
            drop(db);
            let setup = ChatSetup {
                token: scope.token,
                token_expires_at: scope.expires_at,
                actor: student.id.to_string(),
                lesson: Some(id.to_string()),
                lang: browser.lang().tag().to_owned(),
                csrf: frame.csrf.clone(),
                availability: scope.availability,
                renew_url: renewal_path(scope.may_be_read).to_owned(),
                sign_in_url: "/".to_owned(),
                idempotency_key: IdempotencyKey::new(&app).0.to_string(),
            };
            let page = LessonPage { lesson, classroom };
            let work = Work::of(id, modules, now);
            Ok(pages::lesson(frame.with_chat(), page, student, work, setup, scope.may_be_read).await)
        })
        .await
}

/// `POST /student/lessons/{lesson}/finished`: the student's own mark.
pub async fn finish(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(lesson): Asked<LessonId>,
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
    Ok(see_other("/student").with_notice(Notice::LessonFinished))
}

/// `GET /teach/classes/{classroom}/lessons/{lesson}`: what students of the class see, or will see.
pub async fn preview(
    State(app): State<App>,
    Viewing { staff, classroom, role }: Viewing,
    Asked(lesson): Asked<LessonId>,
    frame: Frame,
) -> PageResult {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let lesson = store::of_class(&mut db, classroom.id, lesson, now).await?.ok_or(Error::NotFound)?;
    let for_teachers = for_teachers::of_class(&mut db, classroom.id, lesson.scope.id).await?.unwrap_or_default();
    let now = Now { now, zone: app.config.time_zone };
    let page = PreviewPage { page: LessonPage { lesson, classroom }, for_teachers, staff, role, now };
    Ok(pages::preview(frame, page).await)
}
