//! Writing a lesson, brought to life: the preview follows the typing, what is typed is saved meanwhile, and pictures
//! dropped on the text are uploaded and linked. Without it the form's own buttons do all of that.

use crate::chat::dom::{find, listen, sleep};
use js_sys::{Array, Function, Reflect};
use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DragEvent, Element, Event, File, FormData, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, RequestInit,
    Response,
};

/// How long typing pauses before it is saved.
const PAUSE_MS: u32 = 900;

struct Desk {
    form: HtmlFormElement,
    body: HtmlTextAreaElement,
    preview: Element,
    /// Where pictures go.
    pictures: String,
    /// Counts what was typed; a saving that is overtaken is not shown.
    typed: Cell<u32>,
    saving: Cell<bool>,
}

/// Enhances the form under `data-editor`, if the page has one.
pub(crate) fn start() {
    let page: Element = document().document_element().expect("a page has a root");
    let Some(root) = find::<Element>(&page, "[data-editor]") else { return };
    let (Some(form), Some(body), Some(preview)) =
        (find(&root, "form"), find(&root, "textarea[name=body]"), find(&page, "[data-preview]"))
    else {
        return;
    };
    let pictures = root.get_attribute("data-editor").unwrap_or_default();
    let desk = Rc::new(Desk { form, body, preview, pictures, typed: Cell::new(0), saving: Cell::new(false) });
    let typing = desk.clone();
    listen(&desk.form, "input", move |event: Event| {
        let file = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if file.is_none_or(|field| !matches!(field.type_().as_str(), "file")) {
            typing.clone().typed();
        }
    });
    listen(&desk.body, "dragover", |event: DragEvent| event.prevent_default());
    let dropping = desk.clone();
    listen(&desk.body, "drop", move |event: DragEvent| dropping.clone().dropped(&event));
    let _set = root.set_attribute("data-hydrated", "true");
}

impl Desk {
    /// Saves once the typing pauses.
    fn typed(self: Rc<Self>) {
        let now = self.typed.get() + 1;
        self.typed.set(now);
        spawn_local(async move {
            sleep(PAUSE_MS).await;
            // Savings go one after the other: each names the revision it continues.
            while self.saving.get() && self.typed.get() == now {
                sleep(200).await;
            }
            if self.typed.get() == now {
                self.saving.set(true);
                let _tried = self.save().await;
                self.saving.set(false);
            }
        });
    }

    async fn save(&self) -> Result<(), JsValue> {
        let fields = FormData::new_with_form(&self.form)?;
        fields.delete("picture");
        fields.set_with_str("go", "live")?;
        // A form's fields as they are sent in a body.
        let search: Function = Reflect::get(&window(), &"URLSearchParams".into())?.dyn_into()?;
        let body = Reflect::construct(&search, &Array::of1(&fields))?;
        let response = post(&self.form.action(), &body).await?;
        if let Ok(Some(revision)) = response.headers().get("x-draft-revision")
            && let Some(field) = find::<HtmlInputElement>(&self.form, "[name=revision]")
        {
            field.set_value(&revision);
            self.preview.set_inner_html(&text(&response).await?);
        }
        Ok(())
    }

    fn dropped(self: Rc<Self>, event: &DragEvent) {
        let Some(files) =
            event.data_transfer().and_then(|transfer| transfer.files()).filter(|files| files.length() > 0)
        else {
            return;
        };
        event.prevent_default();
        spawn_local(async move {
            for file in (0..files.length()).filter_map(|at| files.item(at)) {
                let _tried = self.upload(&file).await;
            }
            self.typed();
        });
    }

    /// Uploads a picture and puts its Markdown where the cursor is.
    async fn upload(&self, file: &File) -> Result<(), JsValue> {
        let fields = FormData::new()?;
        let csrf = find::<HtmlInputElement>(&self.form, "[name=csrf]").map(|field| field.value());
        fields.set_with_str("csrf", &csrf.unwrap_or_default())?;
        fields.set_with_str("go", "live")?;
        let set: Function = Reflect::get(&fields, &"set".into())?.dyn_into()?;
        set.call2(&fields, &"picture".into(), file)?;
        let response = post(&self.pictures, &fields).await?;
        // A refusal says why, as a comment; anything else is a page and no Markdown.
        if response.redirected() || !(response.ok() || response.status() == 422) {
            return Ok(());
        }
        let markdown = text(&response).await?;
        let at = self.body.selection_end()?.unwrap_or_default();
        self.body.set_range_text_with_start_and_end(&markdown, at, at)
    }
}

async fn post(address: &str, body: &JsValue) -> Result<Response, JsValue> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(body);
    JsFuture::from(window().fetch_with_str_and_init(address, &request)).await?.dyn_into()
}

async fn text(response: &Response) -> Result<String, JsValue> {
    Ok(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default())
}
