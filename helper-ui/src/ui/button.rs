//! Buttons that submit a form, and links that look like them because they are the page's next action.

use leptos::prelude::*;

/// How much a button asks to be pressed. A page has one primary button at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    #[default]
    Primary,
    Secondary,
    /// Looks like a link; for the third choice and in rows.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Weight {
    /// Its classes in the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// Submits the form it stands in, with `name=value` where both are given.
#[component]
pub fn Button(
    #[prop(optional)] weight: Weight,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// Another address than the form's.
    #[prop(optional, into)]
    formaction: Option<String>,
    /// Sends files, whatever the form does otherwise.
    #[prop(optional)]
    multipart: bool,
    /// Sends the form with fields left empty too.
    #[prop(optional)]
    unchecked: bool,
    children: Children,
) -> impl IntoView {
    let unchecked = unchecked || multipart;
    view! {
        <button
            type="submit"
            class=weight.class()
            name=name
            value=value
            formaction=formaction
            formenctype=multipart.then_some("multipart/form-data")
            formnovalidate=unchecked
        >
            {children()}
        </button>
    }
    .into_any()
}

/// A link that is the next action.
#[component]
pub fn ButtonLink(#[prop(into)] href: String, #[prop(optional)] weight: Weight, children: Children) -> impl IntoView {
    view! {
        <a class=weight.class() href=href>
            {children()}
        </a>
    }
    .into_any()
}

/// A row of buttons that wraps.
#[component]
pub fn Actions(children: Children) -> impl IntoView {
    view! { <div class="actions">{children()}</div> }.into_any()
}
