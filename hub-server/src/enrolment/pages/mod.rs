//! The pages around joining: one struct per page, and its component.

mod card;
mod come_back;
mod join;
mod taken;

pub use card::card;
pub use come_back::come_back;
pub use join::{Join, Welcome, join};
pub use taken::{not_open, taken};
