//! The part that lives in the browser: one keeper for each form of the page that keeps drafts.

use super::{Found, following, kept};
use crate::dom;
use js_sys::Promise;
use leptos::prelude::{document, window};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortSignal, Element, Event, Headers, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    RequestInit, Response, Storage,
};

/// How long typing has to pause before the server is told.
const PAUSE_MS: u32 = 1_500;
/// How long after a choice or a tick, so that several in a row go together.
const CHOSEN_MS: u32 = 200;
/// How long to wait before trying again what did not get through.
const AGAIN_MS: u32 = 8_000;
const TIMEOUT_MS: u32 = 15_000;
/// Longest body, in bytes, that a browser sends on after its page is gone (Fetch: 64 KiB for all that are under way).
const KEPT_ALIVE: usize = 60_000;
/// What every key on the device begins with.
const KEYS: &str = "class-hub.draft.";
/// Places on the device for one form: windows that are open at once do not write over one another.
const SLOTS: [&str; 3] = ["", ".2", ".3"];
/// What a form's text is made of.
const FIELDS: &str = "textarea, input[type=radio], input[type=checkbox]";

struct Keeper {
    /// The form with everything around it.
    frame: Element,
    form: HtmlFormElement,
    base: HtmlInputElement,
    address: String,
    key: String,
    slot: Cell<Option<&'static str>>,
    /// What the server has.
    clean: RefCell<String>,
    /// What was saved elsewhere, until somebody has chosen.
    theirs: RefCell<Option<String>>,
    /// Nothing goes to the server: the page shows what was saved elsewhere, and its buttons decide.
    held: bool,
    changes: Cell<u32>,
    /// What is on its way to the server.
    sending: RefCell<Option<String>>,
    /// The form was sent while a draft was under way, and waits for it.
    submitting: Cell<bool>,
    /// The form itself was sent, with what stands in it.
    submitted: Cell<bool>,
}

/// Finds the page's forms and keeps what is typed in them.
pub(crate) fn start() {
    if dom::find::<Element>(&document().document_element().expect("a page has a root"), "[data-forget-drafts]")
        .is_some()
    {
        forget_all();
    }
    let Ok(frames) = document().query_selector_all("[data-draft]") else { return };
    for frame in (0..frames.length()).filter_map(|at| frames.item(at)) {
        if let Some(keeper) = Keeper::of(frame.unchecked_into()) {
            Rc::new(keeper).begin();
        }
    }
}

impl Keeper {
    fn of(frame: Element) -> Option<Self> {
        let form: HtmlFormElement = dom::find(&frame, "form")?;
        let base = dom::find(&form, "input[name=base]")?;
        let address = frame.get_attribute("data-draft")?;
        let key = frame.get_attribute("data-key").filter(|key| !key.is_empty())?;
        let held = frame.has_attribute("data-held");
        Some(Self {
            frame,
            form,
            base,
            address,
            key: format!("{KEYS}{key}"),
            slot: Cell::new(None),
            clean: RefCell::default(),
            theirs: RefCell::default(),
            held,
            changes: Cell::new(0),
            sending: RefCell::default(),
            submitting: Cell::new(false),
            submitted: Cell::new(false),
        })
    }

    fn begin(self: Rc<Self>) {
        let shown = self.text();
        self.clean.replace(shown.clone());
        self.slot.set(SLOTS.into_iter().find(|slot| self.stored(slot).is_some()));
        let stored = self.slot.get().and_then(|slot| self.stored(slot));
        match Found::of(stored.as_deref(), &self.base.value(), &shown) {
            Found::Nothing => {}
            Found::Same => self.forget(),
            Found::Newer(text) => {
                self.fill(&text);
                self.say("data-restored");
                // At once: the page that was left may have sent it, and what is typed from here on needs its base.
                self.clone().save_after(0);
            }
            Found::Both(text) => {
                self.fill(&text);
                self.offer(shown);
            }
        }
        if self.held {
            self.store();
        }
        if self.frame.has_attribute("data-unsaved") {
            self.clean.replace(String::new());
            self.clone().changed();
        }
        self.count();
        self.listen();
        if let Some(button) = dom::find::<HtmlElement>(&self.frame, ".save-draft") {
            button.set_hidden(true);
        }
        dom::set(&self.frame, "data-hydrated", "true");
    }

    fn listen(self: &Rc<Self>) {
        let keeper = self.clone();
        dom::listen(&self.form, "input", move |_: Event| keeper.clone().changed());
        let keeper = self.clone();
        dom::listen(&self.form, "change", move |_: Event| keeper.clone().save_after(CHOSEN_MS));
        let keeper = self.clone();
        dom::listen(&self.form, "submit", move |event: Event| {
            // The browser would put a page of its own in the place of this one.
            if !window().navigator().on_line() {
                event.prevent_default();
                keeper.store();
                return keeper.say("data-offline");
            }
            let waits = keeper.sending.borrow().is_some();
            if waits {
                event.prevent_default();
            }
            keeper.submitting.set(waits);
            keeper.submitted.set(!waits);
        });
        let keeper = self.clone();
        dom::listen(&self.frame, "click", move |event: Event| {
            let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            match pressed.and_then(|button| button.get_attribute("data-act")).as_deref() {
                Some("mine") => keeper.clone().choose(false),
                Some("theirs") => keeper.clone().choose(true),
                _ => {}
            }
        });
        // Back from another tab, or leaving for one; and leaving for good.
        let keeper = self.clone();
        dom::listen(&document(), "visibilitychange", move |_: Event| keeper.clone().save_at_once());
        let keeper = self.clone();
        dom::listen(&window(), "pagehide", move |_: Event| keeper.clone().save_at_once());
        let keeper = self.clone();
        dom::listen(&window(), "online", move |_: Event| keeper.clone().save_after(0));
    }

    fn changed(self: Rc<Self>) {
        self.submitted.set(false);
        self.count();
        self.store();
        dom::set(&self.frame, "data-changed", "true");
        if let Some(discard) = self.frame.next_element_sibling().and_then(|next| next.dyn_into::<HtmlElement>().ok())
            && discard.class_list().contains("draft-discard")
        {
            discard.set_hidden(false);
        }
        self.say("data-device");
        self.save_after(PAUSE_MS);
    }

    /// Saves when nothing has changed for so long.
    fn save_after(self: Rc<Self>, ms: u32) {
        let change = self.changes.get() + 1;
        self.changes.set(change);
        spawn_local(async move {
            dom::sleep(ms).await;
            if self.changes.get() == change {
                self.save();
            }
        });
    }

    /// What is to be saved, where there is something and nobody has to choose first.
    fn unsaved(&self) -> Option<String> {
        if self.held || self.submitted.get() || self.theirs.borrow().is_some() {
            return None;
        }
        Some(self.text()).filter(|text| *text != *self.clean.borrow())
    }

    /// Sends it before this returns: of a page that is left nothing runs any more.
    fn save(self: Rc<Self>) {
        if self.sending.borrow().is_some() {
            return;
        }
        let Some(text) = self.unsaved() else { return };
        let asked = self.ask(&self.base.value(), &text);
        self.sending.replace(Some(text.clone()));
        spawn_local(async move { self.answered(text, heard(asked).await) });
    }

    /// The same when the page may be about to go, also while an earlier text is on its way.
    fn save_at_once(self: Rc<Self>) {
        let newer = self.sending.borrow().as_ref().is_some_and(|text| *text != self.text());
        if !newer {
            return self.save();
        }
        let base = following(&self.base.value(), self.address.ends_with("/draft"));
        if let Some((base, text)) = base.zip(self.unsaved()) {
            let asked = self.ask(&base, &text);
            spawn_local(async move {
                let _heard = heard(asked).await;
            });
        }
    }

    fn answered(self: Rc<Self>, text: String, answer: Option<(u16, String)>) {
        self.sending.take();
        match answer {
            Some((200, base)) => {
                self.base.set_value(&base);
                let is_all = self.text() == text;
                self.clean.replace(text);
                if is_all {
                    self.forget();
                    self.say("data-saved");
                } else {
                    self.clone().changed();
                }
            }
            Some((409, standing)) => {
                let (base, theirs) = standing.split_once('&').unwrap_or((&standing, ""));
                self.base.set_value(base);
                self.offer(theirs.to_owned());
            }
            Some((401 | 403, _)) => {
                self.say("data-signed-out");
                self.show(".draft-back", true);
            }
            Some((400..=499, _)) => self.say("data-refused"),
            _ => {
                self.say("data-device");
                self.clone().save_after(AGAIN_MS);
            }
        }
        if self.submitting.take() {
            let _sent = self.form.request_submit();
        }
    }

    /// Sends a draft made from `base`.
    fn ask(&self, base: &str, text: &str) -> Option<Promise> {
        let csrf: HtmlInputElement = dom::find(&self.form, "input[name=csrf]")?;
        let body = format!("quiet=1&csrf={}&base={base}&{text}", csrf.value());
        let headers = Headers::new().ok()?;
        headers.set("Content-Type", "application/x-www-form-urlencoded").ok()?;
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_headers(&headers);
        let lives_on = body.len() < KEPT_ALIVE;
        js_sys::Reflect::set(&init, &"keepalive".into(), &lives_on.into()).ok()?;
        init.set_body(&body.into());
        init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
        Some(window().fetch_with_str_and_init(&self.address, &init))
    }

    /// Shows what was saved elsewhere; until somebody has chosen, what stands in the form is kept on this device only.
    fn offer(&self, theirs: String) {
        if let Some(place) = dom::find::<Element>(&self.frame, ".other-text") {
            place.set_text_content(Some(&self.readable(&theirs)));
        }
        self.theirs.replace(Some(theirs));
        self.store();
        self.say("data-device");
        self.show(".draft-other", true);
    }

    fn choose(self: Rc<Self>, take_theirs: bool) {
        let Some(theirs) = self.theirs.take() else { return };
        self.show(".draft-other", false);
        if take_theirs {
            self.fill(&theirs);
            self.clean.replace(self.text());
            self.forget();
            self.say("data-saved");
        } else {
            self.store();
            self.clone().save_after(0);
        }
        if let Some(field) = dom::find::<HtmlElement>(&self.form, FIELDS) {
            let _focused = field.focus();
        }
    }

    fn fields(&self) -> Vec<Element> {
        let Ok(fields) = self.form.query_selector_all(FIELDS) else { return Vec::new() };
        (0..fields.length()).filter_map(|at| fields.item(at)).map(JsCast::unchecked_into).collect()
    }

    /// What stands in the form, as it is sent.
    fn text(&self) -> String {
        let mut text = String::new();
        for field in self.fields() {
            let value = match field.dyn_ref::<HtmlTextAreaElement>() {
                Some(area) => area.value(),
                None => match field.dyn_ref::<HtmlInputElement>() {
                    Some(input) if input.checked() => input.value(),
                    _ => continue,
                },
            };
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(&encoded(&name(&field)));
            text.push('=');
            text.push_str(&encoded(&value));
        }
        text
    }

    fn fill(&self, text: &str) {
        let pairs = pairs(text);
        for field in self.fields() {
            let name = name(&field);
            if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
                let value = pairs.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
                area.set_value(value);
            } else if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                let value = input.value();
                input.set_checked(pairs.iter().any(|(known, chosen)| *known == name && *chosen == value));
            }
        }
        self.count();
    }

    /// Says how many points of a list are ticked.
    fn count(&self) {
        let Some(words) = self.frame.get_attribute("data-count") else { return };
        let ticked = dom::all(&self.form, "input:checked").len();
        if let Some(legend) = dom::find::<Element>(&self.form, "legend") {
            legend.set_text_content(Some(&words.replace('#', &ticked.to_string())));
        }
    }

    /// A text of the form for people: what is written, and the words of what is chosen.
    fn readable(&self, text: &str) -> String {
        let pairs = pairs(text);
        let mut lines = Vec::new();
        for field in self.fields() {
            let name = name(&field);
            let label = field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
            let Some((_, value)) =
                pairs.iter().find(|(known, value)| *known == name && label.as_ref().is_none_or(|own| own == value))
            else {
                continue;
            };
            match label {
                None => lines.push(value.clone()),
                Some(_) => lines.extend(field.get_attribute("data-words").or_else(|| beside(&field))),
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    fn say(&self, which: &str) {
        if let Some(state) = dom::find::<Element>(&self.frame, ".draft-state") {
            let words = self.frame.get_attribute(which).unwrap_or_default();
            if state.text_content().as_ref() != Some(&words) {
                state.set_text_content(Some(&words));
            }
            dom::set(&state, "data-state", which);
        }
    }

    fn show(&self, what: &str, shown: bool) {
        if let Some(element) = dom::find::<HtmlElement>(&self.frame, what) {
            element.set_hidden(!shown);
        }
    }

    fn stored(&self, slot: &str) -> Option<String> {
        storage()?.get_item(&format!("{}{slot}", self.key)).ok().flatten()
    }

    fn store(&self) {
        let slot = self.slot.get().unwrap_or_else(|| {
            let free = SLOTS.into_iter().find(|slot| self.stored(slot).is_none());
            free.unwrap_or(SLOTS[2])
        });
        self.slot.set(Some(slot));
        // Until somebody has chosen, the text belongs to no base: a reload shows both again.
        let undecided = self.theirs.borrow().is_some();
        let base = if undecided { String::new() } else { self.base.value() };
        if let Some(storage) = storage() {
            // A full or forbidden store only costs the copy on the device.
            let _kept = storage.set_item(&format!("{}{slot}", self.key), &kept(&base, &self.text()));
        }
    }

    fn forget(&self) {
        if let (Some(storage), Some(slot)) = (storage(), self.slot.take()) {
            let _gone = storage.remove_item(&format!("{}{slot}", self.key));
        }
    }
}

/// The status and what was said, or nothing where nobody answered.
async fn heard(asked: Option<Promise>) -> Option<(u16, String)> {
    let response: Response = JsFuture::from(asked?).await.ok()?.unchecked_into();
    let said = JsFuture::from(response.text().ok()?).await.ok()?;
    Some((response.status(), said.as_string().unwrap_or_default()))
}

/// The words of a tick.
fn beside(field: &Element) -> Option<String> {
    field.next_element_sibling()?.text_content()
}

fn name(field: &Element) -> String {
    field.get_attribute("name").unwrap_or_default()
}

fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| js_sys::decode_uri_component(text).map(String::from).unwrap_or_default();
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

/// Takes away whatever this device kept, of whomever.
fn forget_all() {
    let Some(storage) = storage() else { return };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    for key in keys.filter(|key| key.starts_with(KEYS)).collect::<Vec<_>>() {
        let _gone = storage.remove_item(&key);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
