//! What the pages of uploads and galleries show.

mod gallery;
mod hand_in;
mod versions;

pub use hand_in::{HandInPage, hand_in};
