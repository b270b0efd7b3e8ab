//! What the pages of the organisation's files show.

mod change;
mod choice;
mod files;

pub use choice::choice;
pub use files::{Files, files};
