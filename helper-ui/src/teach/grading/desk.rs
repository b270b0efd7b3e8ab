//! One sheet: its form, what was saved of it, and the criterion whose turn it is.

use crate::{
    dom::{find, listen, set, sleep},
    teach::send::{post_for_json, text},
};
use js_sys::Reflect;
use leptos::prelude::{document, window};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, Event, FormData, HtmlDetailsElement, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    UrlSearchParams,
};

/// How long typing pauses before it is saved.
const PAUSE_MS: u32 = 1_500;
/// How long to wait before trying again what did not get through.
const AGAIN_MS: u32 = 5_000;

pub(super) struct Desk {
    root: Element,
    pub(super) form: HtmlFormElement,
    version: HtmlInputElement,
    state: Element,
    /// The form's fields as the server has them.
    clean: RefCell<String>,
    changes: Cell<u32>,
    saving: Cell<bool>,
    /// Somebody else saved another grade: only the page that shows both goes on.
    held: Cell<bool>,
    /// This sheet lies there no more.
    left: Cell<bool>,
    /// Whose turn it is.
    criterion: Cell<u32>,
}

impl Desk {
    /// The sheet of the page, if it has one with buttons.
    pub(super) fn of_page() -> Option<Rc<Self>> {
        let page = document().document_element()?;
        let root: Element = find(&page, "[data-grading]")?;
        let form: HtmlFormElement = find(&root, "form")?;
        find::<Element>(&form, "button[name=action]")?;
        let desk = Self {
            version: find(&form, "[name=version]")?,
            state: find(&root, ".grading-state")?,
            root,
            form,
            clean: RefCell::default(),
            changes: Cell::new(0),
            saving: Cell::new(false),
            held: Cell::new(false),
            left: Cell::new(false),
            criterion: Cell::new(0),
        };
        Some(Rc::new(desk))
    }

    pub(super) fn begin(self: Rc<Self>) {
        self.clean.replace(self.fields().unwrap_or_default());
        for event in ["input", "change"] {
            let this = self.clone();
            listen(&self.form, event, move |_: Event| this.changed());
        }
        let this = self.clone();
        listen(&window(), "beforeunload", move |event: Event| {
            if !this.left.get() && !this.is_clean() {
                event.prevent_default();
            }
        });
        self.mark_criterion();
        set(&self.root, "data-hydrated", "true");
    }

    /// The sheet is left, by a button of its form or for another sheet.
    pub(super) fn leave(&self) {
        self.left.set(true);
    }

    pub(super) fn is_held(&self) -> bool {
        self.held.get()
    }

    pub(super) fn is_clean(&self) -> bool {
        self.fields().is_none_or(|fields| fields == *self.clean.borrow())
    }

    pub(super) fn keys_on(&self) -> bool {
        self.root.get_attribute("data-keys").as_deref() == Some("on")
    }

    /// The address of this sheet.
    pub(super) fn address(&self) -> String {
        self.form.get_attribute("action").unwrap_or_default()
    }

    /// The sheets that may be asked for next.
    pub(super) fn ways_ahead(&self) -> Vec<String> {
        let later = || {
            let page = document().document_element()?;
            find::<Element>(&page, "[data-later]")?.get_attribute("data-later")
        };
        let mut ahead: Vec<String> = [way("ungraded"), later(), way("next")].into_iter().flatten().collect();
        let here = self.address();
        ahead.retain(|address| *address != here);
        ahead.dedup();
        ahead
    }

    fn changed(self: &Rc<Self>) {
        if !self.held.get() {
            self.say("data-unsaved");
        }
        self.clone().save_soon(PAUSE_MS);
    }

    /// Saves when nothing has changed for so long.
    pub(super) fn save_soon(self: Rc<Self>, ms: u32) {
        let change = self.changes.get() + 1;
        self.changes.set(change);
        spawn_local(async move {
            sleep(ms).await;
            while self.changes.get() == change && !self.left.get() && !self.is_clean() && !self.held.get() {
                if self.save("save").await.is_some() || !self.is_offline() {
                    return;
                }
                sleep(AGAIN_MS).await;
            }
        });
    }

    /// Saves what stands in the form now; where one goes from here, or nothing where it is not saved.
    pub(super) async fn save(&self, action: &str) -> Option<String> {
        // One after the other: each names the version it continues.
        while self.saving.replace(true) {
            sleep(30).await;
        }
        self.say("data-saving");
        let fields = self.fields();
        let told = match &fields {
            Some(fields) => self.send(fields, action).await,
            None => Err(JsValue::NULL),
        };
        self.saving.set(false);
        match told {
            Ok(Told::Saved { version, next, left }) => {
                self.version.set_value(&version);
                self.clean.replace(fields.unwrap_or_default());
                if !left.is_empty() {
                    show_left(&left);
                }
                self.say(if self.is_clean() { "data-saved" } else { "data-unsaved" });
                Some(next)
            }
            Ok(Told::Refused(why)) => {
                self.state.set_text_content(Some(&why));
                set(&self.state, "data-state", "refused");
                None
            }
            Ok(Told::Overtaken) => {
                self.held.set(true);
                self.say("data-overtaken");
                None
            }
            Ok(Told::SignedOut) => {
                self.say("data-signed-out");
                None
            }
            Err(_) => {
                self.say("data-offline");
                None
            }
        }
    }

    async fn send(&self, fields: &str, action: &str) -> Result<Told, JsValue> {
        let csrf = find::<HtmlInputElement>(&self.form, "[name=csrf]").map(|field| field.value()).unwrap_or_default();
        let body = UrlSearchParams::new_with_str(fields)?;
        body.append("csrf", &csrf);
        body.append("version", &self.version.value());
        body.append("action", action);
        let response = post_for_json(&self.address(), &body).await?;
        match response.status() {
            _ if response.redirected() => Ok(Told::SignedOut),
            403 => Ok(Told::SignedOut),
            409 => Ok(Told::Overtaken),
            422 => {
                let told = JsFuture::from(response.json()?).await?;
                let why = js_sys::Array::from(&Reflect::get(&told, &"refused".into())?);
                Ok(Told::Refused(why.join(" ").into()))
            }
            200 => {
                let told = js_sys::JSON::parse(&text(&response).await?)?;
                let saved = Reflect::get(&told, &"saved".into())?;
                let word = |name: &str| Reflect::get(&saved, &name.into()).ok().and_then(|value| value.as_string());
                let version = Reflect::get(&saved, &"version".into())?.as_f64().ok_or(JsValue::NULL)?;
                let next = word("next").ok_or(JsValue::NULL)?;
                Ok(Told::Saved { version: version.to_string(), next, left: word("left").unwrap_or_default() })
            }
            _ => Err(JsValue::NULL),
        }
    }

    /// What stands in the form, without what says where it comes from.
    fn fields(&self) -> Option<String> {
        let fields = FormData::new_with_form(&self.form).ok()?;
        for name in ["csrf", "version"] {
            fields.delete(name);
        }
        Some(UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?.to_string().into())
    }

    /// Sends the form as its button does.
    pub(super) fn submit_plainly(&self) {
        self.leave();
        let button: Option<HtmlElement> = find(&self.form, "button[name=action][value=save]");
        let _sent = self.form.request_submit_with_submitter(button.as_ref());
    }

    fn is_offline(&self) -> bool {
        self.state.get_attribute("data-state").as_deref() == Some("data-offline")
    }

    fn say(&self, which: &str) {
        let words = self.root.get_attribute(which).unwrap_or_default();
        if self.state.text_content().as_ref() != Some(&words) {
            self.state.set_text_content(Some(&words));
        }
        set(&self.state, "data-state", which);
    }

    // What keys do with the form.

    fn criteria(&self) -> Vec<Element> {
        let Ok(found) = self.form.query_selector_all(".criterion") else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.item(at)).map(JsCast::unchecked_into).collect()
    }

    /// Chooses a level of the criterion whose turn it is, and goes on to the next one.
    pub(super) fn choose_level(&self, number: u32) {
        let criteria = self.criteria();
        let Some(criterion) = criteria.get(self.criterion.get() as usize) else { return };
        let Ok(levels) = criterion.query_selector_all("input[type=radio]") else { return };
        let Some(level) = levels.item(number) else { return };
        let level: HtmlElement = level.unchecked_into();
        let _focused = level.focus();
        level.click();
        let next = self.criterion.get() + 1;
        self.criterion.set(if (next as usize) < criteria.len() { next } else { 0 });
        self.mark_criterion();
    }

    fn mark_criterion(&self) {
        let criteria = self.criteria();
        if criteria.len() < 2 {
            return;
        }
        for (at, criterion) in criteria.iter().enumerate() {
            let now = at == self.criterion.get() as usize;
            let _marked = criterion.class_list().toggle_with_force("criterion-now", now);
        }
    }

    pub(super) fn focus_comment(&self) {
        if let Some(comment) = self.comment() {
            let _focused = comment.focus();
        }
    }

    fn comment(&self) -> Option<HtmlTextAreaElement> {
        find(&self.form, "textarea[name=comment]")
    }

    /// Puts a comment of the bank behind what is typed.
    pub(super) fn insert_comment(self: Rc<Self>, text: &str) {
        let Some(comment) = self.comment() else { return };
        let typed = comment.value();
        let between = if typed.trim().is_empty() { "" } else { "\n\n" };
        comment.set_value(&format!("{}{between}{}", typed.trim_end(), text.trim()));
        let _focused = comment.focus();
        self.changed();
    }

    /// Shows the list of keys, or hides it.
    pub(super) fn toggle_sheet(&self) {
        let Some(sheet) = find::<HtmlDetailsElement>(&self.root, ".grading-keys") else { return };
        sheet.set_open(!sheet.open());
        if let Some(summary) = find::<HtmlElement>(&sheet, "summary") {
            let _focused = summary.focus();
        }
    }
}

/// Where a link of the page leads, by its name.
pub(super) fn way(name: &str) -> Option<String> {
    find::<Element>(&document().document_element()?, &format!("a[data-way={name}]"))?.get_attribute("href")
}

/// Where it is said how many wait for a grade.
fn place_of_left() -> Option<Element> {
    find(&document().document_element()?, ".grading-left")
}

/// How many wait for a grade, as the page says it.
pub(super) fn left() -> Option<String> {
    place_of_left()?.text_content()
}

pub(super) fn show_left(left: &str) {
    if let Some(place) = place_of_left() {
        place.set_text_content(Some(left));
    }
}

/// What the server answered.
enum Told {
    Saved {
        version: String,
        next: String,
        left: String,
    },
    /// Why not, in words.
    Refused(String),
    Overtaken,
    SignedOut,
}
