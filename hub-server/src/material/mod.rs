//! Modules and the materials in them: what a class works through, and what students answer to it.

pub mod kind;

pub use kind::{Answer, Choice, Criterion, Item, Kind, Level, Settings};
