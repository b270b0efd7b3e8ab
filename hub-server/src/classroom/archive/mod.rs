//! A whole class as one file, to be taken to another installation: what it works through, and where the teacher says so
//! its students with their work. `docs/CLASS_ARCHIVES.md` says what is in the file.
//!
//! An archive is data from elsewhere. Nothing in it is believed: checksums are compared, every id is replaced by one of
//! ours and must belong to the archive, HTML is sanitised again, files are looked at as if a student had sent them.

mod export;
mod fault;
mod format;
mod import;
mod incoming;
mod pages;
mod read;
mod rows;
mod send;

pub use export::{send as export, show as show_export};
pub use import::{confirm, discard};
pub use incoming::sweep;
pub use send::{ask as ask_import, send as send_import, show as show_import};

/// Where a class is brought in.
pub const IMPORTS_PATH: &str = "/teach/classes/imports";
