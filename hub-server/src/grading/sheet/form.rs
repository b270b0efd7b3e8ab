//! The form of a grade.

use super::{Grade, Standing};
use crate::{
    grading::{Points, Scheme, policy},
    material::answer::{Fields, level_field},
    web::FormState,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Longest comment and private note, in characters; the table says the same.
pub const MAX_COMMENT_CHARS: u32 = 10_000;
pub const MAX_NOTE_CHARS: u32 = 5_000;

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GradeForm {
    /// The version of the grade it was made from.
    pub version: i32,
    /// The work that lay beside it, by when it came in.
    pub seen: Option<DateTime<Utc>>,
    /// As typed; empty where the levels give the points.
    pub points: String,
    pub levels: BTreeMap<String, usize>,
    pub comment: String,
    pub note: String,
    pub excused: bool,
    pub late_waived: bool,
}

impl GradeForm {
    /// The form of a grade as it stands.
    pub fn of(standing: &Standing) -> Self {
        let grade = &standing.grade;
        let typed = grade.points.filter(|_| grade.points_typed);
        Self {
            version: standing.version,
            seen: standing.handed_in_at,
            points: typed.map(|points| points.to_string()).unwrap_or_default(),
            levels: grade.levels.clone(),
            comment: grade.comment.clone(),
            note: grade.private_note.clone(),
            excused: grade.excused,
            late_waived: grade.late_waived,
        }
    }

    /// What was sent; none where it was not made by our page. Levels of criteria that are gone are left out.
    pub fn read(fields: &Fields, scheme: &Scheme) -> Option<Self> {
        let text = |name: &str| fields.get(name).unwrap_or_default().replace("\r\n", "\n");
        let level = |criterion: &crate::material::Criterion| {
            let level = fields.get(&level_field(&criterion.id))?.parse().ok()?;
            (level < criterion.levels.len()).then(|| (criterion.id.clone(), level))
        };
        Some(Self {
            version: fields.get("version")?.parse().ok()?,
            seen: match fields.get("seen")? {
                "" => None,
                micros => Some(DateTime::from_timestamp_micros(micros.parse().ok()?)?),
            },
            points: text("points").trim().to_owned(),
            levels: scheme.rubric.iter().filter_map(level).collect(),
            comment: text("comment").trim_end().to_owned(),
            note: text("note").trim_end().to_owned(),
            excused: fields.get("excused").is_some(),
            late_waived: fields.get("late_waived").is_some(),
        })
    }

    /// The hidden field `seen`.
    pub fn seen_field(&self) -> String {
        self.seen.map(|at| at.timestamp_micros().to_string()).unwrap_or_default()
    }

    /// Reads it as a grade.
    pub fn parse(self, scheme: &Scheme) -> Result<(Self, Grade), FormState<Self>> {
        let mut form = FormState::new(self);
        let points = Points::parse(&form.typed.points);
        if points.is_none() && !form.typed.points.is_empty() {
            form = form.refuse("points", "grade-points-wrong");
        }
        if too_long(&form.typed.comment, MAX_COMMENT_CHARS) {
            form = form.refuse("comment", "grade-comment-too-long");
        }
        if too_long(&form.typed.note, MAX_NOTE_CHARS) {
            form = form.refuse("note", "grade-note-too-long");
        }
        if form.is_refused() {
            return Err(form);
        }
        let form = form.typed;
        let mut grade = Grade {
            points,
            points_typed: points.is_some(),
            levels: form.levels.clone(),
            comment: form.comment.clone(),
            private_note: form.note.clone(),
            excused: form.excused,
            late_waived: form.late_waived,
        };
        grade.points = points.or_else(|| policy::total(&grade, scheme));
        Ok((form, grade))
    }
}

fn too_long(text: &str, chars: u32) -> bool {
    text.chars().count() > chars as usize
}

#[cfg(test)]
mod tests {
    use super::GradeForm;
    use crate::{
        grading::{Points, Scheme},
        material::{Criterion, Kind, Level, answer::Fields},
    };

    fn scheme() -> Scheme {
        let level = |points| Level { title: "x".into(), description: String::new(), points };
        let rubric = vec![Criterion { id: "c1".into(), title: "x".into(), levels: vec![level(0), level(3)] }];
        Scheme { rubric, ..Scheme::default_of(Kind::Upload) }
    }

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let base = [("version", "2"), ("seen", "1795000000000001")];
        Fields(base.iter().chain(pairs).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn typed_points_go_before_what_the_levels_come_to() {
        for (pairs, points) in [
            (&[("level-c1", "1"), ("points", "")][..], Some(300)),
            (&[("level-c1", "1"), ("points", " 2.5 ")], Some(250)),
            (&[("points", "0")], Some(0)),
            (&[("level-c1", "9")], None),
            (&[("level-gone", "1")], None),
        ] {
            let form = GradeForm::read(&fields(pairs), &scheme()).unwrap();
            let (_, grade) = form.parse(&scheme()).unwrap();
            assert_eq!(grade.points, points.map(Points), "{pairs:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_refused_and_kept() {
        let form = GradeForm::read(&fields(&[("points", "lots"), ("comment", "Well done")]), &scheme()).unwrap();
        let refused = form.parse(&scheme()).unwrap_err();
        assert_eq!(refused.errors.iter().map(|error| error.field).collect::<Vec<_>>(), ["points"]);
        assert_eq!((refused.typed.points.as_str(), refused.typed.comment.as_str()), ("lots", "Well done"));
        assert_eq!(GradeForm::read(&Fields(Vec::new()), &scheme()), None);
    }

    #[test]
    fn the_work_that_was_seen_is_known_to_the_microsecond() {
        let form = GradeForm::read(&fields(&[]), &scheme()).unwrap();
        assert_eq!(form.seen_field(), "1795000000000001");
    }
}
