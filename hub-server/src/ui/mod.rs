//! The hub's own compositions of the pieces in `helper_ui::ui`.

pub mod conflict;
pub mod fields;
pub mod frame;
pub mod problem;
pub mod qr;
pub mod time;
pub mod upload;
pub mod written;
