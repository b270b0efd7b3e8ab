//! Asking the teacher to be let in: for students whose card is lost, and whose name is therefore taken by themselves.
//!
//! A request belongs to one browser: that holds a cookie with a random token, the row its hash. The teacher answers the
//! request, not the name; what opens the identity is that same browser coming for it. Both sides are shown the same two
//! pictures, so that the teacher can tell who in the room is asking.

mod ask;
mod decide;
mod enter;
mod pages;
pub mod store;

pub use ask::{ask, show, withdraw};
pub use decide::{approve, refuse};
pub use enter::enter;

use super::things::{COUNT, THINGS, Thing};
use crate::app::App;
use chrono::Duration;
use shared_types::ids::EntryRequestId;

/// Where a browser waits.
pub const PATH: &str = "/waiting";
/// How long a teacher has to answer.
pub const WAITS: Duration = Duration::hours(1);
/// How long the answer is good.
pub const ANSWERED: Duration = Duration::minutes(30);
/// Most browsers that may wait for one student: above that somebody is playing.
const MOST_WAITING: i64 = 5;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum State {
    Waiting,
    Approved,
    Refused,
}

/// What the asking browser and the teacher both see of a request.
pub fn pictures(app: &App, request: EntryRequestId) -> [Thing; 2] {
    let digest = app.secrets.fingerprint("entry-request-pictures", &[request.0.as_bytes()]);
    let pick = |at: usize| THINGS[(u32::from(u16::from_be_bytes([digest[at], digest[at + 1]])) % COUNT) as usize];
    [pick(0), pick(2)]
}
