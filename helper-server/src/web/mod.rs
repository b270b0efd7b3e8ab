//! Handlers and pages: one file for one thing a person, or the chat on a person's behalf, can do.

pub mod ask;
pub mod clear;
pub mod conversation;
mod cookie;
pub mod create;
mod done;
pub mod error;
pub mod events;
mod language;
mod layout;
pub mod page;
pub mod rating;
mod reading;
pub mod stop;
pub mod transcript;
pub mod turn_page;
pub mod words;
