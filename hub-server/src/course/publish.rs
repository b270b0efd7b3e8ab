//! Makes a version of a lesson out of its checked source: rendered once, never altered. Imports and the editor both
//! come through here.

use super::{
    lesson::PackLesson,
    pack::path_in_pack,
    store,
    video::{Source, Video},
};
use crate::{
    lesson::markdown::{self, Rendered, Rendering, Target},
    t,
    web::{Lang, Words},
};
use chrono::{DateTime, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use shared_types::ids::LessonId;
use sqlx::PgConnection;

/// What stays as it is in an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');

/// A lesson as it will be shown.
#[derive(Clone, Debug)]
pub struct Edition {
    pub rendered: Rendered,
    /// Those that lie in the pack with their address, as `target` of [`edition`] says it.
    pub videos: Vec<Video>,
}

/// A file that lessons show: its path in the pack, its digest and, of a picture, its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    pub path: String,
    pub digest: String,
    pub size: Option<(u32, u32)>,
}

/// Where a relative link of a lesson leads; nothing where it leads nowhere a student may go.
pub type Targets<'t> = &'t (dyn Fn(&str) -> Option<Target> + Sync);

/// Renders a lesson and finds its videos.
pub fn edition(lesson: &PackLesson, language: &str, target: Targets<'_>) -> Edition {
    let videos = lesson.videos.iter().filter_map(|one| {
        let source = match &one.video.source {
            Source::File(path) => Source::File(target(path)?.address),
            elsewhere => elsewhere.clone(),
        };
        Some(Video { source, ..one.video.clone() })
    });
    Edition { videos: videos.collect(), rendered: render(lesson, language, target) }
}

/// Renders a lesson in the words of its language.
pub fn render(lesson: &PackLesson, language: &str, target: Targets<'_>) -> Rendered {
    let words = Words(Lang::from_tag(language).unwrap_or_default());
    let box_words = (t!(words, "lesson-box-open"), t!(words, "lesson-box-ticked"));
    markdown::render(&lesson.body, &Rendering { title: &lesson.title, box_words, target })
}

/// Writes version `version` of the lesson `id`.
pub async fn publish(
    tx: &mut PgConnection,
    (id, version): (LessonId, i32),
    lesson: &PackLesson,
    language: &str,
    target: Targets<'_>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let edition = edition(lesson, language, target);
    store::add_version(tx, id, version, lesson, &edition, now).await?;
    store::add_passages(tx, id, version, &edition.rendered.passages, language).await
}

/// Where a link in `lesson` leads: to another lesson, or to a file as `file` knows it. Addresses are relative to the
/// lesson's own, so that a student's page and a teacher's preview serve the same HTML, each under its own right.
pub fn target(
    (id, lesson): (LessonId, &str),
    destination: &str,
    other: impl Fn(&str) -> Option<LessonId>,
    file: impl Fn(&str) -> Option<Served>,
) -> Option<Target> {
    let path = path_in_pack(lesson, destination)?;
    if let Some(other) = other(&path) {
        return Some(Target { address: other.to_string(), size: None });
    }
    let Served { path, digest, size } = file(&path)?;
    Some(Target { address: format!("{id}/files/{digest}/{}", utf8_percent_encode(&path, PATH)), size })
}
