//! Writes a checked pack into an organisation. Importing again publishes a new version of what changed, leaves the
//! rest, and never touches an earlier version or a student's work.

use super::{
    Pack, assign,
    lesson::PackLesson,
    life,
    plan::Change,
    publish::{self, Served},
    store::{self, Standing, StandingLesson},
};
use crate::audit::{Detail, Entry, Subject};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use server_kit::entropy::Entropy;
use shared_types::ids::{CourseId, LessonId, OrganisationId};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Where a pack goes, and what an import works with.
#[derive(Clone, Copy)]
pub struct Importing<'i> {
    pub organisation: OrganisationId,
    /// The school's: opening times are on its clock.
    pub zone: Tz,
    pub entropy: &'i Entropy,
    pub now: DateTime<Utc>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    pub course: CourseId,
    /// Lessons with a new version, first ones included.
    pub published: usize,
    pub unchanged: usize,
    pub removed: u64,
    /// The course was deleted and is there again.
    pub brought_back: bool,
}

impl Imported {
    /// What the audit says of it.
    pub fn entry(&self, organisation: OrganisationId) -> Entry {
        let number = |count: usize| Detail::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let entry = Entry::new("course_imported", Subject::Course(self.course))
            .within(organisation)
            .with("published", number(self.published))
            .with("unchanged", number(self.unchanged));
        if self.brought_back { entry.with("brought_back", Detail::Flag(true)) } else { entry }
    }
}

/// Imports `pack` and brings every class that has the course up to date; the caller commits. A deleted course, and a
/// deleted lesson that the pack has, come back.
pub async fn import(tx: &mut PgConnection, importing: &Importing<'_>, pack: &Pack) -> sqlx::Result<Imported> {
    let Importing { organisation, zone, entropy, now } = *importing;
    let course = store::put_course(tx, CourseId(entropy.id(now)), organisation, pack, now).await?;
    let brought_back = life::store::restore(tx, course).await?;
    for (path, file) in &pack.files {
        store::add_file(tx, course, path, file, now).await?;
    }
    let standing: HashMap<String, StandingLesson> =
        store::standing_lessons(tx, course).await?.into_iter().map(|lesson| (lesson.slug.clone(), lesson)).collect();
    store::replace_pack_files(tx, course, pack, &kept_edits(pack, &standing)).await?;
    let ids = Ids::of(pack, &standing, entropy, now);
    let mut imported = Imported { course, published: 0, unchanged: 0, removed: 0, brought_back };
    for (lesson, position) in pack.lessons.iter().zip(1..) {
        let id = ids.by_file[&lesson.file];
        let before = standing.get(&lesson.slug);
        let publishes = Change::of(lesson, before).publishes(before.is_some());
        let version = before.map_or(0, |before| before.version) + i32::from(publishes);
        let opens_at = lesson.opening.map(|opening| opening.at(zone));
        let stands = Standing { course, position, version, opens_at, imported: true };
        store::put_lesson(tx, id, lesson, &stands, now).await?;
        if publishes {
            let target = |destination: &str| {
                let stored = |path: &str| pack.contents.stored(path).map(str::to_owned);
                let file = |path: &str| {
                    let path = stored(path)?;
                    let file = pack.files.get(&path)?;
                    Some(Served { digest: file.digest.clone(), size: file.size, path })
                };
                let other = |path: &str| ids.by_file.get(&stored(path)?).copied();
                publish::target((id, &lesson.file), destination, other, file)
            };
            publish::publish(tx, (id, version), lesson, &pack.language, &target, now).await?;
            imported.published += 1;
        } else {
            imported.unchanged += 1;
        }
    }
    let kept: Vec<_> = ids.by_file.values().map(|id| id.0).collect();
    imported.removed = store::remove_lessons_but(tx, course, &kept, now).await?;
    assign::refresh_classes(tx, course, entropy, now).await?;
    Ok(imported)
}

/// Files of the lessons that keep what was written here.
fn kept_edits(pack: &Pack, standing: &HashMap<String, StandingLesson>) -> Vec<String> {
    let keeps = |lesson: &&PackLesson| Change::of(lesson, standing.get(&lesson.slug)) == Change::KeptEdit;
    pack.lessons.iter().filter(keeps).map(|lesson| lesson.file.clone()).collect()
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
