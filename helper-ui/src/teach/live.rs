//! The live part of a class's page: the server sends it anew when it looks different. Without this it is a page with a
//! link that loads it again.

use crate::dom::{find, listen, set, sleep};
use leptos::prelude::document;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventSource, HtmlElement, MessageEvent};

struct View {
    root: Element,
    now: Element,
    /// What came while somebody was on a link in here.
    held: RefCell<Option<String>>,
}

/// Enhances the part under `data-live`, if the page has one.
pub(crate) fn start() {
    let page: Element = document().document_element().expect("a page has a root");
    let Some(root) = find::<Element>(&page, "[data-live]") else { return };
    let (Some(now), Some(address)) = (find(&root, ".live-now"), root.get_attribute("data-live")) else { return };
    let Ok(source) = EventSource::new(&address) else { return };
    let view = Rc::new(View { root, now, held: RefCell::default() });
    let looking = view.clone();
    listen(&source, "now", move |message: MessageEvent| {
        looking.say("data-on", false);
        looking.show(message.data().as_string().unwrap_or_default());
    });
    let (looking, ended) = (view.clone(), source.clone());
    listen(&source, "gone", move |_: Event| {
        ended.close();
        looking.say("data-off", true);
    });
    let (looking, failing) = (view.clone(), source.clone());
    // The browser comes again by itself, unless it gave up.
    listen(&source, "error", move |_: Event| {
        if failing.ready_state() == EventSource::CLOSED {
            looking.say("data-off", true);
        }
    });
    let looking = view.clone();
    listen(&view.now, "focusout", move |_: Event| {
        let looking = looking.clone();
        spawn_local(async move {
            // By then the keyboard stands where it goes.
            sleep(0).await;
            looking.catch_up();
        });
    });
    set(&view.root, "data-hydrated", "true");
}

impl View {
    /// Puts the new part in place of the old one, unless somebody's keyboard stands in it.
    fn show(&self, html: String) {
        if self.is_used() {
            self.held.replace(Some(html));
        } else {
            // Rendered and escaped by our own server, as the page itself was.
            self.now.set_inner_html(&html);
        }
    }

    /// A keyboard stands on a link in here, which must not be taken away from under it.
    fn is_used(&self) -> bool {
        document().active_element().is_some_and(|active| self.now.contains(Some(&active)))
    }

    fn catch_up(&self) {
        if self.is_used() {
            return;
        }
        if let Some(html) = self.held.take() {
            self.now.set_inner_html(&html);
        }
    }

    fn say(&self, which: &str, may_reload: bool) {
        if let Some(state) = find::<Element>(&self.root, ".live-state") {
            let words = self.root.get_attribute(which).unwrap_or_default();
            if state.text_content().as_ref() != Some(&words) {
                state.set_text_content(Some(&words));
            }
        }
        if let Some(reload) = find::<HtmlElement>(&self.root, ".live-reload") {
            reload.set_hidden(!may_reload);
        }
    }
}
