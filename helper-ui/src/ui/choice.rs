//! Fields that choose: a list, and a tick.

use super::field::{FieldError, Frame, field_id};
use leptos::prelude::*;

/// One line of a [`Select`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// What it stands under, together with its neighbours of the same group.
    pub group: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), group: None }
    }

    /// The same, under a heading.
    #[must_use]
    pub fn within(self, group: impl Into<String>) -> Self {
        Self { group: Some(group.into()), ..self }
    }
}

/// One of several.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    choices: Vec<Choice>,
    /// The value chosen now.
    #[prop(optional, into)]
    value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let frame = Frame::new(&name, label, hint, error);
    let options = choices
        .chunk_by(|one, other| one.group == other.group)
        .map(|choices| {
            let options = choices
                .iter()
                .map(|choice| {
                    view! {
                        <option value=choice.value.clone() selected=choice.value == value>
                            {choice.label.clone()}
                        </option>
                    }
                })
                .collect_view();
            match choices[0].group.clone() {
                Some(group) => view! { <optgroup label=group>{options}</optgroup> }.into_any(),
                None => options.into_any(),
            }
        })
        .collect_view();
    let control = view! {
        <select
            class="input"
            id=frame.id()
            name=name
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        >
            {options}
        </select>
    };
    frame.around(control.into_any())
}

/// Yes or no; sends `name=on` when ticked.
#[component]
pub fn Checkbox(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional)] checked: bool,
    #[prop(optional_no_strip, into)] error: Option<String>,
) -> impl IntoView {
    let id = field_id(&name);
    let error_id = format!("{id}-error");
    view! {
        <div class="field field-check">
            <input
                type="checkbox"
                id=id.clone()
                name=name
                checked=checked
                aria-describedby=error.as_ref().map(|_| error_id.clone())
                aria-invalid=error.as_ref().map(|_| "true")
            />
            <label for=id>{label}</label>
            {error.map(|message| view! { <FieldError id=error_id message /> })}
        </div>
    }
    .into_any()
}
