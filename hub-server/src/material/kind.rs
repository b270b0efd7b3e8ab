//! The seven kinds of material, what is particular to each, and what a student may answer.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The kind of a material, as the column `kind` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// Leads elsewhere: to a lesson of the class, or to an address.
    Link,
    /// Something to read.
    Text,
    /// A file to hand in, seen by the student and the teachers of the class.
    Upload,
    /// A file to hand in that the student may show to the class.
    Gallery,
    /// Points to tick off.
    Checklist,
    /// A question to answer in one's own words.
    Reflection,
    /// Criteria to place one's own work by.
    Rubric,
}

/// What is particular to a kind, as the column `settings` has it. Markdown is kept as it was written and as the
/// sanitised HTML that pages show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Settings {
    /// `url` is http(s) or a path of this site; none where the row's `lesson_id` says where to.
    Link {
        url: Option<String>,
    },
    Text {
        source: String,
        html: String,
    },
    Upload(Handing),
    Gallery(Handing),
    Checklist {
        source: String,
        html: String,
        items: Vec<Item>,
    },
    Reflection {
        source: String,
        html: String,
    },
    Rubric {
        source: String,
        html: String,
        criteria: Vec<Criterion>,
    },
}

/// What may be handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handing {
    /// The task.
    pub source: String,
    pub html: String,
    /// Endings without the dot, in lower case; empty where every kind we take is welcome.
    pub accepted: Vec<String>,
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// How the file should be called; a wish, not a rule.
    pub naming: Option<String>,
}

/// One point of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Stays when the words change, so that a tick stays too.
    pub id: String,
    pub text: String,
}

/// One row of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub id: String,
    pub title: String,
    /// From the lowest to the highest.
    pub levels: Vec<Level>,
}

/// One step of a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub title: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub points: u32,
}

/// What a student answered, as the column `responses.answer` has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// The ids of the ticked items.
    Checklist {
        ticked: BTreeSet<String>,
    },
    Reflection {
        text: String,
    },
    /// For each criterion's id the number of the level, 0 the lowest, and a word on why.
    Rubric {
        choices: BTreeMap<String, Choice>,
    },
}

/// Where a student places their work on one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub level: usize,
    #[serde(default)]
    pub why: String,
}

impl Settings {
    /// The kind these are the settings of.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Link { .. } => Kind::Link,
            Self::Text { .. } => Kind::Text,
            Self::Upload(_) => Kind::Upload,
            Self::Gallery(_) => Kind::Gallery,
            Self::Checklist { .. } => Kind::Checklist,
            Self::Reflection { .. } => Kind::Reflection,
            Self::Rubric { .. } => Kind::Rubric,
        }
    }
}
