//! The part that lives in the browser: it takes over the sending of the form that `ui::UploadProgress` stands in.

use super::{Unwanted, Wanted};
use crate::dom::{find, listen, set};
use leptos::prelude::{document, window};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DragEvent, Element, Event, EventTarget, File, FormData, HtmlFormElement, HtmlInputElement, HtmlProgressElement,
    ProgressEvent, SubmitEvent, XmlHttpRequest,
};

/// The form and the parts that show how far it is.
struct Upload {
    form: HtmlFormElement,
    file: HtmlInputElement,
    root: Element,
    sending: Element,
    bar: HtmlProgressElement,
    /// How far it is, in words for the eye; `state` is what is read out.
    share: Element,
    state: Element,
    /// To where a session is begun again.
    back: Element,
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
    let this = upload.clone();
    listen(&window(), "beforeunload", move |event: Event| {
        if this.request.borrow().is_some() {
            event.prevent_default();
        }
    });
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
            share: find(&root, ".upload-share")?,
            state: find(&root, ".upload-state")?,
            back: find(&root, ".upload-back")?,
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
            let Some(files) = files.filter(|files| files.length() > 0) else { return };
            if this.request.borrow().is_some() {
                return;
            }
            if files.length() > 1 {
                this.say(&this.words("data-one-only"), true);
            } else {
                this.file.set_files(Some(&files));
                this.show_chosen();
            }
            this.unfold();
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

    /// Names the file that was chosen, or says why it is not taken.
    fn show_chosen(&self) {
        let Some(file) = self.file.files().and_then(|files| files.get(0)) else { return self.say("", false) };
        if let Some(why) = self.refuses(&file) {
            self.file.set_value("");
            self.say(&why, true);
        } else {
            self.say(&(self.words("data-chosen") + " " + &file.name()), false);
        }
    }

    fn refuses(&self, file: &File) -> Option<String> {
        let (takes, knows) = (self.words("data-takes"), self.words("data-knows"));
        let max_bytes = self.words("data-max-bytes").parse().ok()?;
        let wanted = Wanted { takes: &takes, knows: &knows, max_bytes };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is larger is too large as it is"
        )]
        let bytes = file.size() as u32;
        wanted.refuses(&file.name(), bytes).map(|why| {
            self.words(match why {
                Unwanted::TooLarge => "data-too-large",
                Unwanted::NotAccepted => "data-not-accepted",
                Unwanted::Unknown => "data-unknown",
            })
        })
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
        if self.ask_first().is_err() {
            // What this browser cannot do by script it can do by itself.
            let _sent = self.form.submit();
        }
    }

    /// Loads the page anew: a session that has ended is told before the file is under way, and where it was begun again
    /// in another tab, the form goes with that one's token.
    fn ask_first(self: &Rc<Self>) -> Result<(), JsValue> {
        let request = self.request("GET", &window().location().href()?)?;
        let (this, answered) = (self.clone(), request.clone());
        listen(&request, "load", move |_: Event| {
            if answered.status() == Ok(200) {
                this.renew_token(&answered);
                if this.post().is_err() {
                    this.stop(&this.words("data-cut-off"));
                }
            } else {
                this.answered(&answered);
            }
        });
        request.send()?;
        self.request.replace(Some(request));
        let _shown = self.back.toggle_attribute_with_force("hidden", true);
        self.show_sending(true);
        self.tell("data-sending");
        Ok(())
    }

    fn renew_token(&self, page: &XmlHttpRequest) {
        let html = page.response_text().ok().flatten().unwrap_or_default();
        let token = html.split_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        let field = find::<HtmlInputElement>(&self.form, "input[name=csrf]");
        if let (Some((token, _)), Some(field)) = (token, field) {
            field.set_value(token);
        }
    }

    fn post(self: &Rc<Self>) -> Result<(), JsValue> {
        let request = self.request("POST", &self.form.action())?;
        let this = self.clone();
        let sending: EventTarget = request.upload()?.unchecked_into();
        listen(&sending, "progress", move |event: ProgressEvent| this.progress(&event));
        let (this, answered) = (self.clone(), request.clone());
        listen(&request, "load", move |_: Event| this.answered(&answered));
        request.send_with_opt_form_data(Some(&FormData::new_with_form(&self.form)?))?;
        self.request.replace(Some(request));
        Ok(())
    }

    /// A request that is not sent yet, answered for scripts.
    fn request(self: &Rc<Self>, method: &str, address: &str) -> Result<XmlHttpRequest, JsValue> {
        let request = XmlHttpRequest::new()?;
        request.open(method, address)?;
        request.set_request_header("Accept", "application/json")?;
        let this = self.clone();
        listen(&request, "error", move |_: Event| this.stop(&this.words("data-cut-off")));
        Ok(request)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a hundred at most")]
    fn progress(&self, event: &ProgressEvent) {
        let percent = event.loaded() / event.total().max(1.0) * 100.0;
        self.bar.set_value(percent);
        if percent >= 100.0 {
            self.tell("data-checking");
        } else {
            let percent = (percent as u32).to_string();
            self.share.set_text_content(Some(&(self.words("data-sending") + " " + &percent + "\u{a0}%")));
        }
    }

    /// Says what happens now, beside the bar and for who listens.
    fn tell(&self, which: &str) {
        let words = self.words(which);
        self.share.set_text_content(Some(&words));
        self.say(&words, false);
    }

    /// Goes where the answer leads, or shows what it says; a session that has ended is begun again in another tab.
    fn answered(&self, request: &XmlHttpRequest) {
        let text = request.response_text().ok().flatten().unwrap_or_default();
        let answer = js_sys::JSON::parse(&text).unwrap_or(JsValue::NULL);
        let said = |name: &str| js_sys::Reflect::get(&answer, &name.into()).ok().and_then(|said| said.as_string());
        if let Some(place) = said("location") {
            self.request.take();
            let _gone = window().location().assign(&place);
            return;
        }
        let _shown = self.back.toggle_attribute_with_force("hidden", request.status() != Ok(401));
        self.stop(&said("message").unwrap_or_else(|| self.words("data-cut-off")));
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
