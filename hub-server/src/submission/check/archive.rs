//! Archives: zip, and what is a zip inside (Scratch projects, documents). Every entry is unpacked once into nothing and
//! counted while it comes, whatever the archive says about its size; archives inside are looked into as well.

use super::{FileKind, Refusal, Thumbnail, scratch, tail};
use std::{
    fs::{self, File},
    io::{self, BufReader, Read, Seek, Write},
    path::{Path, PathBuf},
};
use zip::ZipArchive;

/// Most entries, those of archives inside included.
pub const MAX_ENTRIES: usize = 2_000;
/// Most that everything may come to when it is unpacked.
pub const MAX_UNPACKED_BYTES: u64 = 400_000_000;
/// An archive may hold archives (a zip of Scratch projects), and those none.
const MAX_DEPTH: usize = 2;
/// What an archive inside may come to; it is laid beside the spooled file while it is looked at.
const MAX_INNER_BYTES: u64 = 100_000_000;
/// What is left of the limits.
struct Budget {
    entries: usize,
    bytes: u64,
}

/// Checks an archive as `kind`; of a Scratch project it also makes a small picture.
pub(super) fn check(path: &Path, kind: FileKind) -> Result<Option<Thumbnail>, Refusal> {
    let mut budget = Budget { entries: MAX_ENTRIES, bytes: MAX_UNPACKED_BYTES };
    let names = count(path, 1, &mut budget)?;
    let has = |name: &str| names.iter().any(|known| known == name);
    match kind {
        FileKind::Docx if has("[Content_Types].xml") && has("word/document.xml") => Ok(None),
        FileKind::Sb3 if has("project.json") => scratch::thumbnail(path).map(Some),
        FileKind::Docx => Err(Refusal::WrongEnding { called: "docx".to_owned(), is: Some("zip") }),
        FileKind::Sb3 => Err(Refusal::WrongEnding { called: "sb3".to_owned(), is: Some("zip") }),
        _ => Ok(None),
    }
}

/// Reads every entry of the archive at `path`; returns their names.
fn count(path: &Path, depth: usize, budget: &mut Budget) -> Result<Vec<String>, Refusal> {
    // Before the list of entries is read into memory.
    budget.entries =
        budget.entries.checked_sub(announced(path)?).ok_or(Refusal::TooManyEntries { most: MAX_ENTRIES })?;
    let mut archive = open(path)?;
    if archive.len() > MAX_ENTRIES {
        return Err(Refusal::TooManyEntries { most: MAX_ENTRIES });
    }
    let mut names = Vec::with_capacity(archive.len());
    for number in 0..archive.len() {
        let mut entry = archive.by_index(number).map_err(|error| refusal(&error))?;
        let name = entry.name().map_err(|error| refusal(&error))?.into_owned();
        if !is_safe(&name) || entry.is_symlink() {
            return Err(Refusal::UnsafeNames);
        }
        if entry.is_dir() {
            continue;
        }
        names.push(name);
        let mut first = [0; 4];
        let got = fill(&mut entry, &mut first)?;
        budget.spend(got as u64)?;
        if got == 4 && &first == b"PK\x03\x04" {
            let inner = Inner::of(path, &first, &mut entry, budget)?;
            if depth == MAX_DEPTH {
                return Err(Refusal::TooDeep);
            }
            count(&inner.0, depth + 1, budget)?;
        } else {
            unpack_into_nothing(&mut entry, budget)?;
        }
    }
    Ok(names)
}

impl Budget {
    fn spend(&mut self, bytes: u64) -> Result<(), Refusal> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Refusal::UnpacksTooLarge { max_bytes: MAX_UNPACKED_BYTES })?;
        Ok(())
    }
}

fn unpack_into_nothing(entry: &mut impl Read, budget: &mut Budget) -> Result<(), Refusal> {
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = entry.read(&mut piece).map_err(|_| Refusal::Damaged)?;
        if read == 0 {
            return Ok(());
        }
        budget.spend(read as u64)?;
    }
}

/// An archive that was inside another, laid beside it while it is looked at.
struct Inner(PathBuf);

impl Inner {
    fn of(outer: &Path, first: &[u8], entry: &mut impl Read, budget: &mut Budget) -> Result<Self, Refusal> {
        let mut name = outer.file_name().unwrap_or_default().to_owned();
        name.push("-inner");
        let inner = Self(outer.with_file_name(name));
        let mut file = File::create(&inner.0).map_err(|_| Refusal::Damaged)?;
        file.write_all(first).map_err(|_| Refusal::Damaged)?;
        let (mut piece, mut bytes) = (vec![0; 64 * 1024], first.len() as u64);
        loop {
            let read = entry.read(&mut piece).map_err(|_| Refusal::Damaged)?;
            if read == 0 {
                return Ok(inner);
            }
            bytes += read as u64;
            budget.spend(read as u64)?;
            if bytes > MAX_INNER_BYTES {
                return Err(Refusal::UnpacksTooLarge { max_bytes: MAX_INNER_BYTES });
            }
            file.write_all(&piece[..read]).map_err(|_| Refusal::Damaged)?;
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(%error, "a temporary file stays behind until the sweeper comes");
        }
    }
}

pub(super) fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>, Refusal> {
    let file = File::open(path).map_err(|_| Refusal::Damaged)?;
    ZipArchive::new(BufReader::new(file)).map_err(|error| refusal(&error))
}

fn refusal(error: &zip::result::ZipError) -> Refusal {
    match error {
        zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
        _ => Refusal::Damaged,
    }
}

/// How many entries the end of the archive announces (APPNOTE.TXT, 4.3.16 and 4.3.14).
fn announced(path: &Path) -> Result<usize, Refusal> {
    const END: &[u8] = b"PK\x05\x06";
    const LOCATOR: &[u8] = b"PK\x06\x07";
    const LARGE: &[u8] = b"PK\x06\x06";
    let end = tail(path, 22 + 65_535 + 4096).map_err(|_| Refusal::Damaged)?;
    let at = end.windows(4).rposition(|mark| mark == END).ok_or(Refusal::Damaged)?;
    let count = end.get(at + 10..at + 12).ok_or(Refusal::Damaged)?;
    let count = usize::from(u16::from_le_bytes([count[0], count[1]]));
    // Written by some programs in any case, by others where 65,535 are not enough.
    let large = end[..at]
        .windows(4)
        .rposition(|mark| mark == LARGE)
        .filter(|_| end[..at].windows(4).any(|mark| mark == LOCATOR));
    let large = large.and_then(|at| end.get(at + 32..at + 40)).and_then(|count| count.try_into().ok());
    let large = large.map(u64::from_le_bytes).map_or(0, |count| usize::try_from(count).unwrap_or(usize::MAX));
    Ok(if count == 0xffff { large.max(MAX_ENTRIES + 1) } else { count.max(large) })
}

/// Whether a name stays inside of wherever the archive is unpacked.
fn is_safe(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    !drive
        && !name.starts_with(['/', '\\'])
        && !name.contains('\0')
        && name.split(['/', '\\']).all(|part| part != "..")
        && name.len() <= 1000
}

fn fill(from: &mut impl Read, into: &mut [u8]) -> Result<usize, Refusal> {
    let mut got = 0;
    while got < into.len() {
        match from.read(&mut into[got..]) {
            Ok(0) => break,
            Ok(read) => got += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(Refusal::Damaged),
        }
    }
    Ok(got)
}

/// An entry, unless it is missing, damaged or longer than `max_bytes`.
pub(super) fn read_entry<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str, max_bytes: u64) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let entry = archive.by_name(name).ok()?;
    entry.take(max_bytes + 1).read_to_end(&mut content).ok()?;
    (content.len() as u64 <= max_bytes).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::{check, is_safe};
    use crate::submission::check::{FileKind, Refusal, samples::Sample};
    use std::io::{Cursor, Write};
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, content) in entries {
            writer.start_file(*name, options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn checked(content: &[u8], kind: FileKind) -> Result<bool, Refusal> {
        check(&Sample::of(content).0, kind).map(|thumbnail| thumbnail.is_some())
    }

    #[test]
    fn an_archive_is_unpacked_into_nothing_and_counted() {
        assert_eq!(checked(&packed(&[("a.txt", b"hello"), ("b/c.txt", b"there")]), FileKind::Zip), Ok(false));
        let zeros = vec![0; 50 * 1024 * 1024];
        let bomb = packed(&[
            ("1", &zeros),
            ("2", &zeros),
            ("3", &zeros),
            ("4", &zeros),
            ("5", &zeros),
            ("6", &zeros),
            ("7", &zeros),
            ("8", &zeros),
            ("9", &zeros),
        ]);
        assert!(bomb.len() < 1024 * 1024);
        assert!(matches!(checked(&bomb, FileKind::Zip), Err(Refusal::UnpacksTooLarge { .. })));
        let whole = packed(&[("a.txt", b"hello hello hello hello")]);
        assert_eq!(checked(&whole[..whole.len() - 10], FileKind::Zip), Err(Refusal::Damaged));
        assert_eq!(checked(b"PK\x03\x04nonsense", FileKind::Zip), Err(Refusal::Damaged));
    }

    #[test]
    fn archives_inside_are_looked_into_and_those_inside_them_refused() {
        let innermost = packed(&[("a.txt", b"hello")]);
        let inner = packed(&[("game.sb3", &innermost)]);
        assert_eq!(checked(&inner, FileKind::Zip), Ok(false));
        assert_eq!(checked(&packed(&[("games.zip", &inner)]), FileKind::Zip), Err(Refusal::TooDeep));
        let bad = packed(&[("../x", b"hello")]);
        assert_eq!(checked(&packed(&[("inner.zip", &bad)]), FileKind::Zip), Err(Refusal::UnsafeNames));
    }

    #[test]
    fn too_many_entries_are_refused_before_they_are_read() {
        let names: Vec<String> = (0..2_500).map(|number| number.to_string()).collect();
        let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        assert!(matches!(checked(&packed(&entries), FileKind::Zip), Err(Refusal::TooManyEntries { .. })));
        assert_eq!(checked(&packed(&entries[..1_500]), FileKind::Zip), Ok(false));
    }

    #[test]
    fn names_stay_inside() {
        for good in ["a.txt", "a/b/c.txt", "señal.txt", "a..b", "...", ".hidden"] {
            assert!(is_safe(good), "{good}");
        }
        for bad in ["../a", "a/../../b", "/etc/passwd", "\\windows", "C:\\x", "C:x", "a\\..\\b", "..", "a\0b"] {
            assert!(!is_safe(bad), "{bad}");
        }
    }

    #[test]
    fn projects_and_documents_are_more_than_an_archive() {
        let plain = packed(&[("a.txt", b"hello")]);
        for kind in [FileKind::Sb3, FileKind::Docx] {
            assert!(matches!(checked(&plain, kind), Err(Refusal::WrongEnding { .. })));
        }
        let document = packed(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
        assert_eq!(checked(&document, FileKind::Docx), Ok(false));
        let project = packed(&[("project.json", br#"{"targets":[]}"#)]);
        assert_eq!(checked(&project, FileKind::Sb3), Ok(true));
        assert_eq!(checked(&packed(&[("project.json", b"[[[[")]), FileKind::Sb3), Err(Refusal::Damaged));
    }
}
