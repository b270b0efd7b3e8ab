//! What an import will do, before it does it.

use super::{Pack, lesson::PackLesson, store::StandingLesson};
use std::collections::HashMap;

/// What an import does with a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not in the course, or not any more.
    New,
    /// A new version is published.
    Changed,
    /// As [`Change::Changed`], and the version it takes the place of was written here; it stays in the history.
    Replaced,
    Unchanged,
    /// The pack brings what the last import brought; what was written here since stays.
    KeptEdit,
}

impl Change {
    /// What an import does with `lesson` where `before` stands.
    pub fn of(lesson: &PackLesson, before: Option<&StandingLesson>) -> Self {
        let Some(before) = before else { return Self::New };
        let edited = before.imported_digest.as_ref().is_some_and(|imported| *imported != before.digest);
        if before.digest == lesson.digest {
            if before.removed { Self::New } else { Self::Unchanged }
        } else if edited && before.imported_digest.as_ref() == Some(&lesson.digest) {
            Self::KeptEdit
        } else if edited {
            Self::Replaced
        } else {
            Self::Changed
        }
    }

    /// Whether a version has to be published that is not there yet.
    pub const fn publishes(self, is_there: bool) -> bool {
        match self {
            Self::New => !is_there,
            Self::Changed | Self::Replaced => true,
            Self::Unchanged | Self::KeptEdit => false,
        }
    }
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub title: String,
    pub change: Change,
}

/// What an import will do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub steps: Vec<Step>,
    /// Titles of lessons that leave the course.
    pub removed: Vec<String>,
}

impl Plan {
    /// What importing `pack` does where `standing` are the lessons of the course; none where it is a new one.
    pub fn of(pack: &Pack, standing: &[StandingLesson]) -> Self {
        let by_slug: HashMap<&str, &StandingLesson> =
            standing.iter().map(|lesson| (lesson.slug.as_str(), lesson)).collect();
        let step = |lesson: &PackLesson| Step {
            title: lesson.title.clone(),
            change: Change::of(lesson, by_slug.get(lesson.slug.as_str()).copied()),
        };
        let leaves =
            |lesson: &&StandingLesson| !lesson.removed && !pack.lessons.iter().any(|stays| stays.slug == lesson.slug);
        Self {
            steps: pack.lessons.iter().map(step).collect(),
            removed: standing.iter().filter(leaves).map(|lesson| lesson.title.clone()).collect(),
        }
    }
}
