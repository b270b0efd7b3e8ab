//! `GET …/lessons/{lesson}/videos/{number}`: the one page that shows something of another site, and only because
//! somebody chose it. No other page asks that site for anything.

use super::{
    pages::{self, Watched},
    store::{self, Reading},
};
use crate::{
    app::App,
    course::video::{Source, Video},
    ui::frame::Frame,
    web::{Asked, Error, JoinedStudent, PageResult, Viewing, in_path},
};
use axum::{
    extract::{FromRequestParts, State},
    http::{header, request::Parts},
    response::Response,
};
use server_kit::frame::policy_with_frames;
use shared_types::ids::LessonId;

/// Where the film is played: without cookies until it starts.
pub const PLAYER: &str = "https://www.youtube-nocookie.com";

/// The video named by `{number}`, from 1.
#[derive(Clone, Copy, Debug)]
pub struct AskedVideo(usize);

impl FromRequestParts<App> for AskedVideo {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        in_path(parts, app, "number").await.map(Self)
    }
}

impl AskedVideo {
    /// Its title and the id YouTube knows it by; nothing where it is no such video.
    fn among(self, videos: &[Video]) -> Result<(String, String), Error> {
        let video = self.0.checked_sub(1).and_then(|at| videos.get(at)).ok_or(Error::NotFound)?;
        match &video.source {
            Source::Youtube(id) => Ok((video.title.clone(), id.clone())),
            _ => Err(Error::NotFound),
        }
    }
}

/// For a student, once the lesson is open.
pub async fn for_student(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(lesson): Asked<LessonId>,
    asked: AskedVideo,
    frame: Frame,
) -> PageResult {
    let reading = store::read(&mut *app.db.acquire().await?, classroom.id, student.id, lesson, app.clock.now()).await?;
    let Some(Reading::Open(lesson)) = reading else { return Err(Error::NotFound) };
    let (title, id) = asked.among(&lesson.videos)?;
    let back = format!("/student/lessons/{}", lesson.scope.id);
    let watched = Watched { title, id, back, lesson: lesson.scope.title, language: lesson.language };
    Ok(framed(pages::watch_as_student(frame, watched, student, classroom).await))
}

/// For staff, in the preview.
pub async fn for_staff(
    State(app): State<App>,
    Viewing { staff, classroom, .. }: Viewing,
    Asked(lesson): Asked<LessonId>,
    asked: AskedVideo,
    frame: Frame,
) -> PageResult {
    let lesson = store::of_class(&mut *app.db.acquire().await?, classroom.id, lesson, app.clock.now()).await?;
    let lesson = lesson.ok_or(Error::NotFound)?;
    let (title, id) = asked.among(&lesson.videos)?;
    let back = format!("{}/lessons/{}", classroom.path(), lesson.scope.id);
    let watched = Watched { title, id, back, lesson: lesson.scope.title, language: lesson.language };
    Ok(framed(pages::watch_as_staff(frame, watched, staff, classroom).await))
}

fn framed(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy_with_frames(PLAYER));
    response
}
