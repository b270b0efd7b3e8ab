//! Organisations, and what their members may do in them.

pub mod store;

use shared_types::ids::OrganisationId;

/// A school or another owner of classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
}

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Role {
    Owner,
    Admin,
    Teacher,
    Viewer,
}

impl Role {
    /// May create and change classes, lessons and what is in them.
    pub const fn may_teach(self) -> bool {
        matches!(self, Self::Owner | Self::Admin | Self::Teacher)
    }

    /// May manage the organisation itself.
    pub const fn may_administer(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }
}
