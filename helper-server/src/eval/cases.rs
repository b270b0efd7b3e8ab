//! The cases, one JSON object a line.

use anyhow::Context;
use serde::Deserialize;
use shared_types::{
    event::Intent,
    scope::{Rung, Strictness},
};

/// The project's own.
pub const OURS: &str = include_str!("../../eval/cases.jsonl");

/// One case.
#[derive(Debug, Deserialize)]
pub struct Case {
    pub id: String,
    #[serde(flatten)]
    pub what: What,
}

/// What is tried, and what has to come of it.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// Which kind of help a question asks for.
    Intent { text: String, expect: Intent },
    /// What a backend sees of a text.
    Redact { text: String, expect: String },
    /// `now:…`, `today:…` or `none`.
    Safeguard { text: String, expect: String },
    /// A sentence of a model that has to be stopped.
    Leak { text: String, rung: Rung, answers: Vec<String> },
    /// One that has to pass unchanged.
    Honest { text: String, rung: Rung, answers: Vec<String> },
    /// Questions of one student, and the rung after each.
    Ladder { turns: Vec<String>, expect: Vec<Rung>, max_rung: Rung, strictness: Strictness },
    /// Which paragraphs of a lesson (p1, p2, …) an answer rests on.
    Cite { lesson: Vec<String>, text: String, expect: Vec<String> },
    /// A sentence of the helper's own: friendly, simple, with a next step.
    Kind { text: String, lang: String },
    /// A question for a backend.
    Model { text: String, lang: String, rung: Rung, answers: Vec<String> },
}

/// Reads cases; the error names the line.
pub fn parse(text: &str) -> anyhow::Result<Vec<Case>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| serde_json::from_str(line).with_context(|| format!("line {}", number + 1))).collect()
}
