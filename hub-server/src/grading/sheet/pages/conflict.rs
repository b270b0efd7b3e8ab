//! Two grades of one work: what somebody saved meanwhile, and what stands in the form.

use crate::{
    grading::{
        Scheme,
        sheet::{OneStudent, form::GradeForm},
    },
    material::Criterion,
    t,
    ui::{self, conflict::Compared, time::Now},
    web::Words,
};
use helper_ui::ui::{ButtonLink, Weight};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Both, field by field. The form below saves what is typed; the link takes what was saved.
#[component]
pub(super) fn Conflict(
    mine: GradeForm,
    one: OneStudent,
    scheme: Scheme,
    theirs: String,
    now: Now,
    words: Words,
) -> impl IntoView {
    let standing = GradeForm::of(&one.standing);
    let by = one.standing.graded_by.clone().unwrap_or_else(|| t!(words, "conflict-somebody").to_owned());
    let at = one.standing.graded_at.map(|at| now.moment(at, words)).unwrap_or_default();
    let yes_no = |yes: bool| if yes { t!(words, "conflict-yes") } else { t!(words, "conflict-no") }.to_owned();
    let level = |levels: &BTreeMap<String, usize>, criterion: &Criterion| {
        let level = levels.get(&criterion.id).and_then(|level| criterion.levels.get(*level));
        level.map_or_else(|| "–".to_owned(), |level| level.title.clone())
    };
    let compared = |field: &str, mine: String, theirs: String| Compared { field: field.to_owned(), mine, theirs };
    let of_rubric = |criterion: &Criterion| {
        compared(&criterion.title, level(&mine.levels, criterion), level(&standing.levels, criterion))
    };
    let mut fields: Vec<Compared> = scheme.rubric.iter().map(of_rubric).collect();
    fields.extend([
        compared(t!(words, "conflict-points"), mine.points, standing.points),
        compared(t!(words, "grade-comment"), mine.comment, standing.comment),
        compared(t!(words, "grade-note"), mine.note, standing.note),
        compared(t!(words, "grade-excused"), yes_no(mine.excused), yes_no(standing.excused)),
        compared(t!(words, "grade-late-waived"), yes_no(mine.late_waived), yes_no(standing.late_waived)),
    ]);
    let told = t!(words, "conflict-text", by = by.clone(), at = at);
    view! {
        <ui::conflict::Conflict told caption=t!(words, "conflict-table") fields by words>
            <ButtonLink href=theirs weight=Weight::Secondary>{t!(words, "conflict-take-theirs")}</ButtonLink>
            <ButtonLink href="#aside" weight=Weight::Secondary>{t!(words, "conflict-keep-mine")}</ButtonLink>
        </ui::conflict::Conflict>
    }
}
