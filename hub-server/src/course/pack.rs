//! A course pack, read and checked as a whole. Where anything is wrong, [`PackFaults`] are all that comes out.

use super::{
    FileKind, PackFault, PackFaults,
    fault::Found,
    file_kind::picture_size,
    lesson::{self, PackLesson, Place},
    lesson_text::text_of,
    links::{self, Shelf},
    sheet::Sheet,
    source::{self, Contents},
    why::Why,
};
use crate::hexadecimal::hexadecimal;
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
};

/// The sheet a pack starts with.
pub const SHEET: &str = "course.yaml";
/// Most lessons of a course.
const MAX_LESSONS: usize = 200;

/// Every field of the sheet that the hub knows, and of an entry of its lessons.
const FIELDS: [&str; 15] = [
    "slug",
    "title",
    "summary",
    "language",
    "sessions",
    "default_duration_minutes",
    "needs",
    "privacy",
    "grade_band",
    "age_band",
    "ui_level",
    "program_profile",
    "learner_level",
    "helper_reference",
    "lessons",
];
const LISTED: [&str; 8] =
    ["file", "slug", "title", "session", "helper_reference", "available_on", "release_date", "opens_on"];

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
    /// Every file as it came, for export.
    pub contents: Contents,
    /// What is not wrong but will not work as its author may think.
    pub remarks: Vec<PackFault>,
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

impl PackFile {
    /// A file as the hub serves it; nothing where it serves no such files.
    pub fn of(path: &str, content: &[u8]) -> Option<Self> {
        Some(Self {
            kind: FileKind::of(path, content)?,
            digest: hexadecimal(&Sha256::digest(content)),
            size: picture_size(content),
            content: content.to_vec(),
        })
    }
}

impl Pack {
    /// Reads whatever lies at `path`: a folder, a zip, a session plan, a Common Cartridge. Blocks.
    pub fn read(path: &Path) -> Result<Self, PackFaults> {
        Self::from_contents(source::read(path)?)
    }

    /// Reads the folder of a pack.
    pub fn read_folder(folder: &Path) -> Result<Self, PackFaults> {
        Self::read(folder)
    }

    /// Reads one file that holds a whole course. Blocks.
    pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Self, PackFaults> {
        Self::from_contents(source::read_bytes(name, bytes)?)
    }

    /// Checks the files of a pack.
    pub fn from_contents(mut contents: Contents) -> Result<Self, PackFaults> {
        let yaml = contents.get(SHEET).ok_or_else(|| PackFault::of_file(SHEET, sheet_missing(&contents)))?;
        let sheet = Sheet::read(SHEET, &text_of(SHEET, yaml)?, 0)?;
        let mut found = Found::default();
        let mut pack = Self {
            slug: found.take(lesson::slug(&sheet, "slug")),
            title: found.take(lesson::title(&sheet)),
            summary: found.take(sheet.text("summary")).unwrap_or_default(),
            language: found.take(language(&sheet)),
            sheet: sheet.to_json(),
            lessons: Vec::new(),
            files: BTreeMap::new(),
            contents: Contents::default(),
            remarks: contents.take_remarks(),
        };
        for field in ["grade_band", "age_band", "ui_level", "program_profile", "learner_level", "helper_reference"] {
            found.take(sheet.text(field));
        }
        found.take(sheet.texts("needs"));
        found.take(sheet.texts("privacy"));
        found.take(sheet.number("sessions", 10_000));
        let minutes = found.take(sheet.number("default_duration_minutes", 100_000));
        let (entries, bad) = sheet.mappings_and_faults("lessons");
        if entries.is_empty() && bad.is_empty() {
            found.add(sheet.fault("lessons", Why::NoLesson));
        } else if entries.len() > MAX_LESSONS {
            found.add(sheet.fault("lessons", Why::TooManyLessons { most: MAX_LESSONS }));
        }
        found.add_all(bad);
        let lesson_files: HashSet<String> =
            entries.iter().filter_map(|entry| contents.stored(&entry.text("file").ok()??).map(str::to_owned)).collect();
        pack.remarks.extend(sheet.remarks(&FIELDS).into_iter().chain(lesson::ui_level(&sheet)));
        pack.remarks.extend(unlisted(&contents, &lesson_files));
        for entry in entries.iter().take(MAX_LESSONS) {
            pack.add_lesson(entry, minutes, &contents, &lesson_files, &mut found);
        }
        found.settle()?;
        pack.contents = contents;
        Ok(pack)
    }

    fn add_lesson(
        &mut self,
        entry: &Sheet,
        minutes: Option<i32>,
        contents: &Contents,
        lessons: &HashSet<String>,
        found: &mut Found,
    ) {
        let place = Place::of(entry, found);
        let mut place = Place { duration_minutes: minutes, course: self.slug.clone(), ..place };
        self.remarks.extend(entry.remarks(&LISTED));
        if place.file.is_empty() {
            return;
        }
        let Some((file, content)) = contents.stored(&place.file).zip(contents.get(&place.file)) else {
            return found.add(entry.fault("file", file_missing(contents, place.file)));
        };
        file.clone_into(&mut place.file);
        let (mut lesson, text) = match lesson::read(&place, content, &self.language) {
            Ok(read) => read,
            Err(faults) => return found.add_all(faults.0),
        };
        if !lesson.slug.is_empty() && self.lessons.iter().any(|other| other.slug == lesson.slug) {
            found.add(entry.fault("slug", Why::SlugOfAnotherLesson { slug: lesson.slug.clone() }));
        }
        if self.lessons.iter().any(|other| other.file == lesson.file) {
            found.add(entry.fault("file", Why::FileOfAnotherLesson { path: lesson.file.clone() }));
        }
        let look_up = |path: &str, meant: bool| match contents.stored(path).zip(contents.get(path)) {
            Some((stored, _)) if lessons.contains(stored) => (Shelf::Lesson, Some(stored.to_owned())),
            Some((stored, content)) => (Shelf::of(stored, content), Some(stored.to_owned())),
            None => (Shelf::Missing, meant.then(|| contents.meant_by(path)).flatten().map(str::to_owned)),
        };
        let paths = links::linked(&lesson, &text, &look_up, found, &mut self.remarks);
        for path in &paths {
            let file = contents.get(path).and_then(|content| PackFile::of(path, content));
            self.files.extend(file.map(|file| (path.clone(), file)));
        }
        lesson.digest = lesson.digest_with(paths.iter().map(|path| self.files[path].digest.as_str()));
        self.remarks.append(&mut lesson.remarks);
        self.lessons.push(lesson);
    }
}

/// Lessons by their place that the sheet leaves out.
fn unlisted(contents: &Contents, listed: &HashSet<String>) -> Vec<PackFault> {
    let is_lesson = |path: &&str| {
        let name = path.strip_prefix("lessons/").filter(|name| !name.contains('/'));
        let for_authors = name.is_some_and(|name| name.eq_ignore_ascii_case("readme.md"));
        name.is_some_and(links::is_markdown) && !for_authors && !listed.contains(*path)
    };
    contents.paths().filter(is_lesson).map(|path| PackFault::of_file(path, Why::LessonNotListed)).collect()
}

/// Why there is no sheet: another name, or another folder, or none at all.
fn sheet_missing(contents: &Contents) -> Why {
    match source::near_sheet(contents) {
        Some(path) => match path.strip_suffix(SHEET).filter(|folder| folder.ends_with('/')) {
            Some(folder) => Why::SheetFurtherIn { folder: folder.trim_end_matches('/').to_owned() },
            None => Why::SheetNearly { path: path.to_owned() },
        },
        None => Why::SheetMissing,
    }
}

fn file_missing(contents: &Contents, path: String) -> Why {
    match contents.meant_by(&path).map(str::to_owned) {
        Some(meant) => Why::FileNearly { path, meant },
        None => Why::FileMissing { path },
    }
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

fn language(sheet: &Sheet) -> Result<String, PackFault> {
    let language = sheet.text("language")?.unwrap_or_else(|| "en".into());
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default();
    let good = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if good { Ok(language) } else { Err(sheet.fault("language", Why::NotALanguage)) }
}

#[cfg(test)]
mod tests {
    use super::{Contents, Pack, is_relative, path_in_pack};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";
    const COURSE: &str =
        "slug: codes\ntitle: Codes\nlessons:\n  - slug: one\n    file: lessons/01.md\n    title: One\n";

    fn pack(course: &str, lesson: &str) -> Result<Pack, String> {
        let mut contents = Contents::default();
        for (path, content) in [
            ("course.yaml", course.as_bytes()),
            ("lessons/01.md", lesson.as_bytes()),
            ("assets/a.png", PNG),
            ("assets/fake.png", b"<script>"),
            ("assets/drawing.svg", b"<svg/>"),
        ] {
            contents.add(path, content.to_vec()).unwrap();
        }
        Pack::from_contents(contents).map_err(|faults| faults.to_string())
    }

    #[test]
    fn our_own_course_is_in_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/signals-and-secrets");
        let pack = Pack::read_folder(folder.as_ref()).unwrap();
        assert_eq!(pack.lessons.len(), 6);
        assert_eq!(pack.remarks, []);
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
            (COURSE, "![a](../assets/fake.png)", "assets/fake.png: is not what the end of its name says"),
            (COURSE, "---\nduration_minutes: long\n---\n", "lessons/01.md, line 2, duration_minutes: must be a whole"),
            ("slug: a\ntitle: b\n", "", "course.yaml, line 1, lessons: must list at least one lesson"),
        ] {
            let fault = pack(course, lesson).unwrap_err();
            assert!(fault.starts_with(expected), "{fault}");
        }
    }

    #[test]
    fn a_mistake_is_told_once_and_hides_no_other() {
        for (course, expected) in [
            (COURSE.replace("slug: one", "slug: one two"), &["lessons[1].slug"][..]),
            (
                COURSE.replace("slug: one", "slug: a b") + "  - {slug: c d, title: E, file: assets/drawing.svg}\n",
                &["lessons[1].slug", "lessons[2].slug"],
            ),
            (COURSE.replace("title: One", "title: [One]"), &["lessons[1].title"]),
            (COURSE.replace("title: One", &format!("title: {}", "x".repeat(300))), &["lessons[1].title"]),
            (
                COURSE.replace("lessons:\n", "lessons:\n  - lessons/01.md\n  - {file: a.md}\n  - b.md\n"),
                &["lessons[1]", "lessons[3]", "lessons[2].file"],
            ),
            ("slug: a\ntitle: b\nlessons: {one: lessons/01.md}\n".to_owned(), &["lessons"]),
            ("slug: a\ntitle: b\nlessons: []\n".to_owned(), &["lessons"]),
        ] {
            let faults = pack(&course, "Hi\n").unwrap_err();
            let fields: Vec<_> =
                faults.lines().map(|line| line.split(": ").next().unwrap().rsplit(", ").next().unwrap()).collect();
            assert_eq!(fields, expected, "{faults}");
        }
    }

    #[test]
    fn what_was_probably_meant_is_said() {
        let files = |paths: &[&str]| {
            let mut contents = Contents::default();
            for path in paths {
                contents.add(path, COURSE.as_bytes().to_vec()).unwrap();
            }
            Pack::from_contents(contents).unwrap_err().to_string()
        };
        for (paths, said) in [
            (&["course.yml", "lessons/01.md"][..], "course.yaml: is missing; rename course.yml to it"),
            (&["Course.yaml"], "rename Course.yaml to it"),
            (&["codes/course.yaml"], "course.yaml: is missing here, but lies in codes; bring in that folder"),
            (&["a/course.yaml", "b/course.yaml"], "course.yaml: is missing; a pack starts with it"),
            (
                &["course.yaml", "Lessons/01.md"],
                "lessons[1].file: names lessons/01.md, which is not there; did you mean Lessons/01.md?",
            ),
        ] {
            let fault = files(paths);
            assert!(fault.contains(said), "{fault}");
        }
        let fault = pack(COURSE, "![a](../Assets/A.png)").unwrap_err();
        assert!(fault.contains("links to Assets/A.png, which is not there; did you mean assets/a.png?"), "{fault}");
    }

    #[test]
    fn names_are_found_in_either_form_of_unicode() {
        let course = COURSE.replace("01.md", "a\u{f1}o.md");
        let mut contents = Contents::default();
        contents.add("course.yaml", course.into_bytes()).unwrap();
        contents
            .add(
                "lessons/an\u{303}o.md",
                "![a](../assets/sen\u{303}al.png) ![b](../assets/se\u{f1}al.png)".as_bytes().to_vec(),
            )
            .unwrap();
        contents.add("assets/sen\u{303}al.png", PNG.to_vec()).unwrap();
        let pack = Pack::from_contents(contents).map_err(|faults| faults.to_string());
        let pack = pack.unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(pack.lessons[0].file, "lessons/an\u{303}o.md");
        assert_eq!(pack.files.keys().collect::<Vec<_>>(), ["assets/sen\u{303}al.png"]);
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let course = COURSE.replace("title: Codes", "title: [a, b]").replace("slug: codes", "slug: c/d");
        let lesson = "---\nduration_minutes: long\nmakes: [a]\nopens_on: soon\n---\n![a](../assets/b.png)\n";
        let faults = pack(&course, lesson).unwrap_err();
        let lines: Vec<_> = faults.lines().map(|line| line.rsplit_once(": ").unwrap().0).collect();
        assert_eq!(
            lines,
            [
                "course.yaml, line 1, slug",
                "course.yaml, line 2, title",
                "lessons/01.md, line 3, makes",
                "lessons/01.md, line 2, duration_minutes",
                "lessons/01.md, line 4, opens_on",
            ]
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_keeps_its_words_and_is_told() {
        let pack =
            pack(COURSE, "[a](../notes.pdf) [b](../../x.zip) [c](../reference.md) ![d](../assets/drawing.svg)\n")
                .unwrap();
        let remarks: Vec<_> = pack.remarks.iter().map(ToString::to_string).collect();
        assert_eq!(remarks.len(), 3, "{remarks:?}");
        assert!(remarks[0].starts_with("lessons/01.md, line 1: links to notes.pdf, which is not there"), "{remarks:?}");
        assert!(pack.files.is_empty());
        assert_eq!(pack.contents.len(), 5);
    }

    #[test]
    fn what_is_only_kept_or_counts_elsewhere_is_told() {
        let course = format!("{COURSE}    sesion: 1\nui_level: easy\ndefault_duration: 50\n");
        let lesson =
            "---\ncourse: other\nslug: uno\nsubmision: {}\nui_level: Advanced\nsubmission: {type: files}\n---\nHi\n";
        let mut contents = Contents::default();
        for (path, content) in [
            ("course.yaml", course.as_str()),
            ("lessons/01.md", lesson),
            ("lessons/02.md", "left out"),
            ("lessons/README.md", "for authors"),
            ("reference.md", "for the helper"),
        ] {
            contents.add(path, content.as_bytes().to_vec()).unwrap();
        }
        let remarks = Pack::from_contents(contents).unwrap().remarks;
        let remarks: Vec<_> = remarks.iter().map(ToString::to_string).collect();
        for told in [
            "course.yaml, line 7, lessons[1].sesion: is no field we know and only kept; did you mean session?",
            "course.yaml, line 8, ui_level: is elementary, secondary or advanced",
            "course.yaml, line 9, default_duration: is no field we know and only kept; did you mean default_duration_minutes?",
            "lessons/02.md: is not listed in course.yaml",
            "lessons/01.md, line 2, course: says other, but course.yaml says codes",
            "lessons/01.md, line 3, slug: says uno, but course.yaml says one",
            "lessons/01.md, line 4, submision: is no field we know and only kept; did you mean submission?",
            "lessons/01.md, line 5, ui_level: is elementary",
            "lessons/01.md, line 6, submission.type: files lets students hand in nothing",
        ] {
            assert!(remarks.iter().any(|remark| remark.starts_with(told)), "{told}: {remarks:#?}");
        }
        assert_eq!(remarks.len(), 9, "{remarks:#?}");
    }

    #[test]
    fn a_film_that_is_missing_is_named_by_its_field() {
        let fault = pack(COURSE, "---\nvideos:\n  - {title: A, url: b.mp4}\n---\n").unwrap_err();
        assert!(fault.starts_with("lessons/01.md, line 3, videos[1].url: links to lessons/b.mp4, which"), "{fault}");
    }

    #[test]
    fn what_lessons_do_not_show_is_told() {
        let lesson = "<img src=\"../assets/a.png\">\n<iframe src=\"https://e.example/v\"></iframe>\n\n![far](https://e.example/y.png)\n\
            <img src=\"data:image/png;base64,AAAA\"> <img src=\"/img/x.png\"> ![ours](/files/x/y.png) [far](https://e.example)\n";
        let read = pack(COURSE, lesson).unwrap();
        assert_eq!(read.files.keys().collect::<Vec<_>>(), ["assets/a.png"]);
        let remarks: Vec<_> = read.remarks.iter().map(ToString::to_string).collect();
        for (remark, said) in remarks.iter().zip([
            "lessons/01.md, line 2: has a page inside the page, https://e.example/v, which",
            "lessons/01.md, line 4: has a picture or film from elsewhere, https://e.example/y.png",
            "lessons/01.md, line 5: has a picture written into the text",
            "lessons/01.md, line 5: has a picture or film from elsewhere, /img/x.png",
        ]) {
            assert!(remark.starts_with(said), "{remarks:?}");
        }
        assert_eq!(remarks.len(), 4, "{remarks:?}");
        let gone = pack(COURSE, "Hi\n\n<img src=\"../assets/gone.png\">\n").unwrap().remarks[0].to_string();
        assert!(gone.starts_with("lessons/01.md, line 3: links to assets/gone.png, which is not there"), "{gone}");
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
