//! Fields with several answers of one name: points to tick, and levels of which one is chosen.

use super::field::{FieldError, field_id};
use leptos::prelude::*;

/// One point of a [`TickList`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    pub value: String,
    pub label: String,
    pub checked: bool,
}

/// Points to tick; sends `name=value` for each that is.
#[component]
pub fn TickList(
    /// Says how many are ticked.
    #[prop(into)]
    legend: String,
    name: &'static str,
    ticks: Vec<Tick>,
    /// What is ticked is done and steps back.
    #[prop(optional)]
    done: bool,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let id = field_id(name);
    let error_id = format!("{id}-error");
    let described_by = error.as_ref().map(|_| error_id.clone());
    let items = ticks
        .into_iter()
        .map(|tick| {
            let id = format!("{}-{}", field_id(name), tick.value);
            view! {
                <li class="field-check">
                    <input type="checkbox" id=id.clone() name=name value=tick.value checked=tick.checked />
                    <label for=id>{tick.label}</label>
                </li>
            }
        })
        .collect_view();
    view! {
        <fieldset class=if done { "ticks ticks-done" } else { "ticks" } id=id tabindex="-1" aria-describedby=described_by>
            <legend>{legend}</legend>
            {error.map(|message| view! { <FieldError id=error_id message /> })}
            <ul>{items}</ul>
        </fieldset>
    }
    .into_any()
}

/// One level of a [`LevelChoice`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelCard {
    pub value: String,
    pub title: String,
    pub detail: String,
    /// Stands after the title: what it counts.
    pub note: Option<String>,
}

/// One of several levels, side by side where there is room. `children` stands below them.
#[component]
pub fn LevelChoice(
    #[prop(into)] legend: String,
    #[prop(into)] name: String,
    levels: Vec<LevelCard>,
    /// The value that is chosen.
    chosen: Option<String>,
    error: Option<String>,
    children: Children,
) -> impl IntoView {
    let id = field_id(&name);
    let error_id = format!("{id}-error");
    let described_by = error.as_ref().map(|_| error_id.clone());
    let levels = levels
        .into_iter()
        .map(|level| {
            let id = format!("{id}-{}", level.value);
            let checked = chosen.as_ref() == Some(&level.value);
            let words = format!("{legend}: {}", level.title);
            view! {
                <div class="level">
                    <input type="radio" id=id.clone() name=name.clone() value=level.value checked=checked data-words=words />
                    <label for=id>
                        <span class="level-title">
                            {level.title} {level.note.map(|note| view! { <span class="level-note">{note}</span> })}
                        </span>
                        {(!level.detail.is_empty()).then(|| view! { <span class="level-detail">{level.detail}</span> })}
                    </label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="criterion" id=id tabindex="-1" aria-describedby=described_by>
            <legend>{legend}</legend>
            <div class="levels">{levels}</div>
            {error.map(|message| view! { <FieldError id=error_id message /> })}
            {children()}
        </fieldset>
    }
    .into_any()
}
