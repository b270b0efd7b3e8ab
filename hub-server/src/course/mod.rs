//! Courses: reading a course pack, keeping it in an organisation, giving it to a class.
//!
//! A pack is a folder with `course.yaml` and lessons in Markdown. It is read and checked as a whole ([`pack`]), then
//! written in one transaction ([`import`]): a pack with a mistake changes nothing.

mod fault;
mod file_kind;
pub mod import;
pub mod pack;
mod sheet;
mod source;
pub mod store;

pub use fault::PackFault;
pub use file_kind::FileKind;
pub use import::{Imported, import};
pub use pack::Pack;
