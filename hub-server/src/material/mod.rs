//! Modules and the materials in them: what a class works through, and what students answer to it.

pub mod address;
pub mod answer;
pub mod drafts;
pub mod handlers;
pub mod kind;
pub mod outline;
pub mod pages;
pub mod reading;
pub mod state;
pub mod store;
pub mod structure;
pub mod teach;
pub mod work;

pub use kind::{Answer, Choice, Criterion, Item, Kind, Level, Settings};
pub use store::Material;
