//! Certificates: what a class asks for, who has reached it, giving them out, and looking one up.
//!
//! A certificate is the paper as it was given: name, title, school and day are copied into its row, and its code leads
//! whoever holds the paper to `/verify/{code}`, which says what the paper says and whether it still holds.

mod issue;
mod one;
mod outcomes;
mod pages;
pub mod paper;
pub mod policy;
pub mod store;
mod verify;

pub use issue::{issue, list, preview};
pub use one::{download_all, for_staff, for_student, replace, revoke, show};
pub use outcomes::{change as change_outcomes, show as show_outcomes};
pub use verify::{ask as ask_verify, verify};

use crate::{
    app::App,
    classroom::Classroom,
    code::{self, Code},
    ui::time::Now,
    web::{Lang, Words},
};
use chrono::{DateTime, Utc};
use shared_types::ids::{CertificateId, StudentId};

/// What is printed on the paper to look it up by: 80 bits, shown as `ABCD-EFGH-JKLM-NPQR`. Nobody guesses one: of 2^80
/// there are never more than a few million.
pub type CertificateCode = Code<16>;

/// A certificate as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub id: CertificateId,
    pub student: StudentId,
    /// As [`CertificateCode::as_str`] has it.
    pub code: String,
    pub name: String,
    pub organisation: String,
    pub title: String,
    pub statement: String,
    pub signatory: String,
    pub language: String,
    pub accent: i16,
    pub issued_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why it no longer holds; never said to strangers.
    pub reason: Option<String>,
    pub replaced_by: Option<CertificateId>,
}

impl Certificate {
    /// Whether it still holds.
    pub const fn holds(&self) -> bool {
        self.revoked_at.is_none()
    }

    /// The paper.
    fn paper(&self, app: &App) -> paper::Paper {
        let words = Words(Lang::from_tag(&self.language).unwrap_or_default());
        let zone = Now { now: self.issued_at, zone: app.config.time_zone };
        let code = code::shown(&self.code);
        paper::Paper {
            name: self.name.clone(),
            organisation: self.organisation.clone(),
            title: self.title.clone(),
            statement: self.statement.clone(),
            signatory: self.signatory.clone(),
            day: zone.day(self.issued_at, words),
            address: app.config.public_url.join(&format!("/verify/{code}")),
            code,
            accent: self.accent,
            words,
        }
    }
}

/// Where the certificates of a class are.
pub fn list_path(classroom: &Classroom) -> String {
    format!("{}/certificates", classroom.path())
}

/// Where one of them is.
fn path(classroom: &Classroom, certificate: CertificateId) -> String {
    format!("{}/{certificate}", list_path(classroom))
}

/// Where a student takes their own.
pub fn student_path(certificate: CertificateId) -> String {
    format!("/student/certificates/{certificate}/certificate.pdf")
}
