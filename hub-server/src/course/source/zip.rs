//! Zip archives: unpacking with limits, a pack inside one, and packing with the same bytes every time.

use super::{
    Contents,
    contents::{is_litter, too_large},
};
use crate::course::{PackFault, Why};
use std::io::{Cursor, Read, Write};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, read::ZipFile, write::SimpleFileOptions};

/// Most entries looked at, folders included.
const MAX_ENTRIES: usize = 2000;

/// Whether the first bytes are those of a zip.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Unpacks an archive in memory. What is counted are the bytes that come out, never those it claims; an archive inside
/// stays a file.
pub fn unpack(name: &str, bytes: &[u8]) -> Result<Contents, PackFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| PackFault::of_file(name, Why::NotAZip { detail: error.to_string() }))?;
    if archive.len() > MAX_ENTRIES {
        let why = Why::TooManyEntries { count: archive.len(), most: super::MAX_FILES };
        return Err(PackFault::of_file(name, why));
    }
    let mut contents = Contents::default();
    for index in 0..archive.len() {
        let mut entry = archive
            .by_index(index)
            .map_err(|error| Why::EntryUnreadable { number: index + 1, detail: error.to_string() })
            .map_err(|why| PackFault::of_file(name, why))?;
        let path = path_of(&entry)?;
        if entry.is_dir() || path.ends_with('/') || path.split('/').any(is_litter) {
            continue;
        }
        let content = content_of(&mut entry, &path, contents.room())?;
        contents.add(&path, content)?;
        if std::str::from_utf8(entry.name_raw()).is_err() {
            contents.remark(PackFault::of_file(path, Why::NameReadAsDos));
        }
    }
    contents.check_folders()?;
    Ok(contents)
}

/// The pack in an archive: its folder is the one with `course.yaml`, at the top or further in.
pub fn to_pack(name: &str, files: &Contents) -> Result<Contents, PackFault> {
    if files.get("course.yaml").is_some() {
        return Ok(files.clone());
    }
    let mut roots =
        files.paths().filter_map(|path| path.strip_suffix("course.yaml")).filter(|root| root.ends_with('/'));
    match (roots.next(), roots.next()) {
        (Some(root), None) => Ok(files.clone().below(root)),
        (Some(one), Some(other)) => {
            let why = Why::SeveralPacks { one: one.to_owned(), other: other.to_owned() };
            Err(PackFault::of_file(name, why))
        }
        (None, _) => {
            let nearly = files.paths().find(|path| {
                let file = path.rsplit('/').next().unwrap_or_default().to_lowercase();
                file == "course.yml" || file == "course.yaml"
            });
            let why = nearly.map(|path| Why::NoCourseNearly { path: path.to_owned() });
            Err(PackFault::of_file(name, why.unwrap_or(Why::NoCourseInside)))
        }
    }
}

/// Packs files into an archive, below `folder`. The same files give the same bytes.
pub fn pack(folder: &str, files: &Contents) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files.all() {
        writer.start_file(format!("{folder}/{path}"), options)?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The path of an entry. Programs for Windows write backslashes, and names in the alphabet of DOS; others start each
/// with `./`. Where a path leads is judged when that is put right.
fn path_of<R: Read>(entry: &ZipFile<'_, R>) -> Result<String, PackFault> {
    let raw = entry.name_raw();
    let written = match std::str::from_utf8(raw) {
        Ok(written) => written.to_owned(),
        // Where the archive claims UTF-8, it is not read as anything else.
        Err(_) => entry.name().ok().filter(|name| !name.contains('\u{fffd}')).map_or_else(
            || Err(PackFault::of_file(raw.escape_ascii().to_string(), Why::NameNotUtf8)),
            |name| Ok(name.into_owned()),
        )?,
    };
    let written = written.replace('\\', "/");
    let mut path = written.as_str();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    if entry.encrypted() {
        return Err(PackFault::of_file(path, Why::Locked));
    }
    let kind = entry.unix_mode().unwrap_or_default() & 0o170_000;
    if entry.is_symlink() || !matches!(kind, 0 | 0o100_000 | 0o040_000) {
        return Err(PackFault::of_file(path, Why::NotAPlainFile));
    }
    Ok(path.to_owned())
}

fn content_of<R: Read>(entry: &mut ZipFile<'_, R>, path: &str, room: u64) -> Result<Vec<u8>, PackFault> {
    let mut content = Vec::new();
    let read = entry.take(room + 1).read_to_end(&mut content);
    read.map_err(|error| PackFault::of_file(path, Why::Damaged { detail: error.to_string() }))?;
    if content.len() as u64 > room { Err(too_large(path)) } else { Ok(content) }
}

#[cfg(test)]
mod tests {
    use super::{pack, to_pack, unpack};
    use crate::course::source::Contents;

    /// A zip whose names were written by somebody else: `|` and `~` stand for bytes that our own writer would not write.
    fn zip(paths: &[&str], backslash: u8, letter: u8) -> Vec<u8> {
        let mut files = Contents::default();
        for path in paths {
            files.add(path, b"x".to_vec()).unwrap();
        }
        replaced(replaced(pack("C", &files).unwrap(), b"|", &[backslash]), b"~", &[letter])
    }

    #[test]
    fn names_as_windows_writes_them_are_read() {
        let bytes = zip(&["course.yaml", "lessons|se~al.md"], b'\\', 0xa4);
        let mut files = to_pack("a.zip", &unpack("a.zip", &bytes).unwrap()).unwrap();
        assert_eq!(files.paths().collect::<Vec<_>>(), ["course.yaml", "lessons/señal.md"]);
        let remarks: Vec<_> = files.take_remarks().iter().map(ToString::to_string).collect();
        assert_eq!(remarks.len(), 1, "{remarks:?}");
        assert!(remarks[0].starts_with("C/lessons/señal.md: has a name in an old Windows alphabet"), "{remarks:?}");
    }

    #[test]
    fn a_dot_in_front_is_no_folder_and_two_lead_out_all_the_same() {
        for (names, paths) in [
            (".|course.yaml", Some("course.yaml")),
            (".|.|course.yaml", Some("course.yaml")),
            ("..|course.yaml", None),
            (".|..|course.yaml", None),
            ("|course.yaml", None),
            ("a|..|..|course.yaml", None),
            ("~:|course.yaml", None),
        ] {
            for slash in *b"/\\" {
                let mut files = Contents::default();
                files.add(names, b"x".to_vec()).unwrap();
                let bytes = pack("C", &files).unwrap();
                let bytes = replaced(replaced(bytes, b"|", &[slash]), b"~", b"c");
                let bytes = replaced(bytes, b"C/", &[b'.', slash]);
                let read = unpack("a.zip", &bytes).map(|files| files.paths().map(str::to_owned).collect::<Vec<_>>());
                assert_eq!(read.ok().as_deref(), paths.map(|path| vec![path.to_owned()]).as_deref(), "{names}");
            }
        }
    }

    fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
        let places: Vec<usize> =
            bytes.windows(from.len()).enumerate().filter(|(_, window)| *window == from).map(|(at, _)| at).collect();
        for at in places {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
        bytes
    }
}
