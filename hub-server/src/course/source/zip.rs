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
        if entry.is_dir() || path.split('/').any(is_litter) {
            continue;
        }
        let content = content_of(&mut entry, &path, contents.room())?;
        contents.add(&path, content)?;
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

/// The path of an entry as its maker wrote it; nothing is put right.
fn path_of<R: Read>(entry: &ZipFile<'_, R>) -> Result<String, PackFault> {
    let raw = entry.name_raw();
    let path = std::str::from_utf8(raw).map_err(|_| {
        let shown = raw.escape_ascii().to_string();
        PackFault::of_file(shown, Why::NameNotUtf8)
    })?;
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
