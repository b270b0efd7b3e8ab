//! The ways around a sheet: to other students, through fewer of them, criterion by criterion; and the switches.

use super::head::shown_name;
use crate::{
    grading::{
        desk::handlers::PATH as COMMENTS,
        sheet::{
            Around, Listed, Place, Sheet,
            asked::{Asked, Show},
            handlers::rules_path,
            store::COUNTED,
        },
    },
    t,
    web::Words,
};
use helper_ui::ui::{Actions, Button, ButtonLink, Choice, HiddenField, NavLink, PostForm, Select, Tabs, Weight};
use leptos::prelude::*;
use shared_types::ids::{MaterialId, StudentId};

/// A way to another sheet. The script finds it by `data-way`.
fn way(href: Option<String>, name: &'static str, label: &'static str, weight: Weight) -> AnyView {
    href.map(|href| {
        view! {
            <a class=weight.class() href=href data-way=name>
                {label}
            </a>
        }
    })
    .into_any()
}

/// Which of how many this is, and the students before and after.
#[component]
pub(super) fn Neighbours(material: MaterialId, around: Around, asked: Asked, words: Words) -> impl IntoView {
    let path = |to: Option<StudentId>| to.map(|student| asked.path(material, student));
    let previous = way(path(around.previous), "previous", t!(words, "grading-previous"), Weight::Secondary);
    let next = way(path(around.next), "next", t!(words, "grading-next"), Weight::Secondary);
    let place = around.place.map(|Place { number, of }| {
        view! { <span class="grading-place">{t!(words, "grading-place", number = number, of = of)}</span> }
    });
    view! { <nav class="grading-ways" aria-label=t!(words, "grading-ways")>{place} {previous} {next}</nav> }.into_any()
}

/// How many wait for a grade, and the way to the next of them; the script also fetches the one after it (`data-later`).
#[component]
pub(super) fn Waiting(material: MaterialId, around: Around, asked: Asked, words: Words) -> impl IntoView {
    let path = |at: usize| around.ungraded.get(at).map(|student| asked.path(material, *student));
    let next = way(path(0), "ungraded", t!(words, "grading-next-ungraded"), Weight::Quiet);
    view! {
        <p class="grading-waiting" data-later=path(1)>
            <span class="grading-left">{left(around.to_do, words)}</span>
            {next}
        </p>
    }
    .into_any()
}

/// How many wait for a grade, in words.
pub fn left(to_do: i64, words: Words) -> String {
    if to_do >= COUNTED {
        t!(words, "grading-left-many", count = COUNTED)
    } else {
        t!(words, "grading-left", count = to_do)
    }
}

/// Through which works one goes.
#[component]
pub(super) fn Shown(sheet: Sheet, asked: Asked, words: Words) -> impl IntoView {
    let student = sheet.student.as_ref().map(|one| one.id);
    let links = Show::ALL
        .into_iter()
        .filter(|show| *show != Show::Late || sheet.due_at.is_some())
        .map(|show| {
            let label = match show {
                Show::All => t!(words, "grading-show-all"),
                Show::Ungraded => t!(words, "grading-show-ungraded"),
                Show::Late => t!(words, "grading-show-late"),
                Show::Unreturned => t!(words, "grading-show-unreturned"),
            };
            let href = asked.path_with(sheet.material, student, show, asked.criterion.as_deref());
            NavLink::new(href, label, show == asked.show())
        })
        .collect::<Vec<_>>();
    view! { <Tabs label=t!(words, "grading-show") links /> }.into_any()
}

/// Straight to one student of the class, whether or not they handed in: a plain form.
#[component]
pub(super) fn Jump(sheet: Sheet, students: Vec<Listed>, asked: Asked, words: Words) -> impl IntoView {
    if students.is_empty() {
        return ().into_any();
    }
    let hidden = sheet.desk.hide_names;
    let mut choices: Vec<Choice> = students
        .into_iter()
        .map(|student| {
            let name = shown_name(student.id, &student.display_name, hidden, words);
            let label = if student.needs_grading {
                t!(words, "grading-jump-to-grade", name = name)
            } else if student.handed_in {
                name
            } else {
                t!(words, "grading-jump-missing", name = name)
            };
            Choice::new(student.id.to_string(), label)
        })
        .collect();
    if hidden {
        // In the order of their names they would give them away.
        choices.sort_by(|one, other| one.label.cmp(&other.label));
    }
    let here = sheet.student.as_ref().map(|one| one.id.to_string()).unwrap_or_default();
    let kept = asked.kept().map(|(name, value)| view! { <HiddenField name value /> }).collect_view();
    view! {
        <form method="get" action=crate::grading::path(sheet.material) class="form form-inline grading-jump">
            {kept}
            <Select label=t!(words, "grading-jump-label") name="student" choices value=here />
            <Button weight=Weight::Secondary>{t!(words, "grading-jump-go")}</Button>
        </form>
    }
    .into_any()
}

/// What is rarely wanted, folded.
#[component]
pub(super) fn Options(
    sheet: Sheet,
    to_return: i64,
    asked: Asked,
    may_change: bool,
    csrf: String,
    words: Words,
) -> impl IntoView {
    let tools = may_change.then(|| tools(&sheet, to_return, words));
    let options = options(&sheet, &asked, csrf, words);
    view! {
        <details class="grading-options">
            <summary>{t!(words, "grading-options")}</summary>
            {options}
            {tools}
        </details>
    }
    .into_any()
}

/// Criterion by criterion, names, keys.
fn options(sheet: &Sheet, asked: &Asked, csrf: String, words: Words) -> AnyView {
    let student = sheet.student.as_ref().map(|one| one.id);
    let path = |criterion: Option<&str>| asked.path_with(sheet.material, student, asked.show(), criterion);
    let by_criterion = (!sheet.scheme.rubric.is_empty()).then(|| {
        let all = NavLink::new(path(None), t!(words, "grading-all-criteria"), asked.criterion.is_none());
        let each = sheet.scheme.rubric.iter().map(|criterion| {
            let current = asked.criterion.as_deref() == Some(criterion.id.as_str());
            NavLink::new(path(Some(&criterion.id)), criterion.title.clone(), current)
        });
        let links = std::iter::once(all).chain(each).collect::<Vec<_>>();
        view! { <Tabs label=t!(words, "grading-by-criterion") links /> }
    });
    let here = path(asked.criterion.as_deref());
    let desk = &sheet.desk;
    let names = if desk.hide_names { t!(words, "grading-show-names") } else { t!(words, "grading-hide-names") };
    let keys = if desk.keys_off { t!(words, "grading-keys-on") } else { t!(words, "grading-keys-off") };
    let switches = [("names", desk.hide_names, names), ("keys", desk.keys_off, keys)]
        .map(|(name, off, label)| switch(name, off, label, here.clone(), csrf.clone()))
        .collect_view();
    view! {
        {by_criterion}
        <Actions>{switches}</Actions>
    }
    .into_any()
}

fn switch(name: &'static str, off: bool, label: &'static str, next: String, csrf: String) -> AnyView {
    let value = if off { "on" } else { "off" };
    view! {
        <PostForm action="/teach/grading-preferences" csrf inline=true>
            <HiddenField name="next" value=next />
            <Button weight=Weight::Secondary name value>
                {label}
            </Button>
        </PostForm>
    }
    .into_any()
}

/// What a teacher may do about the whole material.
fn tools(sheet: &Sheet, to_return: i64, words: Words) -> AnyView {
    let return_all = (to_return > 0).then(|| {
        let href = format!("{}/return", crate::grading::path(sheet.material));
        view! { <ButtonLink href weight=Weight::Secondary>{t!(words, "returning-all")}</ButtonLink> }
    });
    let rules = rules_path(sheet.material);
    view! {
        <Actions>
            {return_all}
            <ButtonLink href=rules weight=Weight::Secondary>{t!(words, "scheme-title")}</ButtonLink>
            <ButtonLink href=COMMENTS weight=Weight::Secondary>{t!(words, "comments-title")}</ButtonLink>
        </Actions>
    }
    .into_any()
}
