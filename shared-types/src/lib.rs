//! What the hub, the helper and the chat in the browser must agree on, and nothing else.
//!
//! * [`ids`]: typed identifiers.
//! * [`scope`]: the token by which the hub tells the helper who asks, about which lesson, under which rules.
//! * [`event`]: the metadata-only report the helper sends back to the hub.
//! * [`turn`]: what travels between the helper and the chat: one question and its streamed answer.
//! * [`keys`] (feature `keys`): key rings, signing and verification; servers only.

pub mod event;
pub mod ids;
#[cfg(feature = "keys")]
pub mod keys;
pub mod scope;
#[cfg(feature = "keys")]
pub mod transcript;
pub mod turn;
