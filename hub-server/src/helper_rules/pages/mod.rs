//! What teachers see of the helper: a class's page, and one for each lesson's own rules.

mod class;
mod counts;
mod lesson;
mod rules;

pub use class::{HelperPage, helper};
pub use lesson::{LessonPage, lesson};

use super::RUNGS;
use crate::{classroom::Classroom, t, web::Words};
use helper_ui::ui::Choice;
use shared_types::scope::Rung;

/// The helper's page of a class.
pub fn path(classroom: &Classroom) -> String {
    format!("{}/helper", classroom.path())
}

/// Every rung, to choose the highest.
fn rungs(words: Words) -> Vec<Choice> {
    RUNGS.map(|rung| Choice::new(super::word(rung), rung_name(rung, words))).to_vec()
}

fn rung_name(rung: Rung, words: Words) -> &'static str {
    match rung {
        Rung::Nudge => t!(words, "rung-nudge"),
        Rung::Concept => t!(words, "rung-concept"),
        Rung::SimilarExample => t!(words, "rung-similar-example"),
        Rung::CheckMyStep => t!(words, "rung-check-my-step"),
        Rung::Answer => t!(words, "rung-answer"),
    }
}
