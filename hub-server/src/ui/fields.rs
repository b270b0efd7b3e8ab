//! Small pieces that only forms of the hub need.

use crate::{
    t,
    web::{FormState, Words, idempotency::IdempotencyKey},
};
use helper_ui::ui::{Actions, Button, ButtonLink, ErrorSummary, FieldProblem, HiddenField, PostForm, Weight};
use leptos::prelude::*;

/// Keeps a form from doing its work twice.
#[component]
pub fn OnceOnly(key: IdempotencyKey) -> impl IntoView {
    view! { <HiddenField name="idempotency_key" value=key.0.to_string() /> }
}

/// What is wrong with the form, above it, each line leading to its field.
#[component]
pub fn Problems(words: Words, problems: Vec<FieldProblem>) -> impl IntoView {
    view! { <ErrorSummary title=t!(words, "form-problems") problems /> }
}

/// Changes one thing, or goes back without: what is wrong with it, its fields, and both ways on.
#[component]
pub fn ChangeForm(
    words: Words,
    #[prop(optional)] problems: Vec<FieldProblem>,
    action: String,
    csrf: String,
    /// Where one came from.
    back: String,
    /// What the button says; "Save" if nothing else.
    #[prop(optional, into)]
    button: Option<String>,
    children: Children,
) -> impl IntoView {
    let button = button.unwrap_or_else(|| t!(words, "form-save").to_owned());
    view! {
        <Problems words problems />
        <PostForm action csrf>
            {children()}
            <Actions>
                <Button>{button}</Button>
                <ButtonLink href=back weight=Weight::Quiet>{t!(words, "form-cancel")}</ButtonLink>
            </Actions>
        </PostForm>
    }
    .into_any()
}

impl<F> FormState<F> {
    /// What is wrong, for [`Problems`].
    pub fn problems(&self, words: Words) -> Vec<FieldProblem> {
        let lines = self.errors.iter();
        lines
            .map(|error| FieldProblem { field: error.field.to_owned(), message: words.get(error.why).to_owned() })
            .collect()
    }
}
