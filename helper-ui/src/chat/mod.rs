//! The conversation with the helper beside a lesson. The island is a form that works without JavaScript;
//! in the browser it becomes a conversation.
//!
//! What is pure lies apart from what touches the page: [`answer`] turns the events of a turn into changes,
//! [`position`] says which events are new, [`patience`] how long to wait before trying again. In the
//! browser `controller` holds them together: `api` asks the helper, `stream` listens, `transcript` shows the
//! turns, each an `entry`, and `composer` keeps what is being typed. `voice` reads aloud.

pub mod answer;
#[cfg(any(feature = "ssr", feature = "chat"))]
pub mod island;
pub mod patience;
pub mod position;
pub mod words;

#[cfg(feature = "chat")]
mod api;
#[cfg(feature = "chat")]
mod composer;
#[cfg(feature = "chat")]
mod controller;
#[cfg(feature = "chat")]
mod entry;
#[cfg(feature = "chat")]
mod stream;
#[cfg(feature = "chat")]
mod transcript;
#[cfg(feature = "chat")]
mod voice;

#[cfg(feature = "chat")]
use crate::dom;
#[cfg(any(feature = "ssr", feature = "chat"))]
pub use island::{ChatSetup, LessonChat, LessonChatProps};
