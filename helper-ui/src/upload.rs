//! Sending a file with its progress in view, and dropping one on the page. The form around it works without: this only
//! takes over its sending (`ui::UploadProgress` is what it finds there).

use crate::chat::dom::{find, listen, set};
use leptos::prelude::{document, window};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DragEvent, Element, Event, EventTarget, FormData, HtmlFormElement, HtmlInputElement, HtmlProgressElement,
    ProgressEvent, SubmitEvent, XmlHttpRequest,
};

/// The form and the parts that show how far it is.
struct Upload {
    form: HtmlFormElement,
    file: HtmlInputElement,
    root: Element,
    sending: Element,
    bar: HtmlProgressElement,
    state: Element,
    /// The sending under way.
    request: RefCell<Option<XmlHttpRequest>>,
}

/// Finds the page's file field and takes over the sending of its form.
pub(crate) fn start() {
    let page: Element = document().document_element().expect("a page has a root");
    let Some(upload) = find(&page, ".upload").and_then(Upload::around) else { return };
    let upload = Rc::new(upload);
    upload.hear_drops();
    let this = upload.clone();
    listen(&upload.file, "change", move |_: Event| this.show_chosen());
    let this = upload.clone();
    listen(&upload.form, "submit", move |event: SubmitEvent| {
        event.prevent_default();
        this.send();
    });
    if let Some(cancel) = find::<Element>(&upload.sending, "button") {
        let this = upload.clone();
        listen(&cancel, "click", move |_: Event| this.stop(""));
    }
    upload.show_chosen();
    set(&upload.root, "data-hydrated", "true");
}

impl Upload {
    fn around(root: Element) -> Option<Self> {
        let form: HtmlFormElement = root.closest("form").ok().flatten()?.unchecked_into();
        Some(Self {
            file: find(&form, "input[type=file]")?,
            sending: find(&root, ".upload-sending")?,
            bar: find(&root, "progress")?,
            state: find(&root, ".upload-state")?,
            root,
            form,
            request: RefCell::default(),
        })
    }

    /// A file may be dropped anywhere on the page: elsewhere the browser would leave the page for it.
    fn hear_drops(self: &Rc<Self>) {
        let this = self.clone();
        listen(&document(), "dragover", move |event: DragEvent| {
            event.prevent_default();
            this.mark_drop(true);
        });
        let this = self.clone();
        listen(&document(), "dragleave", move |_: DragEvent| this.mark_drop(false));
        let this = self.clone();
        listen(&document(), "drop", move |event: DragEvent| {
            event.prevent_default();
            this.mark_drop(false);
            let files = event.data_transfer().and_then(|dropped| dropped.files());
            if let Some(files) = files.filter(|files| files.length() > 0) {
                this.file.set_files(Some(&files));
                this.show_chosen();
                this.unfold();
            }
        });
    }

    /// After a first version the form is folded; what was dropped has to be seen.
    fn unfold(&self) {
        if let Ok(Some(folded)) = self.form.closest("details") {
            set(&folded, "open", "");
        }
    }

    fn mark_drop(&self, over: bool) {
        let _marked = self.root.class_list().toggle_with_force("upload-over", over);
    }

    fn show_chosen(&self) {
        let name = self.file.files().and_then(|files| files.get(0)).map(|file| file.name());
        let chosen = name.map(|name| self.words("data-chosen") + " " + &name);
        self.say(&chosen.unwrap_or_default(), false);
    }

    /// What the page says for this.
    fn words(&self, which: &str) -> String {
        self.root.get_attribute(which).unwrap_or_default()
    }

    fn say(&self, text: &str, wrong: bool) {
        self.state.set_text_content(Some(text));
        let _marked = self.state.class_list().toggle_with_force("upload-wrong", wrong);
    }

    fn show_sending(&self, on: bool) {
        let _shown = self.sending.toggle_attribute_with_force("hidden", !on);
    }

    fn send(self: &Rc<Self>) {
        if self.request.borrow().is_some() {
            return;
        }
        if self.begin().is_err() {
            // What this browser cannot do by script it can do by itself.
            let _sent = self.form.submit();
        }
    }

    fn begin(self: &Rc<Self>) -> Result<(), JsValue> {
        let request = XmlHttpRequest::new()?;
        request.open("POST", &self.form.action())?;
        request.set_request_header("Accept", "application/json")?;
        let this = self.clone();
        let sending: EventTarget = request.upload()?.unchecked_into();
        listen(&sending, "progress", move |event: ProgressEvent| this.progress(&event));
        let (this, answered) = (self.clone(), request.clone());
        listen(&request, "load", move |_: Event| this.answered(&answered));
        let this = self.clone();
        listen(&request, "error", move |_: Event| this.stop(&this.words("data-cut-off")));
        request.send_with_opt_form_data(Some(&FormData::new_with_form(&self.form)?))?;
        self.request.replace(Some(request));
        self.show_sending(true);
        self.say(&self.words("data-sending"), false);
        Ok(())
    }

    fn progress(&self, event: &ProgressEvent) {
        let (loaded, total) = (event.loaded(), event.total().max(1.0));
        self.bar.set_value(loaded / total * 100.0);
        if loaded >= total {
            self.say(&self.words("data-checking"), false);
        }
    }

    /// Goes where the answer leads, or shows what it says.
    fn answered(&self, request: &XmlHttpRequest) {
        let text = request.response_text().ok().flatten().unwrap_or_default();
        let answer = js_sys::JSON::parse(&text).unwrap_or(JsValue::NULL);
        let said = |name: &str| js_sys::Reflect::get(&answer, &name.into()).ok().and_then(|said| said.as_string());
        let elsewhere = || Some(request.response_url()).filter(|url| !url.is_empty() && *url != self.form.action());
        if let Some(place) = said("location").or_else(elsewhere) {
            let _gone = window().location().assign(&place);
        } else {
            self.stop(&said("message").unwrap_or_else(|| self.words("data-cut-off")));
        }
    }

    /// Ends the sending under way and says why.
    fn stop(&self, why: &str) {
        if let Some(request) = self.request.take() {
            let _stopped = request.abort();
        }
        self.show_sending(false);
        self.bar.set_value(0.0);
        self.say(why, !why.is_empty());
    }
}
