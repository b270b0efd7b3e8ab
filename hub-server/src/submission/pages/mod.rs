//! What the pages of uploads and galleries show.

mod gallery;
mod hand_in;
mod shown;
mod versions;

pub use gallery::{ShownToClass, ShownToClassProps};
pub use hand_in::{HandInPage, hand_in};
pub use shown::{ShownWork, shown_work};
