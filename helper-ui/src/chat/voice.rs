//! The browser's own voice, reached by name: what speaks is on this device.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
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
    let Some(what) = get(&window(), "SpeechSynthesisUtterance").dyn_ref::<js_sys::Function>().cloned() else { return };
    let Ok(said) = js_sys::Reflect::construct(&what, &js_sys::Array::of1(&text.unwrap_or_default().into())) else {
        return;
    };
    let lang = document().document_element().and_then(|page| page.get_attribute("lang")).unwrap_or_default();
    let _set = js_sys::Reflect::set(&said, &"lang".into(), &lang.into());
    call(&voice, "speak", Some(&said));
}

fn get(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &name.into()).unwrap_or_default()
}

fn call(on: &JsValue, name: &str, with: Option<&JsValue>) {
    if let Some(method) = get(on, name).dyn_ref::<js_sys::Function>() {
        // A voice that fails is a voice that is silent.
        let _spoken = match with {
            Some(with) => method.call1(on, with),
            None => method.call0(on),
        };
    }
}
