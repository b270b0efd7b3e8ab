//! A pack as a folder on disk.

use super::{
    Contents,
    contents::{is_litter, too_large},
};
use crate::course::{PackFault, Why};
use std::{fs, path::Path};

/// Deepest folder in a folder.
const MAX_DEPTH: usize = 16;

/// Reads every file of the folder. A symbolic link is refused, not followed.
pub fn read(folder: &Path) -> Result<Contents, PackFault> {
    let mut contents = Contents::default();
    collect(folder, "", 0, &mut contents)?;
    Ok(contents)
}

fn collect(folder: &Path, prefix: &str, depth: usize, contents: &mut Contents) -> Result<(), PackFault> {
    let here = || if prefix.is_empty() { "the folder".to_owned() } else { prefix.to_owned() };
    let unreadable = |error: std::io::Error| PackFault::of_file(here(), Why::Unreadable { detail: error.to_string() });
    if depth > MAX_DEPTH {
        return Err(PackFault::of_file(here(), Why::FoldersTooDeep { most: MAX_DEPTH }));
    }
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().into_string().map_err(|name| {
            let shown = format!("{prefix}{}", name.as_encoded_bytes().escape_ascii());
            PackFault::of_file(shown, Why::NameNotUtf8)
        })?;
        if is_litter(&name) {
            continue;
        }
        let path = format!("{prefix}{name}");
        // Of the entry itself: a symbolic link is not followed.
        let metadata = entry.metadata().map_err(unreadable)?;
        if metadata.is_dir() {
            collect(&entry.path(), &format!("{path}/"), depth + 1, contents)?;
        } else if metadata.is_file() {
            if metadata.len() > contents.room() {
                return Err(too_large(&path));
            }
            contents.add(&path, fs::read(entry.path()).map_err(unreadable)?)?;
        } else {
            return Err(PackFault::of_file(path, Why::NotAPlainFile));
        }
    }
    Ok(())
}
