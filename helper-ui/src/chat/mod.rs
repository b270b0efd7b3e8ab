//! The conversation with the helper beside a lesson.

mod island;

pub use island::LessonChat;
