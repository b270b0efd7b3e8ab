//! What the pages of courses show: one struct per page, and its component.

mod list;
mod preview;
mod show;

pub use list::{List, list};
pub use preview::{Preview, StandingAs, preview};
pub use show::{Show, show};
