//! Classes: the staff's home page, a class's pages, who may join it, its roster and the students on it.

pub mod archive;
pub mod create;
pub mod home;
pub mod join_settings;
pub mod life;
pub mod new_card;
pub mod pages;
pub mod removal;
pub mod roster;
pub mod settings;
pub mod sign_out;
pub mod store;
pub mod student;
pub mod today;

use crate::code::Code;
use chrono::{DateTime, Utc};
use helper_ui::document::Accent;
use shared_types::ids::{ClassroomId, OrganisationId, StudentId};
use uuid::Uuid;

/// What students type to join: shown as `ABCD-EFGH`.
pub type ClassCode = Code<8>;

/// A class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classroom {
    pub id: ClassroomId,
    pub organisation: OrganisationId,
    pub name: String,
    /// As [`ClassCode::as_str`] has it.
    pub code: String,
    pub enrolment: Enrolment,
    /// No new joins; those who have joined come back with their code.
    pub locked: bool,
    /// Raised to revoke every scope token of the class.
    pub epoch: i32,
    /// Number of its hue, 1 to 8.
    pub accent: i16,
    pub archived_at: Option<DateTime<Utc>>,
}

/// Who may join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Enrolment {
    /// Whoever has the class code.
    Open,
    /// Whoever has an invitation.
    Invite,
    /// Nobody new.
    Closed,
}

impl Enrolment {
    /// Every mode, from the widest.
    pub const ALL: [Self; 3] = [Self::Open, Self::Invite, Self::Closed];

    /// As forms and the database name it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invite => "invite",
            Self::Closed => "closed",
        }
    }
}

/// A student who is signed in, as far as the pages around them need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Student {
    pub id: StudentId,
    pub display_name: String,
    /// Their return code can still be shown and was not written down.
    pub card_waits: bool,
    pub session: Session,
}

/// The session in which a student looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: Uuid,
    pub ends_at: DateTime<Utc>,
}

impl Classroom {
    /// Its hue, for the document.
    pub fn accent(&self) -> Option<Accent> {
        u8::try_from(self.accent).ok().and_then(Accent::new)
    }

    /// Who may join as it stands: while it is locked nobody, whatever was chosen.
    pub const fn takes(&self) -> Enrolment {
        if self.locked { Enrolment::Closed } else { self.enrolment }
    }

    /// Where its staff pages begin.
    pub fn path(&self) -> String {
        path(self.id)
    }

    /// Its roster page.
    pub fn roster_path(&self) -> String {
        format!("{}/roster", self.path())
    }

    /// Its settings page.
    pub fn settings_path(&self) -> String {
        format!("{}/settings", self.path())
    }

    /// The page of one of its students.
    pub fn student_path(&self, student: StudentId) -> String {
        format!("{}/students/{student}", self.path())
    }
}

/// Where the staff pages of a class begin.
pub fn path(id: ClassroomId) -> String {
    format!("/teach/classes/{id}")
}
