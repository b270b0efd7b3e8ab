//! What the account pages show: one struct per page, and its component.

mod code;
mod enrol;
mod recovery_codes;
mod sign_in;

pub use code::code;
pub use enrol::{Enrol, enrol};
pub use recovery_codes::{RecoveryCodes, recovery_codes};
pub use sign_in::sign_in;
