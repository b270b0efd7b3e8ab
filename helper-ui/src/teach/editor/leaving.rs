//! The page is left only with what was typed: a button's form is saved before it is sent, and whoever goes otherwise is
//! asked first.

use super::{Desk, Failure};
use crate::{dom::listen, teach::send::post_on_leaving};
use leptos::prelude::window;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlButtonElement, HtmlElement, SubmitEvent};

impl Desk {
    pub(super) fn hear_leaving(self: &Rc<Self>) {
        let this = self.clone();
        listen(&self.form, "submit", move |event: SubmitEvent| this.clone().submitted(&event));
        let this = self.clone();
        listen(&window(), "beforeunload", move |event: Event| {
            if this.would_lose() {
                event.prevent_default();
            }
        });
        let this = self.clone();
        listen(&window(), "pagehide", move |_: Event| {
            if this.would_lose()
                && let Ok(fields) = this.fields()
            {
                post_on_leaving(&this.form.action(), &fields);
            }
        });
    }

    fn would_lose(&self) -> bool {
        self.unsaved.get() && !self.leaving.get()
    }

    /// A button was pressed: what was typed is saved first. Signed out or without a connection the form would be gone and
    /// with it what stands in it.
    fn submitted(self: Rc<Self>, event: &SubmitEvent) {
        if self.leaving.get() {
            return;
        }
        let button = event.submitter();
        if says(button.as_ref()) == "discard" {
            self.overtaken();
            self.leaving.set(true);
            return;
        }
        event.prevent_default();
        if self.pressed.replace(true) {
            return;
        }
        spawn_local(async move {
            self.overtaken();
            let saved = self.save().await;
            self.pressed.set(false);
            match saved {
                Ok(_) => self.send_as_form(button.as_ref()),
                Err(failure) => self.stay(failure),
            }
        });
    }

    fn send_as_form(&self, button: Option<&HtmlElement>) {
        self.leaving.set(true);
        let _sent = match button {
            Some(button) => self.form.request_submit_with_submitter(Some(button)),
            None => self.form.request_submit(),
        };
    }

    /// Says so, and goes on trying to save.
    fn stay(self: Rc<Self>, failure: Failure) {
        self.say_away(failure);
        self.typed();
    }
}

/// What a button says to the server.
fn says(button: Option<&HtmlElement>) -> String {
    button.and_then(|button| button.dyn_ref::<HtmlButtonElement>()).map(HtmlButtonElement::value).unwrap_or_default()
}
