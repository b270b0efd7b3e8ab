//! Lessons: turning Markdown into a published version, and showing it to the class.
//!
//! [`markdown`] cuts what is for teachers only before anything is rendered, gives every block an anchor, renders,
//! sanitises ([`sanitise`]) and takes the passages the helper may quote. All of that happens once, when a version is
//! published.

pub mod asked;
pub mod conversation;
pub mod editor;
pub mod files;
pub mod for_teachers;
pub mod handlers;
pub mod highlight;
pub mod markdown;
pub mod pages;
pub mod release;
pub mod sanitise;
pub mod store;
mod teacher_only;
pub mod watch;
