//! Handing in files.

pub mod check;

pub use check::{Checks, FileKind, Refusal};
