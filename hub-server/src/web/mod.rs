//! What stands between HTTP and the features: who asks, in which language, by which right, and how answers look.

pub mod address;
pub mod asked;
pub mod browser;
pub mod csrf;
pub mod csv;
pub mod error;
pub mod form;
pub mod health;
pub mod idempotency;
pub mod kept;
pub mod language;
pub mod multipart;
pub mod next;
pub mod notice;
pub mod redis;
pub mod respond;
pub mod rights;
pub mod route_list;
pub mod secrets;
pub mod session;
pub mod throttle;
pub mod undo;
pub mod well_known;
pub mod words;

pub use address::ClientAddress;
pub use asked::{Asked, AskedImport, in_path};
pub use csrf::{CsrfToken, Protected};
pub use error::{Error, PageResult};
pub use form::{FormState, Nothing};
pub use kept::Keeping;
pub use notice::Notice;
pub use respond::{Respond, see_other};
pub use rights::{
    Administering, AwaitingSecondFactor, BringingBack, JoinedStudent, SignedIn, Staff, Teaching, TeachingMaterial,
    Viewing, ViewingMaterial,
};
pub use undo::Undo;
pub use words::{Lang, Words};
