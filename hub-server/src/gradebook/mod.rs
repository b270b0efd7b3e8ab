//! The gradebook of a class: a flat table of students and graded materials, out to a spreadsheet and back.
//!
//! It writes points and excuses only, by [`store::change`]: every change names the version of the grade it was made from,
//! and of several changes all are made or none.

pub mod handlers;
pub mod import;
mod page;
mod row;
mod sheet;
pub mod store;

use crate::{classroom::Classroom, grading::Points};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared_types::ids::{MaterialId, ModuleId, StudentId};
use std::collections::HashMap;

/// Where the gradebook of a class is.
pub fn path(classroom: &Classroom) -> String {
    format!("{}/gradebook", classroom.path())
}

/// A material of the gradebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub material: MaterialId,
    pub module: ModuleId,
    pub module_title: String,
    pub title: String,
    pub most: Points,
    pub due_at: Option<DateTime<Utc>>,
}

/// A student of the class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub student: StudentId,
    pub display_name: String,
}

/// One student's grade for one material.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and any may be true with any other")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub version: i32,
    /// Before anything is deducted.
    pub points: Option<Points>,
    pub deducted: Points,
    pub excused: bool,
    pub handed_in: bool,
    pub needs_grading: bool,
    pub late: bool,
    /// Complete, and not what the student was given back.
    pub unreturned: bool,
}

/// The whole table.
#[derive(Clone, Debug, Default)]
pub struct Gradebook {
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
    cells: HashMap<(StudentId, MaterialId), Cell>,
}

impl Gradebook {
    /// The grade of a student for a material; an empty one where there is none yet.
    pub fn cell(&self, student: StudentId, material: MaterialId) -> Cell {
        self.cells.get(&(student, material)).copied().unwrap_or_default()
    }
}

/// What is written into a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// No grade.
    Empty,
    Points(Points),
    Excused,
}

impl Value {
    /// What stands in a cell.
    pub const fn of(cell: &Cell) -> Self {
        match cell.points {
            _ if cell.excused => Self::Excused,
            Some(points) => Self::Points(points),
            None => Self::Empty,
        }
    }

    /// What somebody wrote: points, nothing, or that it is excused, as spreadsheets of other systems have it ("EX").
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            Some(Self::Empty)
        } else if text.eq_ignore_ascii_case("ex") {
            Some(Self::Excused)
        } else {
            Points::parse(text).map(Self::Points)
        }
    }

    /// As a form and a spreadsheet have it.
    pub fn text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Points(points) => points.to_string(),
            Self::Excused => "EX".to_owned(),
        }
    }
}

/// One cell that is to be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub student: StudentId,
    pub material: MaterialId,
    /// Of the grade it was made from.
    pub version: i32,
    pub from: Value,
    pub to: Value,
}

#[cfg(test)]
mod tests {
    use super::Value;
    use crate::grading::Points;

    #[test]
    fn cells_are_written_as_people_and_spreadsheets_write_them() {
        for (text, value) in [
            ("", Some(Value::Empty)),
            ("  ", Some(Value::Empty)),
            ("7,5", Some(Value::Points(Points(750)))),
            ("7.50", Some(Value::Points(Points(750)))),
            ("0", Some(Value::Points(Points(0)))),
            ("ex", Some(Value::Excused)),
            ("EX", Some(Value::Excused)),
            ("A+", None),
            ("-1", None),
            ("=7", None),
        ] {
            assert_eq!(Value::parse(text), value, "{text:?}");
        }
        for value in [Value::Empty, Value::Points(Points(725)), Value::Excused] {
            assert_eq!(Value::parse(&value.text()), Some(value));
        }
    }
}
