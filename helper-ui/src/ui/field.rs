//! Text fields: a label above, a hint below it, the error in words under the field.

use super::{Icon, IconName};
use leptos::prelude::*;

/// The id a field of that name has on its page; error summaries link to it.
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

/// Puts label, hint and error around a control, and says which ids describe it.
pub(super) struct Frame {
    id: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Frame {
    pub(super) fn new(name: &str, label: String, hint: Option<String>, error: Option<String>) -> Self {
        Self { id: field_id(name), label, hint, error }
    }

    pub(super) fn id(&self) -> String {
        self.id.clone()
    }

    /// The control's `aria-describedby`.
    pub(super) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }

    /// The control's `aria-invalid`.
    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    pub(super) fn around(self, control: AnyView) -> AnyView {
        let Self { id, label, hint, error } = self;
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                {hint.map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> })}
                {control}
                {error.map(|message| view! { <FieldError id=format!("{id}-error") message /> })}
            </div>
        }
        .into_any()
    }
}

/// What is wrong with a field, beside it.
#[component]
pub fn FieldError(#[prop(into)] id: String, #[prop(into)] message: String) -> impl IntoView {
    view! {
        <p class="field-error" id=id>
            <Icon name=IconName::Problem />
            {message}
        </p>
    }
    .into_any()
}

/// One line of text.
#[component]
pub fn TextField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// `text`, `email`, `search`, `url`, `number`, `date`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = true)] required: bool,
    #[prop(optional)] maxlength: Option<u32>,
    /// Stands for the name in the field's id, where a page has the same field in several forms.
    #[prop(optional, into)]
    key: Option<String>,
) -> impl IntoView {
    let frame = Frame::new(key.as_ref().unwrap_or(&name), label, hint, error);
    let control = view! {
        <input
            class="input"
            type=kind
            id=frame.id()
            name=name
            value=value
            autocomplete=autocomplete
            required=required
            maxlength=maxlength.map(|n| n.to_string())
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        />
    };
    frame.around(control.into_any())
}

/// A password. What was typed is never sent back.
#[component]
pub fn PasswordField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// `current-password` or `new-password`.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
) -> impl IntoView {
    let frame = Frame::new(&name, label, hint, error);
    let control = view! {
        <input
            class="input"
            type="password"
            id=frame.id()
            name=name
            autocomplete=autocomplete
            required=true
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        />
    };
    frame.around(control.into_any())
}

/// One file from this device. Its form must be `multipart`.
#[component]
pub fn FileField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    /// What the browser's own dialogue offers, as `.png,.jpg`; the server decides by itself.
    #[prop(optional, into)]
    accept: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let frame = Frame::new(&name, label, hint, error);
    let control = view! {
        <input
            class="input input-file"
            type="file"
            id=frame.id()
            name=name
            accept=accept
            required=required
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        />
    };
    frame.around(control.into_any())
}

/// What a code is made of, which decides the keyboard a phone shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// Six digits of an authenticator app.
    OneTime,
    /// Capital letters and digits: class codes, return codes.
    Letters,
}

/// A code that is copied from a card, a board or an authenticator app: large, spaced, no correction.
#[component]
pub fn CodeField(
    #[prop(into)] label: String,
    #[prop(into)] name: String,
    kind: CodeKind,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let frame = Frame::new(&name, label, hint, error);
    let one_time = kind == CodeKind::OneTime;
    let control = view! {
        <input
            class="input input-code"
            type="text"
            id=frame.id()
            name=name
            value=value
            inputmode=if one_time { "numeric" } else { "text" }
            autocomplete=if one_time { "one-time-code" } else { "off" }
            autocapitalize="characters"
            spellcheck="false"
            maxlength="16"
            required=required
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        />
    };
    frame.around(control.into_any())
}
