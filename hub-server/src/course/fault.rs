//! What is wrong with a course pack, said so that its author finds the place.

use super::why::Why;
use crate::{
    t,
    web::{Lang, Words},
};
use std::fmt;

/// Most faults listed of one pack; who has more will read the pack again anyway.
const MAX_LISTED: usize = 50;

/// One mistake in a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct PackFault {
    /// Path inside the pack.
    pub file: String,
    /// Line in that file, from 1.
    pub line: Option<u64>,
    /// The field, dotted where it lies inside another: `teacher_panel.prep`.
    pub field: Option<String>,
    /// What is wrong and what to do.
    pub why: Why,
}

impl PackFault {
    /// Something wrong with a file as a whole.
    pub fn of_file(file: impl Into<String>, why: impl Into<Why>) -> Self {
        Self { file: file.into(), line: None, field: None, why: why.into() }
    }

    /// Something wrong at a line.
    pub fn at(file: impl Into<String>, line: u64, why: impl Into<Why>) -> Self {
        Self { file: file.into(), line: Some(line), field: None, why: why.into() }
    }

    /// The same, naming the field.
    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl PackFault {
    /// With its place, in the language of `words`.
    pub fn said(&self, words: Words) -> String {
        let mut said = self.file.clone();
        if let Some(line) = self.line {
            said += &format!(", {}", t!(words, "pack-line", line = line));
        }
        if let Some(field) = &self.field {
            said += &format!(", {field}");
        }
        said + ": " + &self.why.said(words)
    }
}

impl fmt::Display for PackFault {
    /// In English, as commands speak.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Words(Lang::English)))
    }
}

/// Everything that is wrong with a pack, in the order it was found; at least one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct PackFaults(pub Vec<PackFault>);

impl From<PackFault> for PackFaults {
    fn from(fault: PackFault) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for PackFaults {
    /// One line for each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

/// Faults as they are found: reading goes on, so that an author sees all of them at once.
#[derive(Debug, Default)]
pub struct Found(Vec<PackFault>);

impl Found {
    /// Notes a fault.
    pub fn add(&mut self, fault: PackFault) {
        if self.0.len() < MAX_LISTED && !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// The value, or the fault noted and nothing instead of it.
    pub fn take<T: Default>(&mut self, read: Result<T, PackFault>) -> T {
        read.unwrap_or_else(|fault| {
            self.add(fault);
            T::default()
        })
    }

    /// Notes several.
    pub fn add_all(&mut self, faults: impl IntoIterator<Item = PackFault>) {
        for fault in faults {
            self.add(fault);
        }
    }

    /// Fails where anything was found.
    pub fn settle(self) -> Result<(), PackFaults> {
        if self.0.is_empty() { Ok(()) } else { Err(PackFaults(self.0)) }
    }
}
