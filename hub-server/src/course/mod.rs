//! Courses: reading a course pack, keeping it in an organisation, giving it to a class, giving it out again.
//!
//! Whatever a course comes as ([`source`]) becomes the files of a course pack: a folder with `course.yaml` and lessons
//! in Markdown. They are read and checked as a whole ([`pack`]), then written in one transaction ([`import`]): a pack
//! with a mistake changes nothing. The files themselves are kept, so that [`export`] gives back what came in.

pub mod asked;
pub mod assign;
pub mod command;
pub mod edit;
pub mod export;
mod fault;
mod file_kind;
pub mod handlers;
pub mod import;
pub mod incoming;
pub mod lesson;
mod lesson_text;
pub mod life;
pub mod links;
pub mod materials;
mod opening;
pub mod pack;
pub mod pages;
pub mod plan;
pub mod publish;
pub mod sheet;
mod slip;
pub mod source;
pub mod store;
mod typo;
pub mod video;
mod why;

pub use assign::{into_class, out_of_class};
pub use fault::{Found, PackFault, PackFaults};
pub use file_kind::FileKind;
pub use import::{Imported, Importing, import};
pub use lesson_text::LessonText;
pub use pack::Pack;
pub use why::{Why, XmlFault};
