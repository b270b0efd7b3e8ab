//! The roster: everyone in a class, and what is done with many or with two of them at once. What is done with one
//! student alone lies beside this folder.

pub mod cards;
mod export;
pub mod import;
pub mod merge;
mod page;
mod reset;
mod show;
pub mod store;

pub use export::download;
pub use reset::{reset, show as show_reset};
pub use show::show;
