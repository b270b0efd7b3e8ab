//! What the editor's pages show: one struct per page, and its component.

mod comparison;
mod editor;
mod history;
mod preview;

pub use editor::{Editor, Meanwhile, Publisher, Standing, editor};
pub use history::{Comparison, History, history};
pub use preview::{Following, Preview, fragment};
