//! Who changed what: one entry per change by staff, written in the transaction of the change.
//!
//! An [`Entry`] holds ids, numbers and words of this program. There is no way to put in what somebody wrote.

use crate::{app::App, web::Staff};
use chrono::{DateTime, Utc};
use serde::Serialize;
use server_kit::entropy::Entropy;
use shared_types::ids::{
    AnnouncementId, AssetId, CertificateId, ClassroomId, CourseId, LessonId, MaterialId, ModuleId, OrganisationId,
    StaffId, StudentId,
};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Organisation(OrganisationId),
    Staff(StaffId),
    Classroom(ClassroomId),
    Course(CourseId),
    Lesson(LessonId),
    Asset(AssetId),
    Module(ModuleId),
    Material(MaterialId),
    Student(StudentId),
    Announcement(AnnouncementId),
    Certificate(CertificateId),
}

impl Subject {
    const fn kind(self) -> &'static str {
        match self {
            Self::Organisation(_) => "organisation",
            Self::Staff(_) => "staff",
            Self::Classroom(_) => "classroom",
            Self::Course(_) => "course",
            Self::Lesson(_) => "lesson",
            Self::Asset(_) => "asset",
            Self::Module(_) => "module",
            Self::Material(_) => "material",
            Self::Student(_) => "student",
            Self::Announcement(_) => "announcement",
            Self::Certificate(_) => "certificate",
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::Organisation(id) => id.0,
            Self::Staff(id) => id.0,
            Self::Classroom(id) => id.0,
            Self::Course(id) => id.0,
            Self::Lesson(id) => id.0,
            Self::Asset(id) => id.0,
            Self::Module(id) => id.0,
            Self::Material(id) => id.0,
            Self::Student(id) => id.0,
            Self::Announcement(id) => id.0,
            Self::Certificate(id) => id.0,
        }
    }
}

/// One detail of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Detail {
    Id(Uuid),
    Number(i64),
    Flag(bool),
    Word(&'static str),
}

/// One line of the audit.
#[derive(Clone, Debug)]
pub struct Entry {
    action: &'static str,
    subject: Subject,
    organisation: Option<OrganisationId>,
    details: BTreeMap<&'static str, Detail>,
}

impl Entry {
    /// `action` (a word such as `classroom_created`) was done to `subject`.
    pub const fn new(action: &'static str, subject: Subject) -> Self {
        Self { action, subject, organisation: None, details: BTreeMap::new() }
    }

    /// It happened in this organisation.
    #[must_use]
    pub const fn within(mut self, organisation: OrganisationId) -> Self {
        self.organisation = Some(organisation);
        self
    }

    /// Notes one detail.
    #[must_use]
    pub fn with(mut self, name: &'static str, detail: Detail) -> Self {
        self.details.insert(name, detail);
        self
    }
}

/// Writes down that `staff` did it, in the transaction in which it is done.
pub async fn record(tx: &mut PgConnection, app: &App, staff: &Staff, entry: Entry) -> sqlx::Result<()> {
    write(tx, &app.entropy, Some(staff.id), entry, app.clock.now()).await
}

/// The same for what an operator did by one of the server's commands: it has no account behind it.
pub async fn record_command(
    tx: &mut PgConnection,
    entropy: &Entropy,
    entry: Entry,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    write(tx, entropy, None, entry, now).await
}

async fn write(
    tx: &mut PgConnection,
    entropy: &Entropy,
    staff: Option<StaffId>,
    entry: Entry,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into audit_entries (id, at, organisation_id, staff_id, action, subject_kind, subject_id, details)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        entropy.id(now),
        now,
        entry.organisation.map(Uuid::from),
        staff.map(Uuid::from),
        entry.action,
        entry.subject.kind(),
        entry.subject.id(),
        serde_json::json!(entry.details),
    )
    .execute(tx)
    .await
    .map(drop)
}
