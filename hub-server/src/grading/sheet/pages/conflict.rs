//! Two grades of one work, side by side: what somebody saved meanwhile, and what stands in the form.

use crate::{
    grading::{
        Scheme,
        sheet::{OneStudent, form::GradeForm},
    },
    t,
    ui::time::Now,
    web::Words,
};
use helper_ui::ui::{Actions, ButtonLink, Notice, Table, Tone, Weight};
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
    let level = |levels: &BTreeMap<String, usize>, criterion: &crate::material::Criterion| {
        let level = levels.get(&criterion.id).and_then(|level| criterion.levels.get(*level));
        level.map_or_else(|| "–".to_owned(), |level| level.title.clone())
    };
    let mut lines: Vec<(String, String, String)> = scheme
        .rubric
        .iter()
        .map(|criterion| (criterion.title.clone(), level(&mine.levels, criterion), level(&standing.levels, criterion)))
        .collect();
    lines.extend([
        (t!(words, "conflict-points").to_owned(), mine.points, standing.points),
        (t!(words, "grade-comment").to_owned(), mine.comment, standing.comment),
        (t!(words, "grade-note").to_owned(), mine.note, standing.note),
        (t!(words, "grade-excused").to_owned(), yes_no(mine.excused), yes_no(standing.excused)),
        (t!(words, "grade-late-waived").to_owned(), yes_no(mine.late_waived), yes_no(standing.late_waived)),
    ]);
    let rows = lines
        .into_iter()
        .map(|(what, mine, theirs)| {
            let differs = (mine != theirs).then(|| view! { <strong>{t!(words, "conflict-differs")}</strong> });
            view! {
                <tr>
                    <th scope="row">{what} " " {differs}</th>
                    <td class="conflict-text">{mine}</td>
                    <td class="conflict-text">{theirs}</td>
                </tr>
            }
        })
        .collect_view();
    let headings = vec![
        t!(words, "conflict-field").to_owned(),
        t!(words, "conflict-mine").to_owned(),
        t!(words, "conflict-theirs", by = by.clone()),
    ];
    view! {
        <Notice tone=Tone::Warning word=t!(words, "answer-overtaken-word") announce=true>
            {t!(words, "conflict-text", by = by, at = at)}
        </Notice>
        <Table caption=t!(words, "conflict-table") headings show_caption=true>
            {rows}
        </Table>
        <Actions>
            <ButtonLink href=theirs weight=Weight::Secondary>{t!(words, "conflict-take-theirs")}</ButtonLink>
            <ButtonLink href="#aside" weight=Weight::Secondary>{t!(words, "conflict-keep-mine")}</ButtonLink>
        </Actions>
    }
    .into_any()
}
