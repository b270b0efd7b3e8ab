//! What the addresses of courses answer: one file for each thing a teacher can do.

pub mod classes;
pub mod export;
pub mod imports;
pub mod list;
pub mod show;
