//! Pictures dropped anywhere on the page: beside the text the browser would leave the page for them.

use super::Desk;
use crate::{
    dom::{find, listen},
    teach::send::{post, text},
};
use js_sys::Reflect;
use leptos::prelude::document;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, FileList, FormData, HtmlInputElement};

/// What became of a picture.
enum Sent {
    /// Its Markdown stands in the text.
    Written,
    /// Why it was not taken.
    Refused(String),
}

impl Desk {
    pub(super) fn hear_drops(self: &Rc<Self>) {
        listen(&document(), "dragover", |event: DragEvent| {
            if brings_files(&event) {
                event.prevent_default();
            }
        });
        let this = self.clone();
        listen(&document(), "drop", move |event: DragEvent| {
            let Some(files) = dropped(&event) else { return };
            event.prevent_default();
            spawn_local(this.clone().put_in(files));
        });
    }

    /// Uploads one after the other and puts each where the cursor is; says why any of them was not taken.
    async fn put_in(self: Rc<Self>, files: FileList) {
        self.say(&self.word("data-sending"));
        let (mut refusals, mut written) = (Vec::new(), false);
        for file in (0..files.length()).filter_map(|at| files.item(at)) {
            let name = file.name();
            match self.upload(&file).await {
                Ok(Sent::Written) => written = true,
                Ok(Sent::Refused(why)) => refusals.push(format!("{name}: {why}")),
                Err(_) => refusals.push(format!("{name}: {}", self.word("data-not-sent"))),
            }
        }
        self.say(&refusals.join(" "));
        if written {
            self.typed();
        }
    }

    async fn upload(&self, file: &File) -> Result<Sent, JsValue> {
        let fields = FormData::new()?;
        let csrf = find::<HtmlInputElement>(&self.form, "[name=csrf]").map(|field| field.value());
        fields.append_with_str("csrf", &csrf.unwrap_or_default())?;
        fields.append_with_str("go", "live")?;
        fields.append_with_blob_and_filename("picture", file, &file.name())?;
        let response = post(&self.root.get_attribute("data-editor").unwrap_or_default(), &fields).await?;
        if response.status() == 422 {
            let told = JsFuture::from(response.json()?).await?;
            return Ok(Sent::Refused(Reflect::get(&told, &"message".into())?.as_string().unwrap_or_default()));
        }
        if response.redirected() || !response.ok() {
            return Err(JsValue::NULL);
        }
        self.write(&text(&response).await?)?;
        Ok(Sent::Written)
    }

    /// Puts Markdown where the cursor is, as a paragraph of its own, and the cursor behind it.
    fn write(&self, markdown: &str) -> Result<(), JsValue> {
        let at = self.body.selection_end()?.unwrap_or_default();
        let written: Vec<u16> = self.body.value().encode_utf16().collect();
        let (before, after) = written.split_at(written.len().min(at as usize));
        let markdown = apart(before, markdown, after);
        self.body.set_range_text_with_start_and_end(&markdown, at, at)?;
        let end = at + u32::try_from(markdown.encode_utf16().count()).unwrap_or_default();
        self.body.set_selection_range(end, end)
    }
}

/// `markdown` with what is missing of the empty lines around it. Texts are as JavaScript counts them.
fn apart(before: &[u16], markdown: &str, after: &[u16]) -> String {
    let line_end = u16::from(b'\n');
    let missing = |near: usize| "\n".repeat(2_usize.saturating_sub(near));
    let above = before.iter().rev().take_while(|unit| **unit == line_end).count();
    let below = after.iter().take_while(|unit| **unit == line_end).count();
    let above = if before.is_empty() { String::new() } else { missing(above) };
    format!("{above}{markdown}{}", missing(below))
}

fn brings_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|brought| brought.types().includes(&"Files".into(), 0))
}

/// The files of a drop that is ours to take: a file field takes its own.
fn dropped(event: &DragEvent) -> Option<FileList> {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let own = field.is_some_and(|field| field.type_() == "file");
    let files = event.data_transfer().and_then(|brought| brought.files())?;
    (!own && files.length() > 0).then_some(files)
}
