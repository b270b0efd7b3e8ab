//! What is wrong with a course pack, said so that its author finds the place.

use std::fmt;

/// The first mistake found in a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct PackFault {
    /// Path inside the pack.
    pub file: String,
    /// Line in that file, from 1.
    pub line: Option<u64>,
    /// The field, dotted where it lies inside another: `teacher_panel.prep`.
    pub field: Option<String>,
    /// What is wrong and what to do, without a full stop.
    pub message: String,
}

impl PackFault {
    /// Something wrong with a file as a whole.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, field: None, message: message.into() }
    }

    /// Something wrong at a line.
    pub fn at(file: impl Into<String>, line: u64, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: Some(line), field: None, message: message.into() }
    }

    /// The same, naming the field.
    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(field) = &self.field {
            write!(f, ", {field}")?;
        }
        write!(f, ": {}", self.message)
    }
}
