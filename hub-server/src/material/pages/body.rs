//! The part of a material's page that differs by kind. Staff see the same, without anything to send.

use super::{
    checklist::Checklist,
    form::Form,
    reading::{HandingTask, LinkCard, Task},
    reflection::Reflection,
    rubric::Rubric,
};
use crate::{
    material::{Material, Settings},
    t,
    ui::time::Now,
    web::Words,
};
use helper_ui::ui::DefinitionList;
use leptos::prelude::*;

/// The body of a material.
#[component]
pub fn Body(material: Material, form: Form, #[prop(into)] csrf: String, now: Now, words: Words) -> impl IntoView {
    let action = format!("/student/materials/{}", material.id);
    match material.settings {
        Settings::Link { url } => view! { <LinkCard url lesson=material.lesson words /> }.into_any(),
        Settings::Text { html, .. } => view! { <Task html /> }.into_any(),
        Settings::Checklist { html, items, .. } => view! {
            <Task html />
            <Checklist items form action csrf now words />
        }
        .into_any(),
        Settings::Reflection { html, .. } => view! {
            <Task html />
            <Reflection form action csrf now words />
        }
        .into_any(),
        Settings::Rubric { html, criteria, .. } => view! {
            <Task html />
            <Rubric criteria form action csrf now words />
        }
        .into_any(),
        Settings::Upload(handing) | Settings::Gallery(handing) => {
            let accepted = if handing.accepted.is_empty() {
                t!(words, "material-any-file").to_owned()
            } else {
                handing.accepted.join(", ")
            };
            let mut items = vec![
                (t!(words, "material-accepted").to_owned(), accepted),
                (t!(words, "material-largest").to_owned(), format!("{} MB", handing.max_bytes / 1_000_000)),
            ];
            items.extend(handing.naming.map(|naming| (t!(words, "material-naming").to_owned(), naming)));
            view! {
                <HandingTask html=handing.html words />
                <DefinitionList items />
            }
            .into_any()
        }
    }
}
