//! The pages around joining: one struct per page, and its component.

mod card;
mod come_back;
mod join;
mod taken;

pub use card::{card, card_words};
pub use come_back::come_back;
pub use join::{Join, NameField, Welcome, join};
pub use taken::{Taken, not_open, taken};
