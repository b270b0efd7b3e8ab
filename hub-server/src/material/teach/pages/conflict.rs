//! Two states of one material: what somebody saved meanwhile, and what stands in the form.

use crate::{
    material::{
        Kind,
        teach::{
            form::MaterialForm,
            store::{LastChange, ListedLesson},
        },
    },
    t,
    ui::{self, conflict::Compared, time::Now},
    web::Words,
};
use helper_ui::ui::{ButtonLink, Weight};
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
    let told = t!(words, "material-conflict-text", by = by.clone(), at = now.moment(last.at, words));
    let (mine, saved) = (lines(mine, kind, &lessons, words), lines(saved, kind, &lessons, words));
    let fields = mine.into_iter().zip(saved).map(|((field, mine), (_, theirs))| {
        let field = field.to_owned();
        Compared { field, mine, theirs }
    });
    let fields = fields.filter(|field| !field.is_same()).collect();
    view! {
        <ui::conflict::Conflict told caption=t!(words, "material-conflict-table") fields by words>
            <ButtonLink href=theirs weight=Weight::Secondary>{t!(words, "material-take-theirs")}</ButtonLink>
        </ui::conflict::Conflict>
    }
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
