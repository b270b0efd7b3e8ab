//! The box a question is typed in. What is typed survives a reload until the helper has accepted it.

use super::{dom, island::ChatSetup};
use leptos::prelude::window;
use shared_types::turn::MAX_QUESTION_CHARS;
use std::cell::RefCell;
use uuid::Builder;
use web_sys::{Element, HtmlFormElement, HtmlTextAreaElement, KeyboardEvent, Storage, SubmitEvent};

/// From here on the length of a question is said.
const COUNT_FROM: usize = MAX_QUESTION_CHARS - 500;

/// Form, box and draft.
pub struct Composer {
    form: HtmlFormElement,
    question: HtmlTextAreaElement,
    draft_name: String,
    /// A question whose acceptance is not certain, and the key it was sent with.
    pending: RefCell<Option<(String, String)>>,
    /// Says how long a question is once it may become too long.
    count: Element,
}

impl Composer {
    fn new(form: HtmlFormElement, question: HtmlTextAreaElement, count: Element, setup: &ChatSetup) -> Self {
        let lesson = setup.lesson.as_deref().unwrap_or("class");
        let draft_name = format!("class-hub.draft.{}.{lesson}", setup.actor);
        let composer = Self { form, question, draft_name, pending: RefCell::default(), count };
        // A browser cuts what is pasted without a word; here it is counted, and the helper says that it is too long.
        let _gone = composer.question.remove_attribute("maxlength");
        if composer.question.value().is_empty() {
            let draft = storage().and_then(|kept| kept.get_item(&composer.draft_name).ok().flatten());
            composer.question.set_value(&draft.unwrap_or_default());
        }
        say_length(&composer.count, &composer.question.value());
        composer
    }

    /// Calls `ask` when the form is sent, by its button or by Enter, and keeps the draft while typing.
    pub fn on_submit(&self, ask: impl Fn() + 'static) {
        dom::listen(&self.form, "submit", move |event: SubmitEvent| {
            event.prevent_default();
            ask();
        });
        let form = self.form.clone();
        dom::listen(&self.question, "keydown", move |event: KeyboardEvent| {
            let composing = event.is_composing() || event.key_code() == 229;
            if event.key() == "Enter" && !event.shift_key() && !composing {
                event.prevent_default();
                let _sent = form.request_submit();
            }
        });
        let (question, name, count) = (self.question.clone(), self.draft_name.clone(), self.count.clone());
        dom::listen(&self.question, "input", move |_: web_sys::Event| {
            let typed = question.value();
            keep(&name, &typed);
            say_length(&count, &typed);
        });
    }

    /// Takes the question out of the box; none where there is none.
    pub fn take(&self) -> Option<String> {
        let question = self.question.value().trim().to_owned();
        if question.is_empty() {
            return None;
        }
        self.fill("");
        Some(question)
    }

    /// The key to send `question` with: the same again as long as it is not known to be accepted.
    pub fn key_for(&self, question: &str) -> String {
        let mut pending = self.pending.borrow_mut();
        match &*pending {
            Some((same, key)) if same == question => key.clone(),
            _ => {
                let key = random_key();
                *pending = Some((question.to_owned(), key.clone()));
                key
            }
        }
    }

    /// Takes the question out of the box that could not be sent, if it still stands there as it was.
    pub fn take_pending(&self) -> Option<String> {
        let pending = self.pending.borrow().as_ref().map(|(question, _)| question.clone());
        pending.filter(|question| self.question.value().trim() == question).and_then(|_| self.take())
    }

    fn fill(&self, text: &str) {
        self.question.set_value(text);
        say_length(&self.count, text);
    }

    /// The helper has the question now.
    pub fn accepted(&self) {
        self.pending.take();
        keep(&self.draft_name, &self.question.value());
    }

    /// A question the helper turns out to have; if it still stands in the box, it goes.
    pub fn came_through(&self, question: &str) {
        if self.question.value().trim() == question.trim() {
            self.fill("");
            self.accepted();
        }
    }

    /// Puts a question back, before what was typed meanwhile.
    pub fn put_back(&self, question: &str) {
        let typed = self.question.value();
        let text = if typed.trim().is_empty() { question.to_owned() } else { format!("{question}\n\n{typed}") };
        self.fill(&text);
        keep(&self.draft_name, &text);
        let _focused = self.question.focus();
    }
}

/// Says how long a question is, once that begins to matter.
fn say_length(count: &Element, typed: &str) {
    let length = typed.chars().count();
    let said = if length < COUNT_FROM { String::new() } else { format!("{length} / {MAX_QUESTION_CHARS}") };
    count.set_text_content(Some(&said));
}

/// A UUID of the browser's own randomness. (`crypto.randomUUID` is missing on plain HTTP.)
fn random_key() -> String {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        let _filled = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    Builder::from_random_bytes(bytes).into_uuid().to_string()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn keep(name: &str, draft: &str) {
    let Some(storage) = storage() else { return };
    // A full or forbidden store only costs the draft.
    let _kept = if draft.is_empty() { storage.remove_item(name) } else { storage.set_item(name, draft) };
}

/// The composer of the chat under `root`.
pub fn within(root: &Element, setup: &ChatSetup) -> Option<Composer> {
    let form = dom::find(root, "form")?;
    let question = dom::find(root, "textarea")?;
    let count = dom::find(root, ".chat-count")?;
    Some(Composer::new(form, question, count, setup))
}
