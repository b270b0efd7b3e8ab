//! Reports to the hub: written in the transaction that ends a turn, delivered until the hub has them.

mod sender;
pub mod store;

pub use sender::run;
