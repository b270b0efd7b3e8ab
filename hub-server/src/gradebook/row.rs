//! The form of one row: a field for each material, and the version of the grade it shows.

use super::{Change, Gradebook, Value};
use crate::{material::answer::Fields, web::FormState};
use shared_types::ids::{MaterialId, StudentId};
use std::collections::HashMap;

/// A row as it is edited.
#[derive(Clone, Debug, Default)]
pub struct RowForm {
    /// By material: what was typed, and the version it was made from.
    pub cells: HashMap<MaterialId, Typed>,
}

/// One field of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub text: String,
    pub version: i32,
    /// What stands in the grade by now, where somebody changed it meanwhile.
    pub overtaken: Option<Value>,
    /// What was typed is no grade.
    pub wrong: bool,
}

/// The field of a cell's value, and of its version.
pub fn value_field(material: MaterialId) -> String {
    format!("value-{material}")
}

pub fn version_field(material: MaterialId) -> String {
    format!("version-{material}")
}

impl RowForm {
    /// The row as it stands.
    pub fn of(gradebook: &Gradebook, student: StudentId) -> Self {
        let cell = |material: MaterialId| {
            let cell = gradebook.cell(student, material);
            (material, Typed { text: Value::of(&cell).text(), version: cell.version, ..Typed::default() })
        };
        Self { cells: gradebook.columns.iter().map(|column| cell(column.material)).collect() }
    }

    /// What was sent, for the materials that are there; a field that is missing is as it stands.
    pub fn read(fields: &Fields, gradebook: &Gradebook, student: StudentId) -> Self {
        let mut form = Self::of(gradebook, student);
        for (material, typed) in &mut form.cells {
            let version = fields.get(&version_field(*material)).and_then(|version| version.parse().ok());
            if let (Some(text), Some(version)) = (fields.get(&value_field(*material)), version) {
                *typed = Typed { text: text.trim().to_owned(), version, ..Typed::default() };
            }
        }
        form
    }

    /// What it changes; the form again where something is no grade, or was changed meanwhile by somebody else. What was
    /// typed is what stands there is no change, whoever wrote it.
    pub fn changes(mut self, gradebook: &Gradebook, student: StudentId) -> Result<Vec<Change>, FormState<Self>> {
        let mut changes = Vec::new();
        for (material, typed) in &mut self.cells {
            let cell = gradebook.cell(student, *material);
            let from = Value::of(&cell);
            match Value::parse(&typed.text) {
                None => typed.wrong = true,
                Some(to) if to == from => {}
                Some(to) if typed.version == cell.version => {
                    changes.push(Change { student, material: *material, version: cell.version, from, to });
                }
                Some(_) => {
                    typed.overtaken = Some(from);
                    typed.version = cell.version;
                }
            }
        }
        if self.cells.values().any(|typed| typed.wrong) {
            Err(FormState::new(self).refuse("row", "gradebook-value-wrong"))
        } else if self.is_overtaken() {
            Err(FormState::new(self).refuse("row", "gradebook-overtaken"))
        } else {
            Ok(changes)
        }
    }

    /// Somebody else saved meanwhile.
    pub fn is_overtaken(&self) -> bool {
        self.cells.values().any(|typed| typed.overtaken.is_some())
    }
}
