//! What a key means. Letters and digits mean nothing while somebody types, and nothing where they were turned off; Ctrl
//! with Enter saves everywhere.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

/// Something a key does.
#[derive(Clone, Copy)]
pub(super) enum Key {
    /// To another sheet, by the name of its link.
    Way(&'static str),
    /// The level of this number, 0 the lowest.
    Level(u32),
    Comment,
    SaveAndNext,
    /// The list of keys.
    Sheet,
}

/// What the key means here and now.
pub(super) fn meant(event: &KeyboardEvent, on: bool) -> Option<Key> {
    let key = event.key();
    if key == "Enter" && (event.ctrl_key() || event.meta_key()) {
        return Some(Key::SaveAndNext);
    }
    if !on || event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() || is_typing(event) {
        return None;
    }
    match key.as_str() {
        "J" | "j" if event.shift_key() => Some(Key::Way("ungraded")),
        "j" | "J" | "n" | "N" => Some(Key::Way("next")),
        "k" | "K" | "p" | "P" => Some(Key::Way("previous")),
        "c" | "C" => Some(Key::Comment),
        "?" => Some(Key::Sheet),
        digit => digit.parse().ok().filter(|digit| (1..=9).contains(digit)).map(|digit: u32| Key::Level(digit - 1)),
    }
}

/// The key goes into a field.
fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "radio" | "checkbox" | "button" | "submit"),
        // What plays has keys of its own.
        None => target.closest("textarea, select, video, audio, [contenteditable]").ok().flatten().is_some(),
    }
}
