//! Reading what students and the helper wrote: only where the organisation switched it on, announced to students beside
//! the chat, and every look noted in the audit. The words are the helper's; the hub gives leave to look, once at a time.

pub mod handlers;
pub mod pages;
pub mod store;

use crate::classroom::Classroom;
use shared_types::ids::OrganisationId;

/// Where an organisation switches it on.
pub fn settings_path(organisation: OrganisationId) -> String {
    format!("/teach/organisations/{organisation}/transcripts")
}

/// The students of a class, each to look at.
pub fn path(classroom: &Classroom) -> String {
    format!("{}/helper/transcripts", classroom.path())
}
