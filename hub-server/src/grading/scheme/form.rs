//! The form of a material's grading rules.

use super::{Late, Scheme};
use crate::{
    grading::Points,
    material::{
        Criterion,
        kind::revise_criteria,
        teach::rubric_text::{self, Fault},
    },
    web::FormState,
};
use serde::Deserialize;

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SchemeForm {
    /// Empty where the levels add up, and for a hundred.
    pub most: String,
    /// The rubric as text; see [`rubric_text`].
    pub criteria: String,
    /// Tick boxes: there when ticked.
    pub counts: Option<String>,
    pub late: String,
    pub late_percent: String,
    pub resubmission: Option<String>,
}

impl SchemeForm {
    /// The form of the rules there are.
    pub fn of(scheme: &Scheme) -> Self {
        let ticked = |yes: bool| yes.then(|| "on".to_owned());
        let by_itself = most_by_itself(&scheme.rubric) == scheme.most;
        Self {
            most: if by_itself { String::new() } else { scheme.most.to_string() },
            criteria: rubric_text::shown(&scheme.rubric),
            counts: ticked(scheme.counts),
            late: scheme.late.slug().to_owned(),
            late_percent: scheme.late_percent.to_string(),
            resubmission: ticked(scheme.resubmission),
        }
    }

    /// Reads the form; criteria that stay keep their ids, and with them the levels that were given.
    pub fn parse(self, standing: &Scheme) -> Result<Scheme, FormState<Self>> {
        let mut form = FormState::new(self);
        let rubric = match rubric_text::parse(&form.typed.criteria) {
            Ok(criteria) => revise_criteria(&standing.rubric, criteria),
            Err(Fault::Empty) => Vec::new(),
            Err(Fault::TooManyCriteria) => refused(&mut form, "material-rubric-too-many"),
            Err(Fault::LevelFirst) => refused(&mut form, "material-rubric-level-first"),
            Err(Fault::WrongLevels) => refused(&mut form, "material-rubric-levels"),
            Err(Fault::WrongWords) => refused(&mut form, "material-rubric-words"),
        };
        let typed = form.typed.most.trim();
        let most = if typed.is_empty() { Some(most_by_itself(&rubric)) } else { Points::parse(typed) };
        let most = most.filter(|most| most.0 > 0);
        if most.is_none() {
            form = form.refuse("most", "scheme-most-wrong");
        }
        let late = Late::ALL.into_iter().find(|late| late.slug() == form.typed.late);
        if late.is_none() {
            form = form.refuse("late", "scheme-late-unknown");
        }
        let percent = form.typed.late_percent.trim().parse().ok().filter(|percent| (1..=100).contains(percent));
        // What is not used need not be right.
        let late_percent = if late == Some(Late::Deduct) { percent } else { percent.or(Some(10)) };
        if late_percent.is_none() {
            form = form.refuse("late_percent", "scheme-percent-wrong");
        }
        match (most, late, late_percent) {
            (Some(most), Some(late), Some(late_percent)) if !form.is_refused() => Ok(Scheme {
                most,
                rubric,
                counts: form.typed.counts.is_some(),
                late,
                late_percent,
                resubmission: form.typed.resubmission.is_some(),
            }),
            _ => Err(form),
        }
    }
}

/// Most points where nobody says otherwise.
fn most_by_itself(rubric: &[Criterion]) -> Points {
    Scheme::most_by_levels(rubric).unwrap_or(Points::whole(100))
}

fn refused<T: Default>(form: &mut FormState<SchemeForm>, why: &'static str) -> T {
    *form = std::mem::take(form).refuse("criteria", why);
    T::default()
}

#[cfg(test)]
mod tests {
    use super::SchemeForm;
    use crate::{
        grading::{Points, Scheme},
        material::Kind,
    };

    const RUBRIC: &str = "It works\n- No\n- Yes (3)\n\nIt is tidy\n- No\n- Yes (2)";

    fn form(most: &str, criteria: &str) -> SchemeForm {
        let (most, criteria) = (most.to_owned(), criteria.to_owned());
        SchemeForm { most, criteria, late: "mark".to_owned(), ..SchemeForm::default() }
    }

    #[test]
    fn most_points_come_from_the_levels_or_from_what_was_typed() {
        let standing = Scheme::default_of(Kind::Upload);
        for (most, criteria, expected) in [
            ("", RUBRIC, Some(500)),
            ("10", RUBRIC, Some(1_000)),
            ("7,5", "", Some(750)),
            ("", "", Some(10_000)),
            ("0", "", None),
            ("much", "", None),
            ("", "A\n- x\n- y", Some(10_000)),
        ] {
            let parsed = form(most, criteria).parse(&standing);
            assert_eq!(parsed.ok().map(|scheme| scheme.most), expected.map(Points), "{most:?} {criteria:?}");
        }
    }

    #[test]
    fn the_form_of_rules_makes_the_same_rules() {
        let standing = Scheme::default_of(Kind::Reflection);
        let made = form("", RUBRIC).parse(&standing).unwrap();
        assert_eq!(SchemeForm::of(&made).parse(&made).unwrap(), made);
    }

    #[test]
    fn a_wrong_rubric_is_said_at_its_field() {
        let refused = form("5", "- x\nA").parse(&Scheme::default_of(Kind::Upload)).unwrap_err();
        assert_eq!(refused.errors.iter().map(|error| error.field).collect::<Vec<_>>(), ["criteria"]);
        assert_eq!(refused.typed.criteria, "- x\nA");
    }
}
