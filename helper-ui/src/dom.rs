//! The few things done to the page by hand, and time as the browser counts it.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, EventTarget, HtmlElement};

/// A new element with a class.
pub fn element(tag: &str, class: &str) -> HtmlElement {
    let element: HtmlElement = document().create_element(tag).expect("the tags are ours").unchecked_into();
    element.set_class_name(class);
    element
}

/// A new element with a class and words in it.
pub fn worded(tag: &str, class: &str, words: &str) -> HtmlElement {
    let element = element(tag, class);
    element.set_text_content(Some(words));
    element
}

/// A button that says what it does in `data-act`; one listener on the chat hears them all.
pub fn act_button(act: &str, class: &str, words: &str) -> HtmlElement {
    let button = worded("button", class, words);
    set(&button, "type", "button");
    set(&button, "data-act", act);
    button
}

pub fn set(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).expect("the names are ours");
}

pub fn append(parent: &Element, child: &Element) {
    parent.append_child(child).expect("a new element has no children of its own to be put into");
}

/// The first element under `root` that matches.
pub fn find<E: JsCast>(root: &Element, selector: &str) -> Option<E> {
    root.query_selector(selector).ok().flatten().map(JsCast::unchecked_into)
}

/// All elements under `root` that match.
pub fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|number| found.item(number)).map(JsCast::unchecked_into).collect()
}

/// Listens for as long as the page lives.
pub fn listen<E: JsCast>(target: &EventTarget, event: &str, mut hear: impl FnMut(E) + 'static) {
    let hear = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| hear(event.unchecked_into()));
    target.add_event_listener_with_callback(event, hear.as_ref().unchecked_ref()).expect("listening cannot fail");
    hear.forget();
}

/// Waits.
pub async fn sleep(ms: u32) {
    let waited = js_sys::Promise::new(&mut |resolve, _| {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        let _timer = leptos::prelude::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _done = JsFuture::from(waited).await;
}

/// Seconds since 1970 by this device's clock.
#[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit an i64")]
pub fn now_s() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

/// A new object of a kind that not every browser has.
pub fn construct(kind: &str, with: &str) -> Option<JsValue> {
    let kind = get(&leptos::prelude::window(), kind).dyn_into::<js_sys::Function>().ok()?;
    js_sys::Reflect::construct(&kind, &js_sys::Array::of1(&with.into())).ok()
}

/// What is there by that name; undefined where nothing is.
pub fn get(of: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Calls what is there by that name, if anything is.
pub fn call(on: &JsValue, name: &str, with: Option<&JsValue>) {
    if let Some(method) = get(on, name).dyn_ref::<js_sys::Function>() {
        // What fails is as good as what is not there.
        let _done = match with {
            Some(with) => method.call1(on, with),
            None => method.call0(on),
        };
    }
}
