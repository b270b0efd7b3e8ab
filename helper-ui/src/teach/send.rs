//! Sending to the server what a page's form holds.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// How long an answer may take.
const TIMEOUT_MS: u32 = 20_000;

/// Posts a body: a form's fields, or the same as text.
pub(super) async fn post(address: &str, body: &JsValue) -> Result<Response, JsValue> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(body);
    fetched(address, &request).await
}

/// The same, asking for an answer that is no page.
pub(super) async fn post_for_json(address: &str, body: &JsValue) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", "application/json")?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(body);
    request.set_headers(&headers);
    request.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    fetched(address, &request).await
}

/// The same while the page goes; nobody hears the answer. Browsers send no more than 64 kB so.
pub(super) fn post_on_leaving(address: &str, body: &JsValue) {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(body);
    let _kept = js_sys::Reflect::set(&request, &"keepalive".into(), &JsValue::TRUE);
    let _sent = window().fetch_with_str_and_init(address, &request);
}

/// A page of this site.
pub(super) async fn get(address: &str) -> Result<Response, JsValue> {
    fetched(address, &RequestInit::new()).await
}

async fn fetched(address: &str, request: &RequestInit) -> Result<Response, JsValue> {
    JsFuture::from(window().fetch_with_str_and_init(address, request)).await?.dyn_into()
}

/// An answer's body.
pub(super) async fn text(response: &Response) -> Result<String, JsValue> {
    Ok(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default())
}
