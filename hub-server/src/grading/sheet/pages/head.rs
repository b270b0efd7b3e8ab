//! What stands above the work, in two rows so that the work is in view at once: who it is, where it stands and the ways to
//! the neighbours; then which works one goes through, a jump to anybody, and the options.

use super::ways::{Jump, Neighbours, Options, Shown, Waiting};
use crate::{
    grading::sheet::{Around, OneStudent, Sheet, asked::Asked},
    t,
    ui::time::Now,
    web::Words,
};
use helper_ui::ui::{BackLink, IconName, StatusWord, Tone};
use leptos::prelude::*;
use shared_types::ids::StudentId;

/// What both heads are made of.
#[derive(Clone)]
pub(super) struct Parts {
    /// The material.
    pub(super) back: String,
    pub(super) asked: Asked,
    pub(super) may_change: bool,
}

/// Above a student's work.
#[component]
pub(super) fn Head(
    sheet: Sheet,
    one: OneStudent,
    around: Around,
    parts: Parts,
    csrf: String,
    now: Now,
    words: Words,
) -> impl IntoView {
    let name = shown_name(one.id, &one.display_name, sheet.desk.hide_names, words);
    let states = states(&sheet, &one, now, words);
    let (title, back, asked) = (sheet.title.clone(), parts.back.clone(), parts.asked.clone());
    let neighbours = view! { <Neighbours material=sheet.material around=around.clone() asked words /> };
    let second = view! { <SecondRow sheet around parts csrf words /> };
    view! {
        <div class="grading-head">
            <BackLink href=back>{title}</BackLink>
            <div class="grading-row">
                <h1>{name}</h1>
                {states}
                {neighbours}
            </div>
            {second}
        </div>
    }
    .into_any()
}

/// Where nobody has handed in.
#[component]
pub(super) fn NobodyYet(sheet: Sheet, around: Around, parts: Parts, csrf: String, words: Words) -> impl IntoView {
    let (title, back) = (sheet.title.clone(), parts.back.clone());
    let second = view! { <SecondRow sheet around parts csrf words /> };
    view! {
        <div class="grading-head">
            <BackLink href=back>{t!(words, "grading-back")}</BackLink>
            <h1>{title}</h1>
            {second}
        </div>
    }
    .into_any()
}

#[component]
fn SecondRow(sheet: Sheet, around: Around, parts: Parts, csrf: String, words: Words) -> impl IntoView {
    let Parts { asked, may_change, .. } = parts;
    view! {
        <div class="grading-row grading-row-tools">
            <Shown sheet=sheet.clone() asked=asked.clone() words />
            <Waiting material=sheet.material around=around.clone() asked=asked.clone() words />
            <Jump sheet=sheet.clone() students=around.students asked=asked.clone() words />
            <Options sheet to_return=around.to_return asked may_change csrf words />
        </div>
    }
    .into_any()
}

/// A student's name, or what stands for it while names are hidden: the same each time, and telling nothing.
pub(super) fn shown_name(id: StudentId, name: &str, hidden: bool, words: Words) -> String {
    if hidden {
        // The last digits of an id are random.
        let id = id.to_string();
        t!(words, "grading-hidden-name", letters = id[id.len() - 4..].to_uppercase())
    } else {
        name.to_owned()
    }
}

/// Where the work and its grade stand, in words.
fn states(sheet: &Sheet, one: &OneStudent, now: Now, words: Words) -> AnyView {
    let standing = &one.standing;
    let work = match standing.handed_in_at {
        Some(at) => {
            let word = t!(words, "grading-handed-in", at = now.moment(at, words));
            view! { <StatusWord word icon=IconName::Done /> }.into_any()
        }
        None => view! { <StatusWord word=t!(words, "grading-missing") icon=IconName::ToDo /> }.into_any(),
    };
    let late = sheet.is_late(standing).then(|| {
        view! { <StatusWord word=t!(words, "grading-late") tone=Tone::Warning icon=IconName::Clock /> }
    });
    let waived = standing.grade.late_waived.then(|| view! { <StatusWord word=t!(words, "grading-late-waived") /> });
    let excused = standing.grade.excused.then(|| view! { <StatusWord word=t!(words, "grading-excused") /> });
    let grade = match (standing.returned_version, standing.is_to_return()) {
        (Some(_), true) => (t!(words, "grading-changed"), Tone::Warning, IconName::Warning),
        (None, true) => (t!(words, "grading-draft"), Tone::Warning, IconName::Clock),
        (Some(_), false) => (t!(words, "grading-returned"), Tone::Success, IconName::Returned),
        (None, false) => (t!(words, "grading-open"), Tone::Info, IconName::ToDo),
    };
    let (word, tone, icon) = grade;
    let again = (standing.needs_grading && standing.complete).then(|| {
        view! { <StatusWord word=t!(words, "grading-again") tone=Tone::Warning icon=IconName::Returned /> }
    });
    view! {
        <p class="grading-states" data-testid="grading-states">
            {work} " " {late} " " {waived} " " {excused} " " <StatusWord word tone icon /> " " {again}
        </p>
    }
    .into_any()
}
