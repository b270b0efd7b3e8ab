//! Students whose words to the helper say that they may need an adult: who at school is told, and what came of it.
//! What they wrote is nowhere in the hub; see `helper_link::events` for how a concern arrives.

mod concerns;
mod contacts;
pub mod handlers;
pub mod pages;

pub use concerns::{Concern, of_class};

use crate::web::asked::InPath;
use serde::Deserialize;
use shared_types::ids::OrganisationId;
use uuid::Uuid;

/// Where everybody finds the concerns that wait for them.
pub const REVIEW_PATH: &str = "/teach/safeguarding";

/// Where an organisation chooses whom to tell.
pub fn contacts_path(organisation: OrganisationId) -> String {
    format!("/teach/organisations/{organisation}/safeguarding")
}

/// A concern, as the path names it.
#[derive(Clone, Copy, Debug)]
pub struct ConcernId(pub Uuid);

impl From<Uuid> for ConcernId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl InPath for ConcernId {
    const NAME: &'static str = "concern";
}

/// The form that notes what came of a concern.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct SettleForm {
    outcome: Outcome,
}

/// What came of a concern.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Talked,
    PassedOn,
    NoConcern,
}

impl Outcome {
    /// Every outcome, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Talked, Self::PassedOn, Self::NoConcern];

    /// The word it is stored and sent by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Talked => "talked",
            Self::PassedOn => "passed_on",
            Self::NoConcern => "no_concern",
        }
    }
}
