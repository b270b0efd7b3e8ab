//! Two states of one material, side by side: what somebody saved meanwhile, and what stands in the form.

use crate::{
    material::{
        Kind,
        teach::{
            form::MaterialForm,
            store::{LastChange, ListedLesson},
        },
    },
    t,
    ui::time::Now,
    web::Words,
};
use helper_ui::ui::{Actions, ButtonLink, Notice, Table, Tone, Weight};
use leptos::prelude::*;

/// Both, field by field, as far as they differ. The form below saves what is typed; the link takes what was saved.
#[component]
pub(super) fn Conflict(
    mine: MaterialForm,
    saved: MaterialForm,
    last: LastChange,
    kind: Kind,
    /// What a link may lead to.
    lessons: Vec<ListedLesson>,
    /// The form with what was saved.
    theirs: String,
    now: Now,
    words: Words,
) -> impl IntoView {
    let by = last.by.unwrap_or_else(|| t!(words, "conflict-somebody").to_owned());
    let at = now.moment(last.at, words);
    let (mine, saved) = (lines(mine, kind, &lessons, words), lines(saved, kind, &lessons, words));
    let rows = mine
        .into_iter()
        .zip(saved)
        .filter(|((_, mine), (_, saved))| mine != saved)
        .map(|((what, mine), (_, saved))| {
            view! {
                <tr>
                    <th scope="row">{what}</th>
                    <td class="conflict-text">{mine}</td>
                    <td class="conflict-text">{saved}</td>
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
            {t!(words, "material-conflict-text", by = by, at = at)}
        </Notice>
        <Table caption=t!(words, "material-conflict-table") headings show_caption=true>
            {rows}
        </Table>
        <Actions>
            <ButtonLink href=theirs weight=Weight::Secondary>{t!(words, "material-take-theirs")}</ButtonLink>
        </Actions>
    }
    .into_any()
}

/// What a form says, each with the words of its field.
fn lines(form: MaterialForm, kind: Kind, lessons: &[ListedLesson], words: Words) -> Vec<(&'static str, String)> {
    let lesson = lessons.iter().find(|one| one.id.to_string() == form.lesson).map(|one| one.title.clone());
    let task = if kind == Kind::Text { t!(words, "material-text") } else { t!(words, "material-task") };
    [
        (t!(words, "material-title"), form.title),
        (t!(words, "material-lesson"), lesson.unwrap_or_default()),
        (t!(words, "material-url"), form.url),
        (task, form.source),
        (t!(words, "material-items"), form.items),
        (t!(words, "material-criteria"), form.criteria),
        (t!(words, "material-accepted-label"), form.accepted),
        (t!(words, "material-size-label"), form.max_mb),
        (t!(words, "material-naming-label"), form.naming),
        (t!(words, "material-due-label"), form.due.replace('T', " ")),
    ]
    .map(|(what, said)| (what, said.replace("\r\n", "\n").trim().to_owned()))
    .into()
}
