//! The ways around a sheet: to other students, through fewer of them, criterion by criterion; and the switches.

use crate::{
    grading::{
        desk::handlers::PATH as COMMENTS,
        sheet::{
            Around, Sheet,
            asked::{Asked, Show},
            handlers::rules_path,
            store::COUNTED,
        },
    },
    t,
    web::Words,
};
use helper_ui::ui::{Actions, Button, ButtonLink, HiddenField, NavLink, PostForm, Tabs, Weight};
use leptos::prelude::*;
use shared_types::ids::StudentId;

/// All of them. The script finds the links by `data-way`.
#[component]
pub(super) fn Ways(
    sheet: Sheet,
    around: Around,
    asked: Asked,
    may_change: bool,
    csrf: String,
    words: Words,
) -> impl IntoView {
    let way = |to: Option<StudentId>, name: &'static str, label: &'static str| {
        to.map(|student| {
            let href = asked.path(sheet.material, student);
            view! {
                <a class="button button-secondary" href=href data-way=name>
                    {label}
                </a>
            }
        })
    };
    let previous = way(around.previous, "previous", t!(words, "grading-previous"));
    let next = way(around.next, "next", t!(words, "grading-next"));
    let ungraded = way(around.ungraded.first().copied(), "ungraded", t!(words, "grading-next-ungraded"));
    let later = around.ungraded.get(1).map(|student| asked.path(sheet.material, *student));
    let left = left(around.to_do, words);
    let shown = shown(&sheet, &asked, words);
    let tools = may_change.then(|| tools(&sheet, &around, words));
    let options = options(&sheet, &asked, csrf, words);
    view! {
        <nav class="grading-ways" aria-label=t!(words, "grading-ways") data-later=later>
            <Actions>{previous} {next} {ungraded} <span class="grading-left">{left}</span></Actions>
        </nav>
        {shown}
        <details class="grading-options">
            <summary>{t!(words, "grading-options")}</summary>
            {options}
            {tools}
        </details>
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
fn shown(sheet: &Sheet, asked: &Asked, words: Words) -> AnyView {
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
fn tools(sheet: &Sheet, around: &Around, words: Words) -> AnyView {
    let return_all = (around.to_return > 0).then(|| {
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
