//! The sheets that will be asked for next, fetched before.

use crate::{
    dom::sleep,
    teach::send::{get, text},
};
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DomParser, SupportedType};

/// How long a sheet is as good as new, in milliseconds: somebody else may grade it meanwhile. Saving over that is refused
/// by its version anyway.
const FRESH_MS: f64 = 60_000.0;
/// First the sheet itself, then those behind it.
const PAUSE_MS: u32 = 150;

/// Addresses, and what is there.
#[derive(Default)]
pub(super) struct Ahead(Rc<RefCell<HashMap<String, Fetched>>>);

struct Fetched {
    html: String,
    at: f64,
}

/// What is put in the place of a sheet.
pub(super) struct Page {
    pub(super) html: String,
    pub(super) title: String,
}

impl Ahead {
    /// Fetches these, unless they are there.
    pub(super) fn fetch(&self, addresses: Vec<String>) {
        let pages = self.0.clone();
        spawn_local(async move {
            sleep(PAUSE_MS).await;
            pages.borrow_mut().retain(|address, page| addresses.contains(address) && is_fresh(page));
            for address in addresses {
                if !pages.borrow().contains_key(&address)
                    && let Some(html) = page(&address).await
                {
                    pages.borrow_mut().insert(address, Fetched { html, at: js_sys::Date::now() });
                }
            }
        });
    }

    /// A sheet, fetched now where it was not before; and whether it was.
    pub(super) async fn take(&self, address: &str) -> Option<(String, bool)> {
        let known = self.0.borrow_mut().remove(address).filter(is_fresh);
        match known {
            Some(page) => Some((page.html, true)),
            None => page(address).await.map(|html| (html, false)),
        }
    }
}

fn is_fresh(page: &Fetched) -> bool {
    js_sys::Date::now() - page.at < FRESH_MS
}

async fn page(address: &str) -> Option<String> {
    let response = get(address).await.ok()?;
    // Elsewhere is the sign-in.
    if !response.ok() || response.redirected() {
        return None;
    }
    text(&response).await.ok()
}

/// The content of a page, and its title.
pub(super) fn main_of(html: &str) -> Option<Page> {
    let page = DomParser::new().ok()?.parse_from_string(html, SupportedType::TextHtml).ok()?;
    let main = page.query_selector("main").ok().flatten()?;
    page.query_selector("[data-grading]").ok().flatten()?;
    Some(Page { html: main.inner_html(), title: page.title() })
}
