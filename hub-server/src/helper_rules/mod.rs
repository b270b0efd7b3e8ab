//! What teachers decide about the homework helper: for a class, and for single lessons of it. The rules travel in the
//! signed scope token; the answers that must never be said are read by the helper itself, since a token is seen by the
//! browser.

pub mod form;
pub mod handlers;
mod hours;
pub mod lesson_form;
mod pages;
mod report;
pub mod store;

pub use hours::Hours;

use shared_types::scope::{Limits, Policy, Rung, ScopeMode, Strictness};

/// The rules of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRules {
    pub enabled: bool,
    pub policy: Policy,
    pub allowed_topics: Vec<String>,
    pub hours: Hours,
    pub limits: Limits,
}

impl Default for ClassRules {
    /// Until a teacher decides: help in steps, the answer itself never, enough for a lively lesson and not for a script.
    fn default() -> Self {
        Self {
            enabled: true,
            policy: Policy {
                strictness: Strictness::Strict,
                scope_mode: ScopeMode::Soft,
                topic_filter: true,
                max_rung: Rung::CheckMyStep,
            },
            allowed_topics: Vec::new(),
            hours: Hours::default(),
            limits: Limits { per_minute: 6, per_day: 200, class_per_day: 3_000 },
        }
    }
}

/// Where a lesson differs from its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonRules {
    pub enabled: bool,
    /// None: as the class.
    pub max_rung: Option<Rung>,
    /// What the helper must never say, as the teacher wrote it.
    pub answers: Vec<String>,
}

impl Default for LessonRules {
    fn default() -> Self {
        Self { enabled: true, max_rung: None, answers: Vec::new() }
    }
}

/// Every rung, the weakest help first.
pub const RUNGS: [Rung; 5] = [Rung::Nudge, Rung::Concept, Rung::SimilarExample, Rung::CheckMyStep, Rung::Answer];

/// The word an enum is stored, sent and chosen by, which is the one it travels as.
pub(crate) fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The enum of a word.
pub(crate) fn from_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}
