//! Grading: the page with one student's work and the grade beside it, how a material is graded, what a teacher has on
//! the desk meanwhile, and what students get back.
//!
//! A teacher's grade lives in `grades` and is a draft for ever; what a student sees is `returned_grades`, a copy made at
//! the moment of returning. No query of a student's page names the former.

pub mod desk;
pub mod points;
pub mod policy;
pub mod progress;
pub mod returned;
pub mod returning;
pub mod scheme;
pub mod sheet;
pub mod work;

pub use points::Points;
pub use scheme::Scheme;

use shared_types::ids::{MaterialId, StudentId};

/// Where a material is graded: the first student who waits for it.
pub fn path(material: MaterialId) -> String {
    format!("/teach/materials/{material}/grading")
}

/// Where those of a material are graded who wait for it.
pub fn to_grade_path(material: MaterialId) -> String {
    format!("{}?show=ungraded", path(material))
}

/// Where one student's work is graded.
pub fn student_path(material: MaterialId, student: StudentId) -> String {
    format!("{}?student={student}", path(material))
}
