//! The files of a pack, with the limits that hold whatever they were read from.

use crate::course::{PackFault, Why};
use std::collections::{BTreeMap, btree_map};
use unicode_normalization::UnicodeNormalization;

/// Most files in a pack.
pub const MAX_FILES: usize = 500;
/// Most bytes in a pack, unpacked.
pub const MAX_BYTES: u64 = 30 * 1024 * 1024;
/// Longest path, in characters; the same limit stands in the table.
const MAX_PATH: usize = 300;
/// Longest name of a file or folder, in bytes: what file systems take.
const MAX_NAME: usize = 255;

/// Every file of a pack, by its path with forward slashes. Paths lead nowhere but into the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    files: BTreeMap<String, Vec<u8>>,
    bytes: u64,
    /// What whoever reads the pack should know of how it was read.
    remarks: Vec<PackFault>,
}

impl Contents {
    /// Adds a file; refuses a path that leads out of the pack, a second file of the same path, and too much of either.
    pub fn add(&mut self, path: &str, content: Vec<u8>) -> Result<(), PackFault> {
        check_path(path)?;
        if self.files.contains_key(path) {
            return Err(PackFault::of_file(path, Why::Twice));
        }
        if self.files.len() >= MAX_FILES {
            return Err(PackFault::of_file(path, Why::OneFileTooMany { most: MAX_FILES }));
        }
        self.bytes += content.len() as u64;
        if self.bytes > MAX_BYTES {
            return Err(too_large(path));
        }
        self.files.insert(path.to_owned(), content);
        Ok(())
    }

    /// Notes something that is not wrong but may not be as its author thinks.
    pub fn remark(&mut self, remark: PackFault) {
        self.remarks.push(remark);
    }

    /// The notes, once.
    pub fn take_remarks(&mut self) -> Vec<PackFault> {
        std::mem::take(&mut self.remarks)
    }

    /// How many more bytes fit.
    pub fn room(&self) -> u64 {
        MAX_BYTES.saturating_sub(self.bytes)
    }

    /// The file of that path, in whatever form of Unicode its name came.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(self.stored(path)?).map(Vec::as_slice)
    }

    /// The path as the pack has it: a Mac takes letters and accents apart, and whoever writes the name puts them
    /// together.
    pub fn stored(&self, path: &str) -> Option<&str> {
        match self.files.get_key_value(path) {
            Some((stored, _)) => Some(stored),
            None => same_name(self.paths(), path),
        }
    }

    /// The one path that was probably meant by one that is not there.
    pub fn meant_by(&self, path: &str) -> Option<&str> {
        meant_name(|| self.paths(), path)
    }

    /// Takes the file of that path out.
    pub fn take(&mut self, path: &str) -> Option<Vec<u8>> {
        let content = self.files.remove(path)?;
        self.bytes -= content.len() as u64;
        Some(content)
    }

    /// All files by path.
    pub fn all(&self) -> btree_map::Iter<'_, String, Vec<u8>> {
        self.files.iter()
    }

    /// All paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What lies in one folder, `folder` being empty or ending with a slash.
    #[must_use]
    pub fn below(self, folder: &str) -> Self {
        let inside = |(path, content): (String, Vec<u8>)| Some((path.strip_prefix(folder)?.to_owned(), content));
        let files: BTreeMap<_, _> = self.files.into_iter().filter_map(inside).collect();
        let bytes = files.values().map(|content| content.len() as u64).sum();
        Self { files, bytes, remarks: self.remarks }
    }

    /// A name cannot be a file's and a folder's at once.
    pub fn check_folders(&self) -> Result<(), PackFault> {
        for path in self.paths() {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            if let Some(clash) = folders.into_iter().find(|folder| self.files.contains_key(*folder)) {
                return Err(PackFault::of_file(clash, Why::FileAndFolder));
            }
        }
        Ok(())
    }
}

/// The name that reads the same as `wanted`, accents put together.
pub fn same_name<'n>(mut names: impl Iterator<Item = &'n str>, wanted: &str) -> Option<&'n str> {
    if wanted.is_ascii() {
        return None;
    }
    let wanted = composed(wanted);
    names.find(|name| !name.is_ascii() && composed(name) == wanted)
}

/// The one name that `wanted` probably means: capitals, backslashes or a ./ apart; else the only one so called in
/// another folder.
pub fn meant_name<'n, N: Iterator<Item = &'n str>>(names: impl Fn() -> N, wanted: &str) -> Option<&'n str> {
    let plain = plain_name(wanted);
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut fitting = names().filter(|name| fits(&plain_name(name)));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let file = plain.rsplit('/').next().filter(|file| !file.is_empty())?;
    only(&|name| name == plain).or_else(|| only(&|name| name.rsplit('/').next() == Some(file)))
}

fn plain_name(name: &str) -> String {
    let name = composed(&name.replace('\\', "/")).to_lowercase();
    let steps: Vec<&str> = name.split('/').filter(|step| !matches!(*step, "" | "." | "..")).collect();
    steps.join("/")
}

/// A name with its letters and accents put together.
fn composed(name: &str) -> String {
    name.nfc().collect()
}

/// A file that does not fit any more.
pub fn too_large(path: &str) -> PackFault {
    PackFault::of_file(path, Why::TooMuch { mb: MAX_BYTES / 1024 / 1024 })
}

/// What version control and file managers leave behind; no part of a pack.
pub fn is_litter(name: &str) -> bool {
    matches!(name, ".git" | ".svn" | ".hg" | ".DS_Store" | "__MACOSX" | "Thumbs.db" | "desktop.ini")
        || name.starts_with("._")
}

fn check_path(path: &str) -> Result<(), PackFault> {
    let shown: String = path.chars().take(MAX_PATH).collect::<String>().escape_debug().to_string();
    let refuse = |why: Why| Err(PackFault::of_file(shown.clone(), why));
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.starts_with('/') || drive {
        return refuse(Why::AbsolutePath);
    }
    if path.split('/').any(|name| name == "..") {
        return refuse(Why::LeadsOut);
    }
    if path.contains('\\') || path.chars().any(char::is_control) {
        return refuse(Why::OddName);
    }
    if path.split('/').any(|name| name.is_empty() || name == ".") {
        return refuse(Why::NoName);
    }
    if path.chars().count() > MAX_PATH || path.split('/').any(|name| name.len() > MAX_NAME) {
        return refuse(Why::NameTooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Contents, MAX_FILES};

    #[test]
    fn paths_lead_nowhere_but_into_the_pack() {
        for bad in [
            "../a.md",
            "lessons/../../a.md",
            "/etc/passwd",
            "C:/a.md",
            "c:a.md",
            "a\\b.md",
            "..\\a.md",
            "a//b.md",
            "./a.md",
            "a/",
            "",
            "a\0b",
            "a\nb",
            &"x".repeat(301),
            &"é".repeat(140),
        ] {
            assert!(Contents::default().add(bad, Vec::new()).is_err(), "{bad:?}");
        }
        for good in ["course.yaml", "assets/two words/ñandú (1).png", "a..b/c", ".gitkeep"] {
            Contents::default().add(good, Vec::new()).unwrap();
        }
    }

    #[test]
    fn there_are_limits_in_number_and_in_bytes() {
        let mut contents = Contents::default();
        for number in 0..MAX_FILES {
            contents.add(&format!("{number}"), Vec::new()).unwrap();
        }
        assert!(contents.add("one-more", Vec::new()).unwrap_err().to_string().contains("at most 500"));
        let mut contents = Contents::default();
        contents.add("big", vec![0; 30 * 1024 * 1024]).unwrap();
        assert_eq!(contents.room(), 0);
        assert!(contents.add("small", vec![0]).unwrap_err().to_string().contains("at most 30 MB"));
    }

    #[test]
    fn a_name_is_found_in_either_form_of_unicode() {
        let mut contents = Contents::default();
        contents.add("lessons/an\u{303}o.md", b"apart".to_vec()).unwrap();
        contents.add("lessons/\u{e9}.md", b"together".to_vec()).unwrap();
        for (path, stored) in [
            ("lessons/a\u{f1}o.md", Some("lessons/an\u{303}o.md")),
            ("lessons/an\u{303}o.md", Some("lessons/an\u{303}o.md")),
            ("lessons/e\u{301}.md", Some("lessons/\u{e9}.md")),
            ("lessons/ano.md", None),
            ("Lessons/a\u{f1}o.md", None),
        ] {
            assert_eq!(contents.stored(path), stored, "{path}");
            assert_eq!(contents.get(path).is_some(), stored.is_some(), "{path}");
        }
    }

    #[test]
    fn what_was_probably_meant_is_found_where_it_is_one() {
        let mut contents = Contents::default();
        for path in ["lessons/01-Intro.md", "lessons/02.md", "assets/a.png", "assets/old/a.png"] {
            contents.add(path, Vec::new()).unwrap();
        }
        for (path, meant) in [
            ("Lessons/01-intro.MD", Some("lessons/01-Intro.md")),
            ("./lessons/02.md", Some("lessons/02.md")),
            ("lessons\\02.md", Some("lessons/02.md")),
            ("02.md", Some("lessons/02.md")),
            ("assets/A.png", Some("assets/a.png")),
            ("lessons/a.png", None),
            ("lessons/03.md", None),
            ("lessons/", None),
        ] {
            assert_eq!(contents.meant_by(path), meant, "{path}");
        }
    }

    #[test]
    fn a_name_is_a_file_or_a_folder() {
        let mut contents = Contents::default();
        contents.add("a", Vec::new()).unwrap();
        contents.add("a/b", Vec::new()).unwrap();
        assert!(contents.check_folders().is_err());
    }
}
