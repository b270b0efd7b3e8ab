//! `POST …/lessons/{lesson}/pictures` and `…/lessons/new/pictures`: a picture for the text. It goes into the course's
//! files; its Markdown goes into the draft, or to the script that asked.

use super::{
    form::LessonForm,
    write::{Desk, page_without_picture},
};
use crate::{
    app::App,
    course::{FileKind, asked::TeachingCourse, edit, store::Course},
    hexadecimal::hexadecimal,
    t,
    ui::frame::Frame,
    web::{
        Asked, Error, Notice, PageResult, Respond, Words,
        multipart::{Part, ProtectedParts},
        see_other,
    },
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use helper_ui::ui::FieldProblem;
use serde_json::json;
use sha2::{Digest, Sha256};
use shared_types::ids::LessonId;

/// Largest picture.
const MAX_BYTES: usize = 5 * 1024 * 1024;
/// Largest field beside it.
const MAX_TEXT_BYTES: usize = 600 * 1024;

/// For a lesson that is there.
pub async fn add(
    State(app): State<App>,
    teaching: TeachingCourse,
    Asked(lesson): Asked<LessonId>,
    frame: Frame,
    parts: ProtectedParts,
) -> PageResult {
    Box::pin(added(Desk::open(&app, teaching, Some(lesson)).await?, frame, parts)).await
}

/// For a new lesson.
pub async fn add_to_new(
    State(app): State<App>,
    teaching: TeachingCourse,
    frame: Frame,
    parts: ProtectedParts,
) -> PageResult {
    Box::pin(added(Desk::open(&app, teaching, None).await?, frame, parts)).await
}

/// The whole form with a picture at its end.
struct Sent {
    form: LessonForm,
    alt: String,
    picture: Option<Picture>,
}

/// A picture as it was sent.
struct Picture {
    name: String,
    content: Vec<u8>,
}

impl Sent {
    async fn read(mut parts: ProtectedParts) -> Result<Self, Error> {
        let (mut fields, mut picture) = (serde_json::Map::new(), None);
        while let Some(part) = parts.next().await? {
            let name = part.name().to_owned();
            if part.file_name().is_some() {
                picture = Picture::read(part).await?;
            } else {
                fields.insert(name, part.text(MAX_TEXT_BYTES).await?.into());
            }
        }
        let alt = fields.remove("alt").and_then(|alt| alt.as_str().map(str::to_owned)).unwrap_or_default();
        let form: LessonForm = serde_json::from_value(fields.into()).map_err(|_| Error::BadRequest)?;
        Ok(Self { form: LessonForm { typed: form.typed.tidied(), ..form }, alt, picture })
    }
}

impl Picture {
    /// None where no file was chosen.
    async fn read(mut part: Part) -> Result<Option<Self>, Error> {
        let name = part.file_name().unwrap_or_default().to_owned();
        let mut content = Vec::new();
        while let Some(piece) = part.chunk().await? {
            // One byte more than allowed tells that it is too large.
            let room = (MAX_BYTES + 1).saturating_sub(content.len());
            content.extend_from_slice(&piece[..piece.len().min(room)]);
        }
        Ok((!name.is_empty()).then_some(Self { name, content }))
    }

    /// The key of the sentence that says why it cannot be taken.
    fn refusal(&self) -> Option<&'static str> {
        if self.content.len() > MAX_BYTES {
            return Some("editor-picture-too-large");
        }
        let kind = FileKind::of(&self.name, &self.content);
        let picture = kind.is_some_and(|kind| kind.inline && kind.content_type.starts_with("image/"));
        (!picture).then_some("editor-picture-unknown")
    }

    /// Its path in the course's pack: the name, and a little of its content, so that nothing is replaced.
    fn path(&self) -> String {
        let (stem, ending) = self.name.rsplit_once('.').unwrap_or((&self.name, "png"));
        let mark = hexadecimal(&Sha256::digest(&self.content)[..4]);
        let stem: String = edit::slug_of(stem).chars().take(40).collect();
        format!("assets/{stem}-{mark}.{}", ending.to_ascii_lowercase())
    }
}

async fn added(desk: Desk, frame: Frame, parts: ProtectedParts) -> PageResult {
    let Sent { mut form, alt, picture } = Sent::read(parts).await?;
    let words = frame.words;
    let live = form.go == "live";
    let refusal = picture.as_ref().map_or(Some("editor-picture-missing"), Picture::refusal);
    let (Some(picture), None) = (picture, refusal) else {
        let why = sentence(refusal.unwrap_or_default(), words);
        if live {
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "message": why }))).into_response());
        }
        let problem = FieldProblem { field: "picture".to_owned(), message: why.to_owned() };
        return page_without_picture(desk, frame, (form, alt), problem).await.unprocessable();
    };
    let markdown = keep(&desk.app, &desk.course, &picture, &alt).await?;
    if live {
        return Ok(text(markdown).into_response());
    }
    form.typed.body = format!("{}\n\n{markdown}\n", form.typed.body.trim_end());
    desk.keep(&form).await?;
    Ok(see_other(desk.path()).with_notice(Notice::PictureAdded))
}

/// Puts the picture into the course; returns the Markdown that shows it.
async fn keep(app: &App, course: &Course, picture: &Picture, alt: &str) -> Result<String, Error> {
    let path = picture.path();
    let mut tx = app.db.begin().await?;
    if !edit::add_file(&mut tx, course.id, &path, &picture.content, app.clock.now()).await? {
        return Err(Error::Unprocessable);
    }
    tx.commit().await?;
    let alt = if alt.trim().is_empty() {
        picture.name.rsplit_once('.').map_or(&*picture.name, |(stem, _)| stem)
    } else {
        alt
    };
    let alt: String = alt.chars().filter(|c| !matches!(c, '[' | ']' | '\\' | '\n' | '\r')).take(200).collect();
    // Lessons lie in a folder beside `assets`.
    Ok(format!("![{}](../{path})", alt.trim()))
}

fn sentence(why: &'static str, words: Words) -> &'static str {
    match why {
        "editor-picture-too-large" => t!(words, "editor-picture-too-large"),
        "editor-picture-missing" => t!(words, "editor-picture-missing"),
        _ => t!(words, "editor-picture-unknown"),
    }
}

fn text(text: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
}
