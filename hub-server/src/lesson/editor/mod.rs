//! Writing lessons in the browser.
//!
//! What is typed is kept as a draft, one per lesson and teacher ([`drafts`]); publishing makes a new version through the
//! same path as an import ([`crate::course::edit`]), so nothing changes under a student who reads. The form shows the
//! fields teachers change most; all others stay in it as they were written ([`fields`]). [`history`] compares versions
//! and publishes an old one again.

mod compare;
pub mod drafts;
pub mod fields;
pub mod form;
pub mod history;
pub mod pages;
pub mod pictures;
pub mod store;
mod unseen;
pub mod write;
