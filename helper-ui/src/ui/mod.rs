//! The pieces every page is made of. All are plain functions of what they show; the words come from the caller.
//!
//! Each gives an `AnyView`: the type of a page stays flat, so that the servers compile in reasonable time.

mod button;
mod choice;
mod draft_form;
mod empty;
mod field;
mod form;
mod icon;
mod levels;
mod nav;
mod notice;
mod page;
mod return_card;
mod table;
mod textarea;
mod upload_progress;
mod wordmark;

pub use button::*;
pub use choice::*;
pub use draft_form::*;
pub use empty::*;
pub use field::*;
pub use form::*;
pub use icon::*;
pub use levels::*;
pub use nav::*;
pub use notice::*;
pub use page::*;
pub use return_card::*;
pub use table::*;
pub use textarea::*;
pub use upload_progress::*;
pub use wordmark::*;
