//! Writing a lesson of a course here: the same checks and the same rendering as an import, and the files of the pack
//! follow, so that an export has what was written.

use super::{
    PackFaults, assign,
    fault::Found,
    lesson::{self, PackLesson, Place},
    lesson_text::LessonText,
    links,
    pack::{PackFile, SHEET},
    publish::{self, Edition},
    sheet::Sheet,
    source::same_name,
    store::Standing,
};
use crate::lesson::markdown::Target;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use server_kit::entropy::Entropy;
use shared_types::ids::{CourseId, LessonId};
use sqlx::PgConnection;

mod sheet_text;
pub mod shelf;
mod store;

use shelf::Shelves;
use store::EditedLesson;

/// What writing works with.
#[derive(Clone, Copy)]
pub struct Editing<'e> {
    /// The school's: opening times are on its clock.
    pub zone: Tz,
    pub entropy: &'e Entropy,
    pub now: DateTime<Utc>,
}

/// A version that was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    pub version: i32,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    #[error("the lesson is not in order: {0}")]
    Faults(#[from] PackFaults),
    #[error("there is no such lesson")]
    NoSuchLesson,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A lesson as it would be published.
#[derive(Clone, Debug)]
pub struct Preview {
    pub lesson: PackLesson,
    pub edition: Edition,
}

/// Checks and renders; writes nothing. `lesson` is none for one that is yet to be.
pub async fn preview(
    db: &mut PgConnection,
    course: CourseId,
    lesson: Option<LessonId>,
    front_matter: &str,
    body: &str,
) -> Result<Preview, EditError> {
    let before = match lesson {
        Some(id) => store::lesson(db, course, id).await?.ok_or(EditError::NoSuchLesson)?,
        None => EditedLesson::new(course, store::language(db, course).await?.ok_or(EditError::NoSuchLesson)?),
    };
    let shelves = Shelves::of(db, course).await?;
    let (written, _, edition) = written(&before, &shelves, front_matter, body)?;
    Ok(Preview { lesson: written, edition })
}

/// Publishes a new version of a lesson; the caller has checked the right and commits. `front_matter` none keeps it.
pub async fn publish(
    tx: &mut PgConnection,
    editing: &Editing<'_>,
    id: LessonId,
    front_matter: Option<&str>,
    body: &str,
) -> Result<Published, EditError> {
    let course = store::course_of(tx, id).await?.ok_or(EditError::NoSuchLesson)?;
    let before = store::lesson(tx, course, id).await?.ok_or(EditError::NoSuchLesson)?;
    let front_matter = front_matter.unwrap_or(&before.front_matter).to_owned();
    write(tx, editing, &before, &front_matter, body).await
}

/// Adds a lesson at the end of a course. Its slug is the field `slug`, else made from its title.
pub async fn create(
    tx: &mut PgConnection,
    editing: &Editing<'_>,
    course: CourseId,
    front_matter: &str,
    body: &str,
) -> Result<(LessonId, Published), EditError> {
    let language = store::lock_course(tx, course).await?.ok_or(EditError::NoSuchLesson)?;
    let mut new = EditedLesson::new(course, language);
    let front = Sheet::parse("the new lesson", front_matter, 1).map_err(PackFaults::from)?;
    let title = lesson::title(&front).map_err(PackFaults::from)?;
    let slug =
        if front.has("slug") { lesson::slug(&front, "slug").map_err(PackFaults::from)? } else { slug_of(&title) };
    let others = store::slugs(tx, course).await?;
    let numbered = (1..).map(|number| if number == 1 { slug.clone() } else { format!("{slug}-{number}") });
    new.slug = numbered.into_iter().find(|slug| !others.contains(slug)).unwrap_or_default();
    new.position = store::next_position(tx, course).await?;
    new.file = format!("lessons/{:02}-{}.md", new.position, new.slug);
    new.id = LessonId(editing.entropy.id(editing.now));
    sheet_text::list_lesson(tx, course, &new.slug, &title, &new.file).await?;
    let published = write(tx, editing, &new, front_matter, body).await?;
    Ok((new.id, published))
}

/// Puts a file into the course's pack, to be linked to from its lessons; false where the hub serves no such files.
pub async fn add_file(
    tx: &mut PgConnection,
    course: CourseId,
    path: &str,
    content: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let Some(file) = PackFile::of(path, content) else { return Ok(false) };
    super::store::add_file(tx, course, path, &file, now).await?;
    store::put_pack_file(tx, course, path, None, Some(&file.digest)).await?;
    Ok(true)
}

async fn write(
    tx: &mut PgConnection,
    editing: &Editing<'_>,
    before: &EditedLesson,
    front_matter: &str,
    body: &str,
) -> Result<Published, EditError> {
    let now = editing.now;
    let mut shelves = Shelves::of(tx, before.course).await?;
    // Files that no lesson showed until now are served from now on.
    let (read, content) = read(before, front_matter, body)?;
    for path in shelves.unserved_among(&linked(&read, &shelves)?) {
        let content = store::pack_file(tx, before.course, &path).await?.unwrap_or_default();
        add_file(tx, before.course, &path, &content, now).await?;
        shelves = Shelves::of(tx, before.course).await?;
    }
    let (lesson, _, _) = written(before, &shelves, front_matter, body)?;
    let version = before.version + 1;
    let stands = Standing {
        course: before.course,
        position: before.position,
        version,
        opens_at: lesson.opening.map(|opening| opening.at(editing.zone)),
        imported: false,
    };
    super::store::put_lesson(tx, before.id, &lesson, &stands, now).await?;
    let target = |destination: &str| target(before, &shelves, destination);
    publish::publish(tx, (before.id, version), &lesson, &before.language, &target, now).await?;
    store::put_pack_file(tx, before.course, &before.file, Some(&content), None).await?;
    assign::refresh_classes(tx, before.course, editing.entropy, now).await?;
    Ok(Published { version })
}

/// The lesson as it would be, read and rendered.
fn written(
    before: &EditedLesson,
    shelves: &Shelves,
    front_matter: &str,
    body: &str,
) -> Result<(PackLesson, Vec<u8>, Edition), PackFaults> {
    let (read, content) = read(before, front_matter, body)?;
    let paths = linked(&read, shelves)?;
    let (mut lesson, _) = read;
    lesson.digest = lesson.digest_with(paths.iter().filter_map(|path| shelves.digest(path)));
    let edition = publish::edition(&lesson, &before.language, &|destination| target(before, shelves, destination));
    Ok((lesson, content, edition))
}

fn read(
    before: &EditedLesson,
    front_matter: &str,
    body: &str,
) -> Result<((PackLesson, LessonText), Vec<u8>), PackFaults> {
    let (front_matter, body) = (front_matter.replace("\r\n", "\n"), body.replace("\r\n", "\n"));
    let content = LessonText::compose(&before.content, &front_matter, &body);
    let mut found = Found::default();
    let place = Place { file: before.file.clone(), slug: before.slug.clone(), ..before.place(&mut found) };
    Ok((lesson::read(&place, &content, &before.language)?, content))
}

fn linked((lesson, text): &(PackLesson, LessonText), shelves: &Shelves) -> Result<Vec<String>, PackFaults> {
    let (mut found, mut remarks) = (Found::default(), Vec::new());
    let paths = links::linked(lesson, text, &|path, meant| shelves.look_up(path, meant), &mut found, &mut remarks);
    found.settle()?;
    Ok(paths)
}

fn target(before: &EditedLesson, shelves: &Shelves, destination: &str) -> Option<Target> {
    publish::target((before.id, &before.file), destination, |path| shelves.lesson(path), |path| shelves.file(path))
}

/// A slug made of a title.
pub fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for c in title.to_lowercase().chars() {
        match plain_letter(c) {
            Some(letter) => slug.push(letter),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
        if slug.len() == 60 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "lesson".to_owned() } else { slug.to_owned() }
}

/// Letters with accents lose them; any other sign becomes a dash.
fn plain_letter(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        _ => return None,
    })
}

impl EditedLesson {
    /// What the course's sheet says of it.
    fn place(&self, found: &mut Found) -> Place {
        let entries = Sheet::parse(SHEET, &self.sheet_text, 0).and_then(|sheet| sheet.mappings("lessons"));
        let named = |file: &str| file == self.file || same_name([file].into_iter(), &self.file).is_some();
        let own = |entry: &Sheet| entry.text("file").is_ok_and(|file| file.as_deref().is_some_and(named));
        let listed = entries.unwrap_or_default().iter().find(|entry| own(entry)).map(|entry| Place::of(entry, found));
        let place = listed.unwrap_or_default();
        let title = if place.title.is_empty() { self.title.clone() } else { place.title };
        Place { title, session: place.session.or(self.session), duration_minutes: self.default_minutes, ..place }
    }
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn a_slug_is_made_of_a_title() {
        for (title, slug) in [
            ("Talking in light", "talking-in-light"),
            ("¿Qué es un píxel?", "que-es-un-pixel"),
            ("  3.  Codes & keys! ", "3-codes-keys"),
            ("日本", "lesson"),
        ] {
            assert_eq!(slug_of(title), slug);
        }
        assert!(slug_of(&"long ".repeat(40)).len() <= 60);
    }
}
