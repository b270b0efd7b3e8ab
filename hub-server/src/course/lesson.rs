//! One lesson of a pack: its file read, its fields checked, all but what it links to.

use super::{
    PackFault, PackFaults,
    fault::Found,
    lesson_text::LessonText,
    materials::{self, PackMaterial},
    opening::Opening,
    sheet::Sheet,
    video::{self, PackVideo},
    why::Why,
};
use crate::{hexadecimal::hexadecimal, lesson::markdown};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

/// Every field of a lesson that the hub knows.
pub const FIELDS: [&str; 23] = [
    "course",
    "session",
    "slug",
    "title",
    "duration_minutes",
    "available_on",
    "release_date",
    "opens_on",
    "ui_level",
    "learner_level",
    "makes",
    "needs",
    "privacy",
    "videos",
    "submission",
    "done_looks_like",
    "help",
    "extend",
    "teacher_panel",
    "helper_notes",
    "helper_allowed_topics",
    "helper_reference",
    "materials",
];

/// One lesson of a pack.
#[derive(Clone, Debug)]
pub struct PackLesson {
    /// Path inside the pack.
    pub file: String,
    pub slug: String,
    pub title: String,
    pub session: Option<i32>,
    pub makes: String,
    pub needs: Vec<String>,
    pub done_looks_like: Vec<String>,
    pub quick_fixes: Vec<String>,
    pub extend: Vec<String>,
    pub duration_minutes: Option<i32>,
    pub allowed_topics: Vec<String>,
    /// When it opens, where its author says so.
    pub opening: Option<Opening>,
    /// What it puts into a class's module, beside the lesson itself.
    pub materials: Vec<PackMaterial>,
    pub videos: Vec<PackVideo>,
    /// All of the front matter.
    pub sheet: Json,
    /// The front matter as it was written, without the lines of dashes.
    pub front_matter: String,
    /// The Markdown, teacher-only sections included.
    pub body: String,
    /// What is not wrong but will not work as its author may think.
    pub remarks: Vec<PackFault>,
    /// SHA-256 over the file, the course's language and what the lesson links to.
    pub digest: String,
}

/// What the course's sheet says of a lesson; the lesson's own fields go before it.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub file: String,
    /// Empty where only the lesson says it.
    pub slug: String,
    /// The sheet says a slug or a title that will not do, and that is told already.
    pub slug_told: bool,
    pub title_told: bool,
    /// The course's slug; empty where it does not matter.
    pub course: String,
    pub title: String,
    pub session: Option<i32>,
    pub duration_minutes: Option<i32>,
    pub opening: Option<Opening>,
}

impl Place {
    /// What an entry of the sheet's list `lessons` says.
    pub fn of(entry: &Sheet, found: &mut Found) -> Self {
        found.take(entry.text("helper_reference"));
        let slug = if entry.has("slug") { found.take(slug(entry, "slug")) } else { String::new() };
        let title = if entry.has("title") { found.take(title(entry)) } else { String::new() };
        Self {
            file: found.take(entry.required_text("file")),
            slug_told: slug.is_empty() && entry.has("slug"),
            title_told: title.is_empty() && entry.has("title"),
            slug,
            title,
            session: found.take(entry.number("session", 10_000)),
            duration_minutes: None,
            course: String::new(),
            opening: found.take(Opening::of(entry)),
        }
    }
}

impl PackLesson {
    /// The digest, with those of the files it links to.
    pub fn digest_with<'d>(&self, linked: impl Iterator<Item = &'d str>) -> String {
        let hash = linked.fold(Sha256::new().chain_update(&self.digest), sha2::Digest::chain_update);
        hexadecimal(&hash.finalize())
    }
}

/// Reads a lesson's file. `language` is the course's. The digest is over file and language only; who resolves the
/// links adds what they lead to.
pub fn read(place: &Place, content: &[u8], language: &str) -> Result<(PackLesson, LessonText), PackFaults> {
    let file = &place.file;
    let text = LessonText::parse(file, content)?;
    let front = Sheet::read(file, &text.front_matter, text.fields_start_after)?;
    let mut found = Found::default();
    if let Err(why) = markdown::check(&text.body) {
        found.add(PackFault::of_file(file, why));
    }
    let lesson = fields(place, &front, &text, language, &mut found);
    found.settle()?;
    let digest = hexadecimal(&Sha256::new().chain_update(content).chain_update(language).finalize());
    Ok((PackLesson { digest, ..lesson }, text))
}

fn fields(place: &Place, front: &Sheet, text: &LessonText, language: &str, found: &mut Found) -> PackLesson {
    check_kept(front, found);
    let makes = found.take(front.text("makes").map(Option::unwrap_or_default));
    let done_looks_like = found.take(front.texts("done_looks_like"));
    let help = found.take(front.mapping("help"));
    let title = if front.has("title") { found.take(title(front)) } else { place.title.clone() };
    if title.is_empty() && !front.has("title") && !place.title_told {
        found.add(front.fault("title", Why::FieldMissing));
    }
    let says_slug = !place.slug.is_empty() || place.slug_told;
    let slug = if says_slug { place.slug.clone() } else { found.take(slug(front, "slug")) };
    PackLesson {
        session: place.session.or(found.take(front.number("session", 10_000))),
        needs: found.take(front.texts("needs")),
        quick_fixes: help.map(|help| found.take(help.texts("quick_fixes"))).unwrap_or_default(),
        extend: found.take(front.texts("extend")),
        duration_minutes: found.take(front.number("duration_minutes", 100_000)).or(place.duration_minutes),
        allowed_topics: found.take(front.texts("helper_allowed_topics")),
        opening: found.take(Opening::of(front)).or(place.opening),
        materials: materials::of_lesson(front, &makes, &done_looks_like, language, found),
        videos: video::all(front, found),
        sheet: front.to_json(),
        front_matter: text.front_matter.clone(),
        body: text.body.clone(),
        digest: String::new(),
        remarks: remarks(place, front, found),
        file: place.file.clone(),
        makes,
        done_looks_like,
        title,
        slug,
    }
}

/// What the lesson's author may not know of its fields.
fn remarks(place: &Place, front: &Sheet, found: &mut Found) -> Vec<PackFault> {
    let mut remarks = front.remarks(&FIELDS);
    remarks.extend(ui_level(front));
    for (field, counts) in [
        ("course", place.course.clone()),
        ("slug", place.slug.clone()),
        ("session", place.session.map(|session| session.to_string()).unwrap_or_default()),
    ] {
        let said = front.text(field).ok().flatten().unwrap_or_default();
        let same = said == counts || said.trim_start_matches('0') == counts;
        if !same && !said.is_empty() && !counts.is_empty() {
            remarks.push(front.fault(field, Why::SheetSaysOtherwise { said, counts }));
        }
    }
    if let Some(submission) = found.take(front.mapping("submission"))
        && let Some(kind) = submission.text("type").ok().flatten()
        && !["", "file", "none"].contains(&kind.to_lowercase().as_str())
    {
        remarks.push(submission.fault("type", Why::NoHandIn { kind }));
    }
    remarks
}

/// A level that pages do not know.
pub fn ui_level(sheet: &Sheet) -> Option<PackFault> {
    let level = sheet.text("ui_level").ok().flatten().filter(|level| !level.is_empty())?;
    let known = ["elementary", "secondary", "advanced"].contains(&level.as_str());
    (!known).then(|| sheet.fault("ui_level", Why::NotALevel))
}

/// Fields that are only kept: what they are made of is checked all the same, so that a slip shows here and not later.
fn check_kept(front: &Sheet, found: &mut Found) {
    for field in ["course", "ui_level", "learner_level", "helper_reference"] {
        found.take(front.text(field));
    }
    found.take(front.texts("privacy"));
    found.take(front.texts("helper_notes"));
    if let Some(panel) = found.take(front.mapping("teacher_panel")) {
        for field in ["purpose", "snags", "assessment", "prep"] {
            found.take(panel.texts(field));
        }
    }
}

/// Longest slug and title, in characters.
const MAX_SLUG: usize = 80;
pub const MAX_TITLE: usize = 200;

/// A slug, as addresses and tables take it.
pub fn slug(sheet: &Sheet, field: &str) -> Result<String, PackFault> {
    let slug = sheet.required_text(field)?;
    let plain = slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if plain && slug.len() <= MAX_SLUG && !slug.starts_with(['-', '_']) {
        Ok(slug)
    } else {
        Err(sheet.fault(field, Why::NotASlug { most: MAX_SLUG }))
    }
}

/// A title of at most 200 characters.
pub fn title(sheet: &Sheet) -> Result<String, PackFault> {
    let title = sheet.required_text("title")?;
    if title.chars().count() > MAX_TITLE {
        return Err(sheet.fault("title", Why::TooManyCharacters { most: MAX_TITLE }));
    }
    Ok(title)
}
