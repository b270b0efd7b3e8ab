//! Writing a lesson, brought to life: the preview follows the typing, what is typed is saved meanwhile, and pictures
//! dropped on the text are uploaded and linked. Without it the form's own buttons do all of that.

use super::send::{post, text};
use crate::chat::dom::{find, listen, set, sleep};
use js_sys::Reflect;
use leptos::{prelude::document, task::spawn_local};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DragEvent, Element, Event, File, FormData, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, UrlSearchParams,
};

/// How long typing pauses before it is saved.
const PAUSE_MS: u32 = 900;
/// How long to wait before trying again what did not get through.
const AGAIN_MS: u32 = 5_000;

struct Desk {
    root: Element,
    form: HtmlFormElement,
    body: HtmlTextAreaElement,
    preview: Element,
    /// Says what did not work.
    state: Element,
    /// Counts what was typed; a saving that is overtaken is not shown.
    typed: Cell<u32>,
    saving: Cell<bool>,
}

/// Enhances the form under `data-editor`, if the page has one.
pub(crate) fn start() {
    let Some(desk) = Desk::of_page() else { return };
    let desk = Rc::new(desk);
    let typing = desk.clone();
    listen(&desk.form, "input", move |event: Event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        // The fields of a picture are no part of the lesson.
        if field.is_none_or(|field| !matches!(field.name().as_str(), "picture" | "alt")) {
            typing.clone().typed();
        }
    });
    listen(&desk.body, "dragover", |event: DragEvent| event.prevent_default());
    let dropping = desk.clone();
    listen(&desk.body, "drop", move |event: DragEvent| dropping.clone().dropped(&event));
    set(&desk.root, "data-hydrated", "true");
}

impl Desk {
    fn of_page() -> Option<Self> {
        let page: Element = document().document_element()?;
        let root: Element = find(&page, "[data-editor]")?;
        Some(Self {
            form: find(&root, "form")?,
            body: find(&root, "textarea[name=body]")?,
            preview: find(&page, "[data-preview]")?,
            state: find(&root, ".editor-state")?,
            root,
            typed: Cell::new(0),
            saving: Cell::new(false),
        })
    }

    /// Saves once the typing pauses, and goes on trying while it does not get through.
    fn typed(self: Rc<Self>) {
        let now = self.typed.get() + 1;
        self.typed.set(now);
        spawn_local(async move {
            sleep(PAUSE_MS).await;
            while self.typed.get() == now {
                // Savings go one after the other: each names the revision it continues.
                if self.saving.get() {
                    sleep(200).await;
                    continue;
                }
                self.saving.set(true);
                let saved = self.save().await;
                self.saving.set(false);
                if saved.is_ok() {
                    return self.say("");
                }
                self.say(&self.word("data-away"));
                sleep(AGAIN_MS).await;
            }
        });
    }

    /// Sends the form; shows the preview that comes back. An answer that is none of the editor's counts as not saved.
    async fn save(&self) -> Result<(), JsValue> {
        let fields = FormData::new_with_form(&self.form)?;
        fields.delete("picture");
        fields.set_with_str("go", "live")?;
        let body = UrlSearchParams::new_with_str_sequence_sequence(&fields)?;
        let response = post(&self.form.action(), &body).await?;
        let revision = response.headers().get("x-draft-revision")?.ok_or(JsValue::NULL)?;
        if let Some(field) = find::<HtmlInputElement>(&self.form, "[name=revision]") {
            field.set_value(&revision);
        }
        self.preview.set_inner_html(&text(&response).await?);
        Ok(())
    }

    fn dropped(self: Rc<Self>, event: &DragEvent) {
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        let Some(files) = files.filter(|files| files.length() > 0) else { return };
        event.prevent_default();
        spawn_local(async move {
            self.say(&self.word("data-sending"));
            let mut said = String::new();
            for file in (0..files.length()).filter_map(|at| files.item(at)) {
                said = self.upload(&file).await.unwrap_or_else(|_| self.word("data-away"));
            }
            self.say(&said);
            self.typed();
        });
    }

    /// Uploads a picture and puts its Markdown where the cursor is; says why it was not taken.
    async fn upload(&self, file: &File) -> Result<String, JsValue> {
        let fields = FormData::new()?;
        let csrf = find::<HtmlInputElement>(&self.form, "[name=csrf]").map(|field| field.value());
        fields.append_with_str("csrf", &csrf.unwrap_or_default())?;
        fields.append_with_str("go", "live")?;
        fields.append_with_blob_and_filename("picture", file, &file.name())?;
        let response = post(&self.root.get_attribute("data-editor").unwrap_or_default(), &fields).await?;
        if response.status() == 422 {
            let told = JsFuture::from(response.json()?).await?;
            return Ok(Reflect::get(&told, &"message".into())?.as_string().unwrap_or_default());
        }
        if response.redirected() || !response.ok() {
            return Err(JsValue::NULL);
        }
        let markdown = text(&response).await?;
        let at = self.body.selection_end()?.unwrap_or_default();
        self.body.set_range_text_with_start_and_end(&markdown, at, at)?;
        Ok(String::new())
    }

    /// What the page wants said in some case.
    fn word(&self, case: &str) -> String {
        self.root.get_attribute(case).unwrap_or_default()
    }

    fn say(&self, text: &str) {
        self.state.set_text_content(Some(text));
    }
}
