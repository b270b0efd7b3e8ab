//! A form as it was typed, with what was wrong about it, so that nobody types twice.

use crate::web::words::Words;

/// A form without fields: only a button.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
pub struct Nothing {}

/// What was typed and which fields were refused. A first showing has an empty `typed` and no error.
#[derive(Clone, Debug, Default)]
pub struct FormState<F> {
    pub typed: F,
    pub(crate) errors: Vec<FieldError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FieldError {
    pub(crate) field: &'static str,
    /// Key of the words that say what is wrong and what to do.
    pub(crate) why: &'static str,
}

impl<F> FormState<F> {
    /// What was typed, nothing wrong so far.
    pub fn new(typed: F) -> Self {
        Self { typed, errors: Vec::new() }
    }

    /// Notes that `field` was refused; `why` is the key of the words that say so.
    #[must_use]
    pub fn refuse(mut self, field: &'static str, why: &'static str) -> Self {
        self.errors.push(FieldError { field, why });
        self
    }

    /// Whether any field was refused.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What is wrong with `field`, in words.
    pub fn error(&self, field: &str, words: Words) -> Option<String> {
        let error = self.errors.iter().find(|error| error.field == field)?;
        Some(words.get(error.why).to_owned())
    }
}
