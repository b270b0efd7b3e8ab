//! How one material is graded: most points, rubric, what becomes of late work, whether it may be handed in again.

mod form;
pub mod handlers;
mod page;
pub mod store;

use super::Points;
use crate::material::{Criterion, Kind};

/// The rules of one material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    pub most: Points,
    /// Empty where only points and a comment are given.
    pub rubric: Vec<Criterion>,
    /// Stands in the gradebook.
    pub counts: bool,
    pub late: Late,
    /// Of the points, for every day that has begun; where points are deducted.
    pub late_percent: i16,
    /// May be handed in again once a grade was returned.
    pub resubmission: bool,
}

/// What becomes of work that comes after the due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Late {
    /// It is marked as late.
    Mark,
    /// It loses points for every day.
    Deduct,
    /// It is not taken.
    Close,
}

impl Late {
    /// Every rule, from the mildest.
    pub const ALL: [Self; 3] = [Self::Mark, Self::Deduct, Self::Close];

    /// As forms and the database name it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Deduct => "deduct",
            Self::Close => "close",
        }
    }
}

impl Scheme {
    /// The rules of a material nobody has made any for. The view `graded_materials` says the same.
    pub const fn default_of(kind: Kind) -> Self {
        Self {
            most: Points(10_000),
            rubric: Vec::new(),
            counts: matches!(kind, Kind::Upload | Kind::Gallery | Kind::Reflection),
            late: Late::Mark,
            late_percent: 10,
            resubmission: true,
        }
    }

    /// Most points the levels come to; none without a rubric that gives points.
    pub fn most_by_levels(rubric: &[Criterion]) -> Option<Points> {
        let best = |criterion: &Criterion| criterion.levels.iter().map(|level| level.points).max().unwrap_or(0);
        let sum: Points = rubric.iter().map(|criterion| Points::whole(best(criterion))).sum();
        (sum.0 > 0).then_some(sum)
    }

    /// The levels give points, so that nobody has to type any.
    pub fn adds_up(&self) -> bool {
        Self::most_by_levels(&self.rubric).is_some()
    }
}
