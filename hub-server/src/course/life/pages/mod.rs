//! What staff see of the life of a course: one struct per page, and its component.

mod arrange;
mod create;
mod deletion;
mod lesson_deletion;
mod title;

pub use arrange::{Arrange, arrange};
pub use create::{Create, create};
pub use deletion::{Deletion, deletion};
pub use lesson_deletion::{LessonDeletion, lesson_deletion};
pub use title::title;
