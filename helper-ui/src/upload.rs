//! Sending a file with its progress in view, and dropping one on the page. The form around it works without: this only
//! takes over its sending.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is said while a file is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadWords {
    pub drop_here: String,
    /// Stands before the name of the file that was chosen.
    pub chosen: String,
    pub sending: String,
    pub checking: String,
    /// It did not arrive.
    pub cut_off: String,
    pub cancel: String,
}

/// Stands in a form with a file field, and has no other setting: it finds both by itself.
#[island]
pub fn UploadProgress(words: UploadWords) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    let (drop_here, sending, cancel) = (words.drop_here.clone(), words.sending.clone(), words.cancel.clone());
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if let Some(root) = root.get_untracked() {
            live::start(&root, &words);
        }
    });
    view! {
        <div class="upload" data-testid="upload" node_ref=root>
            <p class="upload-drop">{drop_here}</p>
            <div class="upload-sending" hidden>
                <progress class="upload-bar" max="100" value="0" aria-label=sending></progress>
                <button type="button" class="button button-quiet">
                    {cancel}
                </button>
            </div>
            <p class="upload-state" role="status"></p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod live {
    use super::UploadWords;
    use crate::chat::dom::{find, listen, set};
    use leptos::prelude::{document, window};
    use std::{cell::RefCell, rc::Rc};
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{
        DragEvent, Element, Event, EventTarget, FormData, HtmlFormElement, HtmlInputElement, ProgressEvent,
        SubmitEvent, XmlHttpRequest,
    };

    /// The form and the parts that show how far it is.
    struct Upload {
        form: HtmlFormElement,
        file: HtmlInputElement,
        root: Element,
        sending: Element,
        bar: Element,
        state: Element,
        words: UploadWords,
        /// The sending under way.
        request: RefCell<Option<XmlHttpRequest>>,
    }

    pub fn start(root: &Element, words: &UploadWords) {
        let Some(upload) = Upload::around(root, words.clone()) else { return };
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
        set(root, "data-hydrated", "true");
    }

    impl Upload {
        fn around(root: &Element, words: UploadWords) -> Option<Self> {
            let form: HtmlFormElement = root.closest("form").ok().flatten()?.unchecked_into();
            Some(Self {
                file: find(&form, "input[type=file]")?,
                sending: find(root, ".upload-sending")?,
                bar: find(root, "progress")?,
                state: find(root, ".upload-state")?,
                root: root.clone(),
                form,
                words,
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
                }
            });
        }

        fn mark_drop(&self, over: bool) {
            let _marked = self.root.class_list().toggle_with_force("upload-over", over);
        }

        fn show_chosen(&self) {
            let name = self.file.files().and_then(|files| files.get(0)).map(|file| file.name());
            self.say(&name.map(|name| format!("{} {name}", self.words.chosen)).unwrap_or_default(), false);
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
            listen(&request, "error", move |_: Event| this.stop(&this.words.cut_off));
            request.send_with_opt_form_data(Some(&FormData::new_with_form(&self.form)?))?;
            self.request.replace(Some(request));
            self.show_sending(true);
            self.say(&self.words.sending, false);
            Ok(())
        }

        fn progress(&self, event: &ProgressEvent) {
            let (loaded, total) = (event.loaded(), event.total().max(1.0));
            set(&self.bar, "value", &format!("{:.0}", loaded / total * 100.0));
            if loaded >= total {
                self.say(&self.words.checking, false);
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
                self.stop(said("message").as_deref().unwrap_or(&self.words.cut_off));
            }
        }

        /// Ends the sending under way and says why.
        fn stop(&self, why: &str) {
            if let Some(request) = self.request.take() {
                let _stopped = request.abort();
            }
            self.show_sending(false);
            set(&self.bar, "value", "0");
            self.say(why, !why.is_empty());
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn before_it_is_alive_it_shows_no_bar() {
        let words = UploadWords {
            drop_here: "Drop".into(),
            chosen: "Chosen:".into(),
            sending: "Sending".into(),
            checking: "Checking".into(),
            cut_off: "Cut off".into(),
            cancel: "Stop".into(),
        };
        let html = Owner::new().with(|| view! { <UploadProgress words /> }.to_html());
        assert!(html.contains(r#"<div hidden class="upload-sending">"#), "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
