//! Everything people see. On the servers (feature `ssr`): the page frame and the pieces pages are made of.
//! In the browser (feature `hydrate`): what brings parts of those pages to life, in three modules (`chat`, `work`, `teach`).

pub mod chat;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "hydrate")]
pub mod dom;
pub mod draft;
#[cfg(feature = "teach")]
mod teach;
#[cfg(feature = "ssr")]
pub mod ui;
pub mod upload;

/// Readies what a page has of this module; the page's script then calls each island's own function.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    #[cfg(feature = "chat")]
    leptos::mount::hydrate_islands();
    #[cfg(feature = "work")]
    draft::keeper::start();
    #[cfg(feature = "work")]
    upload::sending::start();
    #[cfg(feature = "teach")]
    teach::start();
}
