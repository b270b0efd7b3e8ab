//! What a course can be read from: a folder, a zip of it, a teacher's session plan, a Common Cartridge. Each becomes
//! the same [`Contents`], the files of a course pack, which are then read and checked in one way.

pub mod cartridge;
mod contents;
mod docx;
mod folder;
mod html;
mod session_plan;
mod text;
pub(crate) mod write;
mod xml;
pub mod zip;

pub use contents::{Contents, MAX_BYTES, MAX_FILES, meant_name, same_name};

use super::{PackFault, lesson_text::text_of, why::Why};
use std::{fs, path::Path};

/// Largest file read as an archive or a plan, in bytes: packed, it cannot hold more than [`MAX_BYTES`] unpacked by much.
pub const MAX_SOURCE_BYTES: u64 = 40 * 1024 * 1024;

/// Reads whatever lies at `path`.
pub fn read(path: &Path) -> Result<Contents, PackFault> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let unreadable = |error: std::io::Error| PackFault::of_file(&*name, Why::Unreadable { detail: error.to_string() });
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return folder::read(path);
    }
    if metadata.len() > MAX_SOURCE_BYTES {
        return Err(PackFault::of_file(&*name, Why::SourceTooLarge { mb: MAX_SOURCE_BYTES / 1024 / 1024 }));
    }
    read_bytes(&name, &fs::read(path).map_err(unreadable)?)
}

/// The one file that was probably meant as `course.yaml`: of nearly that name, else of that name in another folder.
pub fn near_sheet(files: &Contents) -> Option<&str> {
    let top = files.paths().find(|path| matches!(path.to_lowercase().as_str(), "course.yaml" | "course.yml"));
    let mut inside = files.paths().filter(|path| path.ends_with("/course.yaml"));
    top.or_else(|| inside.next().filter(|_| inside.next().is_none()))
}

/// Reads one file: what it is shows in its content, and for plain text in the end of its name.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Contents, PackFault> {
    if zip::is_zip(bytes) {
        let files = zip::unpack(name, bytes)?;
        if files.get("word/document.xml").is_some() {
            let plan = docx::to_markdown(name, &files)?;
            return session_plan::to_pack(name, &plan.markdown, plan.pictures);
        }
        return match cartridge::root_of(&files) {
            Some(root) => cartridge::to_pack(name, &files.below(&root)),
            None => zip::to_pack(name, &files),
        };
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "md" | "markdown" | "txt") {
        return session_plan::to_pack(name, &text_of(name, bytes)?, Contents::default());
    }
    Err(PackFault::of_file(name, Why::NotACourse))
}
