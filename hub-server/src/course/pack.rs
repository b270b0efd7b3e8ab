//! A course pack, read and checked as a whole. Where anything is wrong, the first [`PackFault`] is all that comes out.

use super::{
    FileKind, PackFault,
    file_kind::picture_size,
    sheet::Sheet,
    source::{LessonText, text_of},
};
use crate::lesson::markdown::{self, Link};
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
    fmt::Write,
    fs,
    path::Path,
};

const MAX_FILES: usize = 500;
const MAX_BYTES: u64 = 30 * 1024 * 1024;
/// The same limit stands in the table.
const MAX_LINKED_FILE_BYTES: usize = 5 * 1024 * 1024;
const SHEET: &str = "course.yaml";

/// A checked course pack.
#[derive(Clone, Debug)]
pub struct Pack {
    pub slug: String,
    pub title: String,
    pub summary: String,
    /// BCP 47 tag.
    pub language: String,
    /// All of `course.yaml`.
    pub sheet: Json,
    pub lessons: Vec<PackLesson>,
    /// What the lessons link to, by path inside the pack.
    pub files: BTreeMap<String, PackFile>,
}

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
    /// All of the front matter.
    pub sheet: Json,
    /// The Markdown, teacher-only sections included.
    pub body: String,
    /// SHA-256 over the file, the course's language and what the lesson links to.
    pub digest: String,
}

/// A file that a lesson links to.
#[derive(Clone, Debug)]
pub struct PackFile {
    pub kind: FileKind,
    pub content: Vec<u8>,
    pub digest: String,
    /// Width and height, where the file is a picture that tells.
    pub size: Option<(u32, u32)>,
}

/// Everything in the folder or archive, by path with forward slashes.
type Contents = BTreeMap<String, Vec<u8>>;

impl Pack {
    /// Reads the folder of a pack.
    pub fn read_folder(folder: &Path) -> Result<Self, PackFault> {
        let mut contents = Contents::new();
        collect(folder, "", &mut contents, &mut 0)?;
        Self::from_contents(&contents)
    }

    fn from_contents(contents: &Contents) -> Result<Self, PackFault> {
        let yaml = contents.get(SHEET).ok_or_else(|| PackFault::of_file(SHEET, "is missing; a pack starts with it"))?;
        let sheet = Sheet::parse(SHEET, &text_of(SHEET, yaml)?, 0)?;
        let mut pack = Self {
            slug: slug(&sheet, "slug")?,
            title: title(&sheet)?,
            summary: sheet.text("summary")?.unwrap_or_default(),
            language: language(&sheet)?,
            sheet: sheet.to_json(),
            lessons: Vec::new(),
            files: BTreeMap::new(),
        };
        let entries = sheet.mappings("lessons")?;
        if entries.is_empty() {
            return Err(sheet.fault("lessons", "must list at least one lesson"));
        }
        let lesson_files: HashSet<String> =
            entries.iter().map(|entry| entry.required_text("file")).collect::<Result<_, _>>()?;
        for entry in &entries {
            pack.add_lesson(entry, contents, &lesson_files)?;
        }
        Ok(pack)
    }

    fn add_lesson(&mut self, entry: &Sheet, contents: &Contents, lessons: &HashSet<String>) -> Result<(), PackFault> {
        let file = entry.required_text("file")?;
        let content =
            contents.get(&file).ok_or_else(|| entry.fault("file", &format!("names {file}, which is not there")))?;
        let text = LessonText::parse(&file, content)?;
        let front = Sheet::parse(&file, &text.front_matter, 1)?;
        let slug = slug(entry, "slug")?;
        if self.lessons.iter().any(|lesson| lesson.slug == slug) {
            return Err(entry.fault("slug", &format!("{slug} is the slug of another lesson too")));
        }
        markdown::check(&text.body).map_err(|why| PackFault::of_file(&file, why))?;
        let mut hash = Sha256::new();
        hash.update(content);
        hash.update(self.language.as_bytes());
        for link in markdown::links(&text.body) {
            if let Some(path) = self.add_linked(&file, &text, &link, contents, lessons)? {
                hash.update(self.files[&path].digest.as_bytes());
            }
        }
        self.lessons.push(PackLesson {
            title: title(if front.text("title")?.is_some() { &front } else { entry })?,
            session: entry.number("session", 10_000)?.or(front.number("session", 10_000)?),
            makes: front.text("makes")?.unwrap_or_default(),
            needs: front.texts("needs")?,
            done_looks_like: front.texts("done_looks_like")?,
            quick_fixes: front.mapping("help")?.map(|help| help.texts("quick_fixes")).transpose()?.unwrap_or_default(),
            extend: front.texts("extend")?,
            duration_minutes: front.number("duration_minutes", 100_000)?,
            allowed_topics: front.texts("helper_allowed_topics")?,
            sheet: front.to_json(),
            body: text.body,
            digest: hexadecimal(&hash.finalize()),
            file,
            slug,
        });
        Ok(())
    }

    /// Keeps the file a link leads to; returns its path, or nothing where the link leads elsewhere.
    fn add_linked(
        &mut self,
        lesson: &str,
        text: &LessonText,
        link: &Link,
        contents: &Contents,
        lessons: &HashSet<String>,
    ) -> Result<Option<String>, PackFault> {
        if !is_relative(&link.destination) {
            return Ok(None);
        }
        let fault = |message: String| PackFault::at(lesson, text.body_starts_after + link.line, message);
        let path = path_in_pack(lesson, &link.destination)
            .ok_or_else(|| fault(format!("{} leads out of the pack", link.destination)))?;
        if lessons.contains(&path) || is_markdown(&path) || self.files.contains_key(&path) {
            return Ok(self.files.contains_key(&path).then_some(path));
        }
        let content = contents.get(&path).ok_or_else(|| fault(format!("links to {path}, which is not there")))?;
        if content.len() > MAX_LINKED_FILE_BYTES {
            return Err(PackFault::of_file(path, format!("is larger than {} MB", MAX_LINKED_FILE_BYTES / 1024 / 1024)));
        }
        let kind = FileKind::of(&path, content).ok_or_else(|| {
            PackFault::of_file(&path, "is of a kind lessons cannot link to, or is not what its name says")
        })?;
        let file = PackFile {
            kind,
            digest: hexadecimal(&Sha256::digest(content)),
            size: picture_size(content),
            content: content.clone(),
        };
        self.files.insert(path.clone(), file);
        Ok(Some(path))
    }
}

/// Other Markdown of the pack, such as notes for the helper, is not for students: a link to it keeps its words only.
fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("md"))
}

/// Whether a link means something inside the pack.
pub fn is_relative(destination: &str) -> bool {
    let scheme = destination
        .split_once(':')
        .is_some_and(|(before, _)| before.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)));
    !destination.is_empty() && !scheme && !destination.starts_with(['#', '/', '\\', '?'])
}

/// The path inside the pack that a relative link in `lesson` means; nothing if it leads out of the pack.
pub fn path_in_pack(lesson: &str, destination: &str) -> Option<String> {
    let plain = destination.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(plain).decode_utf8().ok()?;
    let mut steps: Vec<&str> = lesson.split('/').collect();
    steps.pop();
    for step in decoded.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step if step.contains(['\\', '\0']) => return None,
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

fn collect(folder: &Path, prefix: &str, contents: &mut Contents, bytes: &mut u64) -> Result<(), PackFault> {
    let unreadable = |error: std::io::Error| PackFault::of_file(shown(prefix), format!("cannot be read: {error}"));
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().into_string().map_err(|_| {
            PackFault::of_file(shown(prefix), "holds a file whose name is not UTF-8; rename it".to_owned())
        })?;
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        // Of the entry itself: a symbolic link is not followed.
        let metadata = entry.metadata().map_err(unreadable)?;
        if metadata.is_dir() {
            collect(&entry.path(), &format!("{path}/"), contents, bytes)?;
        } else if metadata.is_file() {
            *bytes += metadata.len();
            if contents.len() == MAX_FILES || *bytes > MAX_BYTES {
                let limits = format!("the pack has more than {MAX_FILES} files or {} MB", MAX_BYTES / 1024 / 1024);
                return Err(PackFault::of_file(path, limits));
            }
            contents.insert(path, fs::read(entry.path()).map_err(unreadable)?);
        } else {
            return Err(PackFault::of_file(path, "is a link or a device; packs are made of plain files"));
        }
    }
    Ok(())
}

fn shown(prefix: &str) -> &str {
    if prefix.is_empty() { SHEET } else { prefix }
}

fn slug(sheet: &Sheet, field: &str) -> Result<String, PackFault> {
    let slug = sheet.required_text(field)?;
    let plain = slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if plain && slug.len() <= 80 && !slug.starts_with(['-', '_']) {
        Ok(slug)
    } else {
        Err(sheet.fault(field, "is made of letters, digits, - and _, at most 80"))
    }
}

fn title(sheet: &Sheet) -> Result<String, PackFault> {
    let title = sheet.required_text("title")?;
    if title.chars().count() > 200 {
        return Err(sheet.fault("title", "is longer than 200 characters"));
    }
    Ok(title)
}

fn language(sheet: &Sheet) -> Result<String, PackFault> {
    let language = sheet.text("language")?.unwrap_or_else(|| "en".into());
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default();
    let good = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if good { Ok(language) } else { Err(sheet.fault("language", "is a language tag such as en, es or pt-BR")) }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes any text");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{Contents, Pack, is_relative, path_in_pack};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";
    const COURSE: &str =
        "slug: codes\ntitle: Codes\nlessons:\n  - slug: one\n    file: lessons/01.md\n    title: One\n";

    fn pack(course: &str, lesson: &str) -> Result<Pack, String> {
        let contents = Contents::from([
            ("course.yaml".to_owned(), course.as_bytes().to_vec()),
            ("lessons/01.md".to_owned(), lesson.as_bytes().to_vec()),
            ("assets/a.png".to_owned(), PNG.to_vec()),
            ("assets/fake.png".to_owned(), b"<script>".to_vec()),
        ]);
        Pack::from_contents(&contents).map_err(|fault| fault.to_string())
    }

    #[test]
    fn our_own_course_is_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/signals-and-secrets");
        let pack = Pack::read_folder(folder.as_ref()).unwrap();
        assert_eq!(pack.lessons.len(), 3);
        assert_eq!(pack.files.len(), 3);
        assert!(pack.lessons.iter().all(|lesson| !lesson.makes.is_empty() && !lesson.allowed_topics.is_empty()));
    }

    #[test]
    fn a_lesson_brings_its_pictures() {
        let pack = pack(COURSE, "---\ntitle: The first\nneeds: [paper]\n---\n![a](../assets/a.png)\n").unwrap();
        assert_eq!(pack.lessons[0].title, "The first");
        assert_eq!(pack.lessons[0].needs, ["paper"]);
        assert_eq!(pack.files["assets/a.png"].size, Some((2, 3)));
        assert_eq!(pack.files.len(), 1);
    }

    #[test]
    fn mistakes_name_file_and_line() {
        let without_slug = COURSE.replacen("slug: codes\n", "", 1);
        let bad_slug = COURSE.replace("slug: one", "slug: one/two");
        let missing = COURSE.replace("01.md", "02.md");
        for (course, lesson, expected) in [
            (without_slug.as_str(), "", "course.yaml, line 1, slug: is missing"),
            (&bad_slug, "", "course.yaml, line 4, lessons[1].slug: is made of letters"),
            (&missing, "", "course.yaml, line 5, lessons[1].file: names lessons/02.md, which is not there"),
            (
                COURSE,
                "---\ntitle: A\n---\nHi\n\n![a](../assets/b.png)",
                "lessons/01.md, line 6: links to assets/b.png, which",
            ),
            (COURSE, "![a](../../etc/passwd)", "lessons/01.md, line 1: ../../etc/passwd leads out of the pack"),
            (COURSE, "![a](../assets/fake.png)", "assets/fake.png: is of a kind lessons cannot link to"),
            (COURSE, "---\nduration_minutes: long\n---\n", "lessons/01.md, line 2, duration_minutes: must be a whole"),
            ("slug: a\ntitle: b\n", "", "course.yaml, line 1, lessons: must list at least one lesson"),
        ] {
            let fault = pack(course, lesson).unwrap_err();
            assert!(fault.starts_with(expected), "{fault}");
        }
    }

    #[test]
    fn links_stay_inside_the_pack() {
        for (destination, path) in [
            ("../assets/a.png", Some("assets/a.png")),
            ("./02.md#part", Some("lessons/02.md")),
            ("../assets/two%20words.png?x=1", Some("assets/two words.png")),
            ("../../a.png", None),
            ("%2e%2e/%2e%2e/a.png", None),
            ("..\\a.png", None),
        ] {
            assert_eq!(path_in_pack("lessons/01.md", destination).as_deref(), path, "{destination}");
        }
        for elsewhere in ["https://a.example/b.png", "mailto:a@b.example", "javascript:alert(1)", "#part", "/teach", ""]
        {
            assert!(!is_relative(elsewhere), "{elsewhere}");
        }
    }
}
