//! The conversation with the helper beside a lesson. The island is a form that works without JavaScript;
//! in the browser it becomes a conversation.
//!
//! What is pure lies apart from what touches the page: [`answer`] turns the events of a turn into changes,
//! [`position`] says which events are new, [`patience`] how long to wait before trying again. In the
//! browser `controller` holds them together: `api` asks the helper, `stream` listens, `transcript` shows the
//! turns, each an `entry`, and `composer` keeps what is being typed. `voice` reads aloud.

pub mod answer;
pub mod island;
pub mod patience;
pub mod position;
pub mod words;

#[cfg(feature = "hydrate")]
mod api;
#[cfg(feature = "hydrate")]
mod composer;
#[cfg(feature = "hydrate")]
mod controller;
#[cfg(feature = "hydrate")]
pub(crate) mod dom;
#[cfg(feature = "hydrate")]
mod entry;
#[cfg(feature = "hydrate")]
mod stream;
#[cfg(feature = "hydrate")]
mod transcript;
#[cfg(feature = "hydrate")]
mod voice;

pub use island::{ChatSetup, LessonChat, LessonChatProps};
