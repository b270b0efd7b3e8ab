//! The life of a class beside its lessons: another name, a copy for the next year, put away, deleted and brought back.

mod archival;
mod copy;
mod deletion;
mod pages;
mod past;
mod rename;
pub mod store;

pub use archival::set as set_archival;
pub use copy::{copy, show as show_copy};
pub use deletion::{delete, restore, show as show_deletion};
pub use past::show as show_past;
pub use rename::{call_own, rename, show as show_look};

/// How long a deleted class can be brought back.
pub const UNDO_DAYS: i64 = 30;

/// Where classes are listed that were put away or deleted.
pub const PAST_PATH: &str = "/teach/classes/past";
