//! What is shown around the life of a class: one page each.

mod copy;
mod deletion;
mod look;
mod past;

pub use copy::copy;
pub use deletion::deletion;
pub use look::look;
pub use past::{Past, past};
