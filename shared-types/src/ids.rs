//! Identifiers, one type per kind of thing, so that a student's id cannot stand where a lesson's belongs.
//! All are UUIDs (version 7 where the system mints them: they sort by time of creation).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[cfg_attr(test, derive(schemars::JsonSchema), schemars(transparent))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(/// A school or another owner of classes; every row is reached through one.
    OrganisationId);
id!(/// Someone with an account: teacher, administrator, owner or viewer.
    StaffId);
id!(/// A student's identity within one class. Students have no account.
    StudentId);
id!(/// A class.
    ClassroomId);
id!(/// A link by which a number of students may join a class.
    InvitationId);
id!(/// One browser's wish to be let in as a student who is in the class already.
    EntryRequestId);
id!(/// A course: an ordered set of lessons.
    CourseId);
id!(/// A lesson, whatever its version.
    LessonId);
id!(/// A part of a class's work, usually one lesson with what belongs to it.
    ModuleId);
id!(/// One thing in a module: something to read, to answer or to hand in.
    MaterialId);
id!(/// One version of one file that a student handed in.
    SubmissionId);
id!(/// What a teacher tells a class.
    AnnouncementId);
id!(/// A certificate as it was given.
    CertificateId);
id!(/// A file in the storage.
    FileId);
id!(/// A file of an organisation that lessons may use.
    AssetId);
id!(/// One question to the helper together with its answer.
    TurnId);
id!(/// One report from the helper to the hub.
    EventId);
