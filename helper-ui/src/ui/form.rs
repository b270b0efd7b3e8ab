//! Forms that change something, and the summary of what is wrong with one.

use super::{Icon, IconName, field::field_id};
use leptos::prelude::*;

/// The name of the hidden field that carries the CSRF token.
pub const CSRF_FIELD: &str = "csrf";

/// A form that posts. `children` are its fields and buttons.
#[component]
pub fn PostForm(
    #[prop(into)] action: String,
    #[prop(into)] csrf: String,
    /// Takes files.
    #[prop(optional)]
    multipart: bool,
    /// Lies in one line, for a single button in a row.
    #[prop(optional)]
    inline: bool,
    /// For buttons of it that stand elsewhere.
    #[prop(optional, into)]
    id: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            id=id
            method="post"
            action=action
            class=if inline { "form form-inline" } else { "form" }
            enctype=multipart.then_some("multipart/form-data")
        >
            <input type="hidden" name=CSRF_FIELD value=csrf />
            {children()}
        </form>
    }
    .into_any()
}

/// A form that only asks: its fields end up in the address.
#[component]
pub fn GetForm(
    #[prop(into)] action: String,
    /// On one line with its button.
    #[prop(optional)]
    inline: bool,
    children: Children,
) -> impl IntoView {
    let class = if inline { "form form-inline" } else { "form" };
    view! {
        <form method="get" action=action class=class role="search">
            {children()}
        </form>
    }
    .into_any()
}

/// A value the form carries without showing it.
#[component]
pub fn HiddenField(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

/// One thing wrong with a form: the field's name and the sentence that stands beside it. An empty name
/// speaks of the form as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: String,
    pub message: String,
}

/// What is wrong with the form, on top of it; each line leads to its field. Nothing where nothing is wrong.
#[component]
pub fn ErrorSummary(#[prop(into)] title: String, problems: Vec<FieldProblem>) -> impl IntoView {
    if problems.is_empty() {
        return ().into_any();
    }
    let lines = problems
        .into_iter()
        .map(|problem| {
            if problem.field.is_empty() {
                view! { <li>{problem.message}</li> }.into_any()
            } else {
                let href = format!("#{}", field_id(&problem.field));
                view! {
                    <li>
                        <a href=href>{problem.message}</a>
                    </li>
                }
                .into_any()
            }
        })
        .collect_view();
    view! {
        <div
            class="error-summary"
            id="error-summary"
            role="alert"
            tabindex="-1"
            aria-labelledby="error-summary-title"
            autofocus=true
        >
            <h2 id="error-summary-title">
                <Icon name=IconName::Problem />
                {title}
            </h2>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_leads_to_its_field() {
        let problems = vec![FieldProblem { field: "name".into(), message: "Type a name".into() }];
        let html = view! { <ErrorSummary title="One thing to fix" problems /> }.to_html();
        assert!(html.contains(r##"<a href="#field-name">Type a name"##), "{html}");
    }

    #[test]
    fn a_form_without_errors_has_no_summary() {
        assert!(!view! { <ErrorSummary title="x" problems=vec![] /> }.to_html().contains("<div"));
    }
}
