//! The sheet on which one student's work lies beside its grade.

pub mod asked;
pub mod form;
pub mod handlers;
pub mod pages;
pub mod store;

use super::{Points, Scheme, desk::Desk};
use crate::material::{Answer, Settings};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use shared_types::ids::{FileId, MaterialId, StudentId, SubmissionId};
use std::collections::BTreeMap;

/// A grade as a teacher made it; what the form holds and the row keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grade {
    /// Before anything is deducted.
    pub points: Option<Points>,
    /// Typed, and not added up from the levels.
    pub points_typed: bool,
    /// Criterion's id → number of the level, 0 the lowest.
    pub levels: BTreeMap<String, usize>,
    pub comment: String,
    /// Never for students.
    pub private_note: String,
    pub excused: bool,
    pub late_waived: bool,
}

/// A grade with where it stands.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub grade: Grade,
    /// 0 before the first save.
    pub version: i32,
    pub complete: bool,
    pub needs_grading: bool,
    /// The newest work; none where nothing is handed in.
    pub handed_in_at: Option<DateTime<Utc>>,
    pub graded_at: Option<DateTime<Utc>>,
    /// Who saved it last.
    pub graded_by: Option<String>,
    /// The version the student was given back.
    pub returned_version: Option<i32>,
    /// What it loses for coming late.
    pub deducted: Points,
}

impl Standing {
    /// Complete, and the student has not been given it.
    pub fn is_to_return(&self) -> bool {
        self.complete && self.returned_version != Some(self.version)
    }
}

/// One version of a file that was handed in and is still there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Version {
    pub id: SubmissionId,
    pub version: i32,
    pub file: FileId,
    pub file_name: String,
    pub bytes: u64,
    pub has_thumbnail: bool,
    pub note: String,
    pub submitted_at: DateTime<Utc>,
}

/// One student's work and its grade.
#[derive(Clone, Debug)]
pub struct OneStudent {
    pub id: StudentId,
    pub display_name: String,
    pub standing: Standing,
    /// What was answered and handed in, for kinds that are answered in a form.
    pub answer: Option<Answer>,
    /// The newest first.
    pub versions: Vec<Version>,
}

/// A material of the class, and the student whose work lies on the sheet; none where nobody has handed in.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub material: MaterialId,
    pub title: String,
    pub settings: Settings,
    pub due_at: Option<DateTime<Utc>>,
    pub scheme: Scheme,
    pub student: Option<OneStudent>,
    pub desk: Desk,
}

impl Sheet {
    /// The work came after the due date, and that counts.
    pub fn is_late(&self, standing: &Standing) -> bool {
        let late = standing.handed_in_at.zip(self.due_at).is_some_and(|(handed_in, due)| handed_in > due);
        late && !standing.grade.late_waived
    }
}

/// Where one can go from a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    pub previous: Option<StudentId>,
    pub next: Option<StudentId>,
    /// The next ones that wait for a grade, at most two; after the last come the first.
    pub ungraded: Vec<StudentId>,
    /// How many wait for a grade, counted up to [`store::COUNTED`].
    pub to_do: i64,
    /// How many are graded and not returned, counted up to [`store::COUNTED`].
    pub to_return: i64,
    /// Where this sheet stands among those that are shown; none where it is not one of them, or they are too many to
    /// be counted each time.
    pub place: Option<Place>,
    /// All students of the class by name, to jump to; none where they are more than a list should have
    /// ([`store::LISTED`]).
    pub students: Vec<Listed>,
}

/// One of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// 1 is the first.
    pub number: i64,
    pub of: i64,
}

/// A student one can jump to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Listed {
    pub id: StudentId,
    pub display_name: String,
    pub handed_in: bool,
    pub needs_grading: bool,
}
