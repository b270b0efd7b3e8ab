//! What staff see: what waits for them, whom an organisation tells, and the list of concerns both and the class's page
//! of the helper show.

mod contacts;
mod list;
mod review;

pub use contacts::{ContactsPage, contacts};
pub use list::{ConcernList, concern_text};
pub use review::{Review, review};
