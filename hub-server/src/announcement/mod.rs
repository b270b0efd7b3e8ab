//! What a teacher tells a class: on the class page and on every student's home page, until it ends or is taken back.

mod form;
mod handlers;
pub mod pages;
pub mod store;

pub use handlers::{add, change, delete, edit, list, restore};

use crate::classroom::Classroom;
use chrono::{DateTime, Utc};
use shared_types::ids::AnnouncementId;

/// How long one that was deleted can be brought back.
pub const UNDO_DAYS: i64 = 30;

/// An announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    pub id: AnnouncementId,
    /// Markdown as it was typed, and the sanitised HTML.
    pub source: String,
    pub html: String,
    /// Who wrote it; none where the account is gone.
    pub author: Option<String>,
    pub published_at: DateTime<Utc>,
    pub changed_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
}

/// Where those of a class are listed.
pub fn list_path(classroom: &Classroom) -> String {
    format!("{}/announcements", classroom.path())
}

/// Where one of them is.
pub fn path(classroom: &Classroom, announcement: AnnouncementId) -> String {
    format!("{}/{announcement}", list_path(classroom))
}
