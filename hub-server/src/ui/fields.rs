//! Small pieces that only forms of the hub need.

use crate::{
    t,
    web::{FormState, Words, idempotency::IdempotencyKey},
};
use helper_ui::ui::{ErrorSummary, FieldProblem, HiddenField};
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

impl<F> FormState<F> {
    /// What is wrong, for [`Problems`].
    pub fn problems(&self, words: Words) -> Vec<FieldProblem> {
        let lines = self.errors.iter();
        lines
            .map(|error| FieldProblem { field: error.field.to_owned(), message: words.get(error.why).to_owned() })
            .collect()
    }
}
