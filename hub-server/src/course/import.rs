//! Writes a checked pack into an organisation. Importing again publishes a new version of what changed, leaves the
//! rest, and never touches an earlier version or a student's work.

use super::{
    Pack,
    pack::{PackLesson, path_in_pack},
    store::{self, Place, StandingLesson},
};
use crate::{
    lesson::markdown::{self, Rendered, Rendering, Target},
    t,
    web::{Lang, Words},
};
use chrono::{DateTime, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use server_kit::entropy::Entropy;
use shared_types::ids::{CourseId, LessonId, OrganisationId};
use sqlx::PgConnection;
use std::collections::HashMap;

/// What stays as it is in an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    pub course: CourseId,
    /// Lessons with a new version, first ones included.
    pub published: usize,
    pub unchanged: usize,
    pub removed: u64,
}

/// Imports `pack`; the caller commits.
pub async fn import(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    pack: &Pack,
    entropy: &Entropy,
    now: DateTime<Utc>,
) -> sqlx::Result<Imported> {
    let course = store::put_course(tx, CourseId(entropy.id(now)), organisation, pack, now).await?;
    for (path, file) in &pack.files {
        store::add_file(tx, course, path, file, now).await?;
    }
    let standing: HashMap<String, StandingLesson> =
        store::standing_lessons(tx, course).await?.into_iter().map(|lesson| (lesson.slug.clone(), lesson)).collect();
    let ids = Ids::of(pack, &standing, entropy, now);
    let mut imported = Imported { course, published: 0, unchanged: 0, removed: 0 };
    for (lesson, position) in pack.lessons.iter().zip(1..) {
        let id = ids.by_file[&lesson.file];
        let before = standing.get(&lesson.slug);
        let changed = before.is_none_or(|before| before.digest != lesson.digest);
        let version = before.map_or(0, |before| before.version) + i32::from(changed);
        store::put_lesson(tx, id, lesson, Place { course, position, version }, now).await?;
        if changed {
            let rendered = render(pack, lesson, id, &ids);
            store::add_version(tx, id, version, lesson, &rendered, now).await?;
            store::add_passages(tx, id, version, &rendered.passages, &pack.language).await?;
            imported.published += 1;
        } else {
            imported.unchanged += 1;
        }
    }
    let kept: Vec<_> = ids.by_file.values().map(|id| id.0).collect();
    imported.removed = store::remove_lessons_but(tx, course, &kept, now).await?;
    Ok(imported)
}

/// The lessons' ids by their file, settled before anything is rendered: lessons link to one another.
struct Ids {
    by_file: HashMap<String, LessonId>,
}

impl Ids {
    fn of(pack: &Pack, standing: &HashMap<String, StandingLesson>, entropy: &Entropy, now: DateTime<Utc>) -> Self {
        let id = |lesson: &PackLesson| {
            standing.get(&lesson.slug).map_or_else(|| LessonId(entropy.id(now)), |standing| standing.id)
        };
        Self { by_file: pack.lessons.iter().map(|lesson| (lesson.file.clone(), id(lesson))).collect() }
    }
}

/// Renders a lesson. Its links are relative to the lesson's own address, so that a student's page and a teacher's
/// preview serve the same HTML, each under its own right.
fn render(pack: &Pack, lesson: &PackLesson, id: LessonId, ids: &Ids) -> Rendered {
    let words = Words(Lang::from_tag(&pack.language).unwrap_or_default());
    let target = |destination: &str| {
        let path = path_in_pack(&lesson.file, destination)?;
        if let Some(other) = ids.by_file.get(&path) {
            return Some(Target { address: other.to_string(), size: None });
        }
        let file = pack.files.get(&path)?;
        let address = format!("{id}/files/{}/{}", file.digest, utf8_percent_encode(&path, PATH));
        Some(Target { address, size: file.size })
    };
    let box_words = (t!(words, "lesson-box-open"), t!(words, "lesson-box-ticked"));
    markdown::render(&lesson.body, &Rendering { title: &lesson.title, box_words, target: &target })
}
