//! Criteria to place one's own work by: for each a choice of levels, and a word on why.

use super::{
    drafted::Drafted,
    form::{Form, Overtaken},
};
use crate::{
    material::{
        Answer, Choice, Criterion,
        answer::{MAX_WHY_CHARS, level_field, why_field},
    },
    t,
    ui::{fields::Problems, time::Now},
    web::Words,
};
use helper_ui::ui::{LevelCard, LevelChoice, TextArea};
use leptos::prelude::*;
use std::collections::BTreeMap;

const MAX_WHY: u32 = 1_000;
const _: () = assert!(MAX_WHY as usize == MAX_WHY_CHARS);

/// The form.
#[component]
pub fn Rubric(
    criteria: Vec<Criterion>,
    form: Form,
    action: String,
    csrf: String,
    now: Now,
    words: Words,
) -> impl IntoView {
    let choices = choices(form.answer.as_ref());
    let other = form.other.as_ref().map(|other| said(&criteria, &self::choices(Some(other))));
    let problems = form.problems(&criteria, words);
    let errors = |criterion: &Criterion| {
        [level_field(&criterion.id), why_field(&criterion.id)].map(|name| form.error(&name, &criteria, words))
    };
    let errors: Vec<_> = criteria.iter().map(errors).collect();
    let fields = criteria
        .into_iter()
        .zip(errors)
        .map(|(criterion, errors)| {
            let choice = choices.get(&criterion.id).cloned().unwrap_or(Choice { level: None, why: String::new() });
            one(criterion, choice, errors, words)
        })
        .collect_view();
    view! {
        <Overtaken other words />
        <Problems words problems />
        <Drafted form action csrf now words>
            {fields}
        </Drafted>
    }
    .into_any()
}

fn one(criterion: Criterion, choice: Choice, errors: [Option<String>; 2], words: Words) -> AnyView {
    let [error, why_error] = errors;
    let levels = criterion
        .levels
        .into_iter()
        .enumerate()
        .map(|(number, level)| LevelCard {
            value: number.to_string(),
            title: level.title,
            detail: level.description,
            note: (level.points > 0).then(|| t!(words, "rubric-points", points = level.points)),
        })
        .collect::<Vec<_>>();
    let chosen = choice.level.map(|level| level.to_string());
    let why = view! {
        <TextArea
            label=t!(words, "rubric-why")
            name=why_field(&criterion.id)
            value=choice.why
            error=why_error
            rows=2
            required=false
            maxlength=MAX_WHY
        />
    }
    .into_any();
    view! {
        <LevelChoice legend=criterion.title name=level_field(&criterion.id) levels chosen error>
            {why}
        </LevelChoice>
    }
    .into_any()
}

fn choices(answer: Option<&Answer>) -> BTreeMap<String, Choice> {
    match answer {
        Some(Answer::Rubric { choices }) => choices.clone(),
        _ => BTreeMap::new(),
    }
}

/// The choices as a list.
fn said(criteria: &[Criterion], choices: &BTreeMap<String, Choice>) -> AnyView {
    let lines = criteria
        .iter()
        .filter_map(|criterion| {
            let choice = choices.get(&criterion.id)?;
            let level = choice.level.and_then(|level| criterion.levels.get(level)).map(|level| level.title.as_str());
            let said = [level.unwrap_or_default(), choice.why.as_str()].join("\n");
            Some(format!("{}: {}", criterion.title, said.trim()))
        })
        .collect::<Vec<_>>();
    view! { <p>{lines.join("\n")}</p> }.into_any()
}
