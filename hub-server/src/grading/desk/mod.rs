//! What a teacher has on the desk while grading: their own comments to use again, and how they like to work.

pub mod handlers;
mod page;
mod store;

use serde::Deserialize;
use uuid::Uuid;

/// Longest comment of a bank, in characters; the table says the same.
pub const MAX_TEXT_CHARS: u32 = 2_000;
/// Most comments of one bank.
pub const MAX_COMMENTS: i64 = 100;

/// A comment that is used again and again.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BankComment {
    pub id: Uuid,
    pub text: String,
}

/// One teacher's desk.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Letters and digits do nothing by themselves.
    pub keys_off: bool,
    pub hide_names: bool,
    /// In the order they were written.
    pub comments: Vec<BankComment>,
}
