//! The rules of grading. No database, no clock.

use super::{Points, Scheme, scheme::Late, sheet::Grade};
use chrono::{DateTime, Utc};

/// What the levels come to; none unless every criterion has one and levels give points.
pub fn total(grade: &Grade, scheme: &Scheme) -> Option<Points> {
    if !scheme.adds_up() {
        return None;
    }
    let points = scheme.rubric.iter().map(|criterion| {
        let level = grade.levels.get(&criterion.id).and_then(|level| criterion.levels.get(*level))?;
        Some(Points::whole(level.points))
    });
    points.sum::<Option<Points>>()
}

/// Nothing is missing: it is excused, it has points, every criterion has its level, or, where there is no rubric, a
/// comment says all there is to say.
pub fn is_complete(grade: &Grade, scheme: &Scheme) -> bool {
    let has_level = |id: &str| grade.levels.contains_key(id);
    let all_levels = !scheme.rubric.is_empty() && scheme.rubric.iter().all(|criterion| has_level(&criterion.id));
    let only_words = scheme.rubric.is_empty() && !grade.comment.trim().is_empty();
    grade.excused || grade.points.is_some() || all_levels || only_words
}

/// Why a student may not hand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The due date has passed, and late work is not taken.
    Late,
    /// It was graded and returned, and that is the end of it.
    Returned,
}

/// Whether something may be handed in now; `returned` where a grade was returned.
pub fn may_hand_in(
    scheme: &Scheme,
    due_at: Option<DateTime<Utc>>,
    returned: bool,
    now: DateTime<Utc>,
) -> Result<(), Closed> {
    if returned && !scheme.resubmission {
        Err(Closed::Returned)
    } else if scheme.late == Late::Close && due_at.is_some_and(|due_at| now > due_at) {
        Err(Closed::Late)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Closed, is_complete, may_hand_in, total};
    use crate::{
        grading::{Points, Scheme, scheme::Late, sheet::Grade},
        material::{Criterion, Kind, Level},
    };

    fn scheme(points: &[&[u32]]) -> Scheme {
        let level = |points: &u32| Level { title: "x".into(), description: String::new(), points: *points };
        let criterion = |(number, points): (usize, &&[u32])| Criterion {
            id: format!("c{number}"),
            title: "x".into(),
            levels: points.iter().map(level).collect(),
        };
        Scheme { rubric: points.iter().enumerate().map(criterion).collect(), ..Scheme::default_of(Kind::Upload) }
    }

    fn levels(levels: &[(&str, usize)]) -> Grade {
        Grade { levels: levels.iter().map(|(id, level)| ((*id).to_owned(), *level)).collect(), ..Grade::default() }
    }

    #[test]
    fn levels_add_up_when_each_criterion_has_one() {
        let scheme = scheme(&[&[0, 1, 2], &[0, 3]]);
        assert_eq!(Scheme::most_by_levels(&scheme.rubric), Some(Points(500)));
        for (chosen, sum) in [
            (&[("c0", 2), ("c1", 1)][..], Some(Points(500))),
            (&[("c0", 0), ("c1", 0)], Some(Points(0))),
            (&[("c0", 2)], None),
            (&[], None),
            // The rubric was changed since: this level is gone.
            (&[("c0", 3), ("c1", 1)], None),
        ] {
            assert_eq!(total(&levels(chosen), &scheme), sum, "{chosen:?}");
        }
    }

    #[test]
    fn a_grade_is_complete_when_nothing_is_missing() {
        let (none, two, words) = (scheme(&[]), scheme(&[&[0, 1], &[0, 1]]), scheme(&[&[0, 0]]));
        let points = Grade { points: Some(Points(0)), ..Grade::default() };
        let comment = Grade { comment: "Good".into(), ..Grade::default() };
        let excused = Grade { excused: true, ..Grade::default() };
        for (grade, scheme, complete) in [
            (&Grade::default(), &none, false),
            (&points, &none, true),
            (&points, &two, true),
            (&comment, &none, true),
            (&comment, &two, false),
            (&excused, &two, true),
            (&levels(&[("c0", 1)]), &two, false),
            (&levels(&[("c0", 1), ("c1", 0)]), &two, true),
            // Levels that give no points are a grade too.
            (&levels(&[("c0", 1)]), &words, true),
        ] {
            assert_eq!(is_complete(grade, scheme), complete, "{grade:?}");
        }
    }

    #[test]
    fn handing_in_ends_where_the_teacher_says_so() {
        let at = |text: &str| text.parse().unwrap();
        let (due, before, after) =
            (Some(at("2026-11-27T12:00:00Z")), at("2026-11-27T12:00:00Z"), at("2026-11-27T12:00:01Z"));
        let open = scheme(&[]);
        let closing = Scheme { late: Late::Close, ..open.clone() };
        let once = Scheme { resubmission: false, ..open.clone() };
        for (scheme, due, returned, now, allowed) in [
            (&open, due, true, after, Ok(())),
            (&closing, due, false, before, Ok(())),
            (&closing, due, false, after, Err(Closed::Late)),
            (&closing, None, false, after, Ok(())),
            (&once, due, false, after, Ok(())),
            (&once, due, true, before, Err(Closed::Returned)),
        ] {
            assert_eq!(may_hand_in(scheme, due, returned, now), allowed);
        }
    }
}
