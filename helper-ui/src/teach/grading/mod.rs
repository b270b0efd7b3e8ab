//! Grading by keyboard: the next sheet is there before it is asked for, what is typed is saved meanwhile, and letters and
//! digits do what links and fields do. As HTML it is a form with buttons and links.

mod ahead;
mod desk;
mod keys;

use crate::dom::{find, listen};
use ahead::Ahead;
use desk::Desk;
use leptos::prelude::{document, window};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, SubmitEvent};

/// One sheet after the other, in one page.
struct Grading {
    desk: RefCell<Rc<Desk>>,
    ahead: Ahead,
    /// On the way to another sheet.
    going: Cell<bool>,
}

/// Enhances the sheet, if the page has one that may be changed.
pub(crate) fn start() {
    let Some(desk) = Desk::of_page() else { return };
    let grading = Rc::new(Grading { desk: RefCell::new(desk), ahead: Ahead::default(), going: Cell::new(false) });
    grading.clone().begin();
    let this = grading.clone();
    listen(&document(), "keydown", move |event: KeyboardEvent| this.clone().pressed(&event));
    let this = grading.clone();
    listen(&document(), "click", move |event: MouseEvent| this.clone().clicked(&event));
    // Back and forward: what is there is the server's matter.
    listen(&window(), "popstate", move |_: Event| {
        let _loading = window().location().reload();
    });
    listen(&document(), "visibilitychange", move |_: Event| grading.desk().save_soon(0));
}

impl Grading {
    fn desk(&self) -> Rc<Desk> {
        self.desk.borrow().clone()
    }

    /// Takes up the sheet that lies there now.
    fn begin(self: Rc<Self>) {
        let desk = self.desk();
        desk.clone().begin();
        let this = self.clone();
        listen(&desk.form, "submit", move |event: SubmitEvent| this.clone().submitted(&event));
        self.ahead.fetch(desk.ways_ahead());
    }

    fn pressed(self: Rc<Self>, event: &KeyboardEvent) {
        let desk = self.desk();
        let Some(key) = keys::meant(event, desk.keys_on()) else { return };
        event.prevent_default();
        match key {
            keys::Key::Way(name) => {
                if let Some(address) = desk::way(name) {
                    self.go(address);
                }
            }
            keys::Key::Level(number) => desk.choose_level(number),
            keys::Key::Comment => desk.focus_comment(),
            keys::Key::SaveAndNext => self.save_and_next(),
            keys::Key::Sheet => desk.toggle_sheet(),
        }
    }

    /// Links to other sheets are followed by [`go`](Self::go); a comment of the bank goes where the cursor would be.
    fn clicked(self: Rc<Self>, event: &MouseEvent) {
        let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if let Some(way) = target.closest("a[data-way]").ok().flatten().filter(|_| plain) {
            event.prevent_default();
            let name = way.get_attribute("data-way").unwrap_or_default();
            if let Some(address) = desk::way(&name) {
                self.go(address);
            }
        } else if let Some(button) = target.closest("button[name=insert]").ok().flatten() {
            event.prevent_default();
            self.desk().insert_comment(&button.text_content().unwrap_or_default());
        }
    }

    fn submitted(self: Rc<Self>, event: &SubmitEvent) {
        let action = event.submitter().and_then(|button| button.get_attribute("value")).unwrap_or_default();
        if action == "next" && !self.desk().is_held() {
            event.prevent_default();
            self.save_and_next();
        } else {
            self.desk().leave();
        }
    }

    /// Saves, and when that is done goes to who waits next.
    fn save_and_next(self: Rc<Self>) {
        let desk = self.desk();
        if desk.is_held() {
            // The page that shows both grades.
            return desk.submit_plainly();
        }
        if self.going.replace(true) {
            return;
        }
        spawn_local(async move {
            match desk.save("next").await {
                Some(next) if next != desk.address() => self.swap(next).await,
                // Nobody waits any more: the page says so.
                Some(next) => follow(&next),
                None => self.going.set(false),
            }
        });
    }

    /// Goes to another sheet; what is typed is saved first.
    fn go(self: Rc<Self>, address: String) {
        if self.going.replace(true) {
            return;
        }
        spawn_local(async move {
            let desk = self.desk();
            if desk.is_clean() || desk.save("save").await.is_some() {
                self.swap(address).await;
            } else {
                self.going.set(false);
            }
        });
    }

    /// Puts the other sheet in the place of this one.
    async fn swap(self: Rc<Self>, address: String) {
        let taken = self.ahead.take(&address).await;
        // What was fetched before counts who waited then.
        let left = taken.as_ref().filter(|(_, before)| *before).and_then(|_| desk::left());
        let page = taken.and_then(|(html, _)| ahead::main_of(&html));
        let here: Option<HtmlElement> = document().document_element().and_then(|page| find(&page, "main"));
        let (Some(page), Some(here)) = (page, here) else { return follow(&address) };
        let history = window().history();
        let pushed = history.and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(&address)));
        if pushed.is_err() {
            return follow(&address);
        }
        self.desk().leave();
        here.set_inner_html(&page.html);
        if let Some(left) = left {
            desk::show_left(&left);
        }
        document().set_title(&page.title);
        window().scroll_to_with_x_and_y(0.0, 0.0);
        let _focused = here.focus();
        match Desk::of_page() {
            Some(desk) => {
                self.desk.replace(desk);
                self.going.set(false);
                self.begin();
            }
            None => follow(&address),
        }
    }
}

/// As a link does.
fn follow(address: &str) {
    let _loading = window().location().set_href(address);
}
