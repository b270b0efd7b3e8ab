//! The two ends of the hub's link with the helper: scope tokens go out, signed reports come in.

pub mod erasure;
pub mod events;
pub mod revocation;
pub mod token;
