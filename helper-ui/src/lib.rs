//! Everything people see. On the servers (feature `ssr`): the page frame and the pieces pages are made of.
//! In the browser (feature `hydrate`): the islands that bring parts of those pages to life.

pub mod chat;
#[cfg(feature = "ssr")]
pub mod document;
pub mod draft;
#[cfg(feature = "teach")]
mod teach;
#[cfg(feature = "ssr")]
pub mod ui;
pub mod upload;

/// Readies the islands of a page and the forms that keep drafts; the page's script then calls each island's own
/// function.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
    draft::keeper::start();
    upload::sending::start();
    #[cfg(feature = "teach")]
    teach::start();
}
