//! The life of a course and its lessons beside what stands in them: a new course, another title, another order; deleted,
//! and brought back within thirty days. `course.yaml` follows every step, so that an export stays true.

mod arrange;
pub mod asked;
mod create;
mod deletion;
pub mod form;
mod lesson_deletion;
pub mod lesson_store;
mod order;
pub mod pages;
mod sheet_file;
pub mod store;
mod title;

pub use arrange::{place, show as show_arrangement};
pub use create::{create, show as show_new};
pub use deletion::{delete, restore, show as show_deletion};
pub use lesson_deletion::{delete as delete_lesson, restore as restore_lesson, show as show_lesson_deletion};
pub use title::{change as change_title, show as show_title};

use super::store::Course;
use chrono::{DateTime, Duration, Utc};
use shared_types::ids::{ClassroomId, LessonId};

/// How long a deleted course or lesson can be brought back.
pub const UNDO_DAYS: i64 = 30;

/// Where a new course begins.
pub const NEW_PATH: &str = "/teach/courses/new";

/// Where a course is chosen for a class.
pub fn choosing_path(classroom: ClassroomId) -> String {
    format!("/teach/courses?class={classroom}")
}

/// What was deleted since can be brought back.
pub fn since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - Duration::days(UNDO_DAYS)
}

/// Where the lessons of a course are put in order.
pub fn arrange_path(course: &Course) -> String {
    format!("{}/arrangement", course.path())
}

/// A lesson of a course, to be moved, deleted or brought back.
pub fn lesson_path(course: &Course, lesson: LessonId) -> String {
    format!("{}/lessons/{lesson}", course.path())
}
