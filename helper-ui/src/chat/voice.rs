//! The browser's own voice, reached by name: what speaks is on this device.

use super::dom::{call, construct, get};
use leptos::prelude::{document, window};
use web_sys::Element;

/// Whether this browser can speak.
pub fn is_there() -> bool {
    get(&window(), "speechSynthesis").is_object()
}

/// Reads the answer a button belongs to in the page's language; stops if something is being read.
pub fn read_or_stop(button: &Element) {
    let voice = get(&window(), "speechSynthesis");
    if get(&voice, "speaking").is_truthy() {
        call(&voice, "cancel", None);
        return;
    }
    let answer = button.closest(".turn-answer").ok().flatten();
    let text = answer.and_then(|answer| answer.query_selector(".chat-answer").ok().flatten()?.text_content());
    let Some(said) = construct("SpeechSynthesisUtterance", &text.unwrap_or_default()) else { return };
    let lang = document().document_element().and_then(|page| page.get_attribute("lang")).unwrap_or_default();
    let _set = js_sys::Reflect::set(&said, &"lang".into(), &lang.into());
    call(&voice, "speak", Some(&said));
}
