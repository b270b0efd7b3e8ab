//! Writing a lesson, brought to life: the preview follows the typing, what is typed is saved meanwhile and before the page
//! is left ([`leaving`]), and pictures dropped on the page are uploaded and linked ([`pictures`]). Without it the form's own
//! buttons do all of that.

mod leaving;
mod pictures;

use super::send::{get, post, text};
use crate::dom::{append, element, find, listen, set, sleep, worded};
use leptos::prelude::document;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Element, Event, FormData, HtmlFormElement, HtmlInputElement, HtmlTemplateElement, HtmlTextAreaElement, Response,
    UrlSearchParams,
};

/// How long typing pauses before it is saved.
const PAUSE_MS: u32 = 900;
/// How long to wait before trying again what did not get through.
const AGAIN_MS: u32 = 5_000;
/// How long to wait for a saving that is under way.
const TURN_MS: u32 = 100;

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
    /// Something typed is not in the draft.
    unsaved: Cell<bool>,
    /// `state` says that nothing gets through.
    away: Cell<bool>,
    /// The form's button was pressed and what was typed is being saved first.
    pressed: Cell<bool>,
    /// The page is being left on purpose, with everything saved that shall be.
    leaving: Cell<bool>,
}

/// What became of a saving that got through.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saved {
    Kept,
    /// Another window's draft stands.
    Stale,
}

/// Why one did not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Failure {
    Away,
    SignedOut,
    /// The form is of a session that has ended.
    Expired,
}

impl From<JsValue> for Failure {
    fn from(_: JsValue) -> Self {
        Self::Away
    }
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
    desk.hear_drops();
    desk.hear_leaving();
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
            unsaved: Cell::new(false),
            away: Cell::new(false),
            pressed: Cell::new(false),
            leaving: Cell::new(false),
        })
    }

    /// Saves once the typing pauses, and goes on trying while it does not get through.
    fn typed(self: Rc<Self>) {
        self.unsaved.set(true);
        let now = self.overtaken();
        spawn_local(async move {
            sleep(PAUSE_MS).await;
            while self.typed.get() == now && !self.leaving.get() {
                match self.save().await {
                    Ok(_) => return self.clear_away(),
                    Err(failure) => self.say_away(failure),
                }
                sleep(AGAIN_MS).await;
            }
        });
    }

    /// Whatever waits to be saved is saved by somebody else now. Returns the new count.
    fn overtaken(&self) -> u32 {
        self.typed.set(self.typed.get() + 1);
        self.typed.get()
    }

    /// Saves what the form holds. Savings go one after the other: each names the revision it continues.
    async fn save(&self) -> Result<Saved, Failure> {
        while self.saving.replace(true) {
            sleep(TURN_MS).await;
        }
        let at = self.typed.get();
        let saved = match self.send().await {
            Err(Failure::Expired) if self.renewed().await => self.send().await,
            saved => saved,
        };
        self.saving.set(false);
        if saved == Ok(Saved::Kept) && self.typed.get() == at {
            self.unsaved.set(false);
        }
        saved
    }

    /// Sends the form; shows what comes back. An answer that is none of the editor's counts as not saved.
    async fn send(&self) -> Result<Saved, Failure> {
        let fields = self.fields()?;
        let response = post(&self.form.action(), &fields).await?;
        if response.redirected() {
            return Err(Failure::SignedOut);
        }
        let Some(revision) = response.headers().get("x-draft-revision")? else {
            return Err(if response.status() == 403 { Failure::Expired } else { Failure::Away });
        };
        if let Some(field) = find::<HtmlInputElement>(&self.form, "[name=revision]") {
            field.set_value(&revision);
        }
        self.show(&text(&response).await?);
        Ok(if response.status() == 409 { Saved::Stale } else { Saved::Kept })
    }

    /// The form as it is saved while somebody types.
    fn fields(&self) -> Result<UrlSearchParams, JsValue> {
        let fields = FormData::new_with_form(&self.form)?;
        fields.delete("picture");
        fields.set_with_str("go", "live")?;
        UrlSearchParams::new_with_str_sequence_sequence(&fields)
    }

    /// After somebody signed in again in another tab the form needs that session's token; whether it has it now.
    async fn renewed(&self) -> bool {
        let page = async {
            let response: Response = get(&self.form.action()).await?;
            if response.redirected() || !response.ok() { Err(JsValue::NULL) } else { text(&response).await }
        };
        let Ok(page) = page.await else { return false };
        let token = fragment(&page).and_then(|page| page.query_selector("[data-editor] [name=csrf]").ok().flatten());
        let field = find::<HtmlInputElement>(&self.form, "[name=csrf]");
        let (Some(token), Some(field)) = (token.and_then(|token| token.get_attribute("value")), field) else {
            return false;
        };
        field.set_value(&token);
        true
    }

    /// Shows the state and what is wrong. Where there is a new preview it takes the place of the old one; where there is
    /// none the old one stays, held back.
    fn show(&self, html: &str) {
        let Some(fresh) = fragment(html) else { return };
        let new = |part: &str| fresh.query_selector(part).ok().flatten();
        let old = |part: &str| find::<Element>(&self.preview, part);
        if let (Some(new), Some(old)) = (new(".preview-state"), old(".preview-state")) {
            old.set_inner_html(&new.inner_html());
        }
        if let Some(old) = old(".preview-shown") {
            if let Some(new) = new(".preview-shown") {
                old.set_inner_html(&new.inner_html());
                let _shown = old.remove_attribute("data-held");
            } else {
                set(&old, "data-held", "");
            }
        }
        // What the page said when it was made is said beside the preview from now on.
        if let Ok(Some(said)) = document().query_selector("[data-unseen]") {
            said.remove();
        }
        if let Some(discard) = find::<Element>(&self.form, "[data-discard]") {
            let _shown = discard.remove_attribute("hidden");
        }
    }

    /// What the page wants said in some case.
    fn word(&self, case: &str) -> String {
        self.root.get_attribute(case).unwrap_or_default()
    }

    fn say(&self, text: &str) {
        self.away.set(false);
        self.state.set_text_content(Some(text));
    }

    /// Says that what was typed is only here, and how to sign in again without leaving it.
    fn say_away(&self, failure: Failure) {
        if self.away.replace(true) {
            return;
        }
        self.state.set_text_content(Some(&self.word("data-away")));
        if failure != Failure::Away {
            let way = worded("a", "", &self.word("data-sign-in"));
            set(&way, "href", "/teach/login");
            set(&way, "target", "_blank");
            let apart = element("span", "");
            apart.set_text_content(Some(" "));
            append(&self.state, &apart);
            append(&self.state, &way);
        }
    }

    /// Takes that back; whatever else was said stays.
    fn clear_away(&self) {
        if self.away.get() {
            self.say("");
        }
    }
}

/// HTML of this site, outside the page.
fn fragment(html: &str) -> Option<web_sys::DocumentFragment> {
    let template: HtmlTemplateElement = document().create_element("template").ok()?.unchecked_into();
    template.set_inner_html(html);
    Some(template.content())
}
