//! The order of a class's work, changed by drag or by Alt with the arrow keys. Both press a button that says the new
//! place, as those beside each row do: the page comes back in the new order, with the way back.

use crate::dom::{append, element, find, listen, set};
use leptos::prelude::{document, window};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, HtmlButtonElement, HtmlElement, HtmlFormElement, KeyboardEvent};

/// The form with lists in it. A list names what lies in it in `data-order` and, where its rows may come from another
/// list, itself in `data-module`; a row names in `data-place` the address that places it.
struct Order {
    form: HtmlFormElement,
    held: RefCell<Option<Element>>,
}

/// Somewhere between two rows.
struct Gap {
    list: Element,
    /// The row behind it.
    before: Option<Element>,
}

/// Enhances the form, if the page has one.
pub(crate) fn start() {
    let page: Element = document().document_element().expect("a page has a root");
    let Some(list) = find::<Element>(&page, "[data-order]") else { return };
    let Some(form) = list.closest("form").ok().flatten() else { return };
    let form: HtmlFormElement = form.unchecked_into();
    for row in rows_under(&form) {
        // What is long is held by its head, so that its words can still be marked.
        set(&find(&row, ".module-head").unwrap_or(row), "draggable", "true");
    }
    let order = Rc::new(Order { form, held: RefCell::default() });
    let taking = order.clone();
    listen(&order.form, "dragstart", move |event: DragEvent| taking.take(&event));
    let moving = order.clone();
    listen(&order.form, "dragover", move |event: DragEvent| moving.moved(&event));
    let dropping = order.clone();
    listen(&order.form, "drop", move |event: DragEvent| dropping.dropped(&event));
    let letting = order.clone();
    listen(&order.form, "dragend", move |_: DragEvent| letting.let_go());
    let pressing = order.clone();
    listen(&order.form, "keydown", move |event: KeyboardEvent| pressing.pressed(&event));
    set(&order.form, "data-hydrated", "true");
    stay_with_the_moved();
}

/// After a move the keyboard stands on the row that the address names.
fn stay_with_the_moved() {
    let hash = window().location().hash().unwrap_or_default();
    let Some(row) = hash.strip_prefix('#').and_then(|id| document().get_element_by_id(id)) else { return };
    if row.has_attribute("data-place")
        && let Some(link) = find::<HtmlElement>(&row, "a")
        && link.focus().is_err()
    {
        set(&link, "tabindex", "0");
    }
}

fn rows_under(root: &Element) -> Vec<Element> {
    let found = root.query_selector_all("[data-place]").expect("the selector is ours");
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// The rows of this list alone.
fn rows(list: &Element) -> Vec<Element> {
    let children = list.children();
    let rows = (0..children.length()).filter_map(|at| children.item(at));
    rows.filter(|child| child.has_attribute("data-place")).collect()
}

fn list_of(row: &Element) -> Option<Element> {
    row.parent_element().filter(|list| list.has_attribute("data-order"))
}

fn closest(event: &web_sys::Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

impl Order {
    fn take(&self, event: &DragEvent) {
        let Some(row) = closest(event, "[data-place]") else { return };
        if let Some(carried) = event.data_transfer() {
            carried.set_effect_allowed("move");
        }
        set(&row, "data-held", "true");
        self.held.replace(Some(row));
    }

    /// The gap under the pointer, in a list of what is held.
    fn gap(&self, event: &DragEvent) -> Option<Gap> {
        let held = self.held.borrow();
        let kind = list_of(held.as_ref()?)?.get_attribute("data-order");
        let mut list = closest(event, "[data-order]")?;
        while list.get_attribute("data-order") != kind {
            list = list.parent_element()?.closest("[data-order]").ok()??;
        }
        let y = f64::from(event.client_y());
        let before = rows(&list).into_iter().find(|row| {
            let area = row.get_bounding_client_rect();
            y < area.top() + area.height() / 2.0
        });
        Some(Gap { list, before })
    }

    fn moved(&self, event: &DragEvent) {
        self.unmark();
        let Some(Gap { list, before }) = self.gap(event) else { return };
        event.prevent_default();
        match before.or_else(|| rows(&list).pop().inspect(|last| set(last, "data-drop", "after"))) {
            Some(row) if !row.has_attribute("data-drop") => set(&row, "data-drop", "before"),
            Some(_) => {}
            None => set(&list, "data-drop", "in"),
        }
    }

    fn dropped(&self, event: &DragEvent) {
        let gap = self.gap(event);
        let held = self.held.borrow().clone();
        self.let_go();
        let (Some(Gap { list, before }), Some(held)) = (gap, held) else { return };
        event.prevent_default();
        let others: Vec<Element> = rows(&list).into_iter().filter(|row| *row != held).collect();
        if before.as_ref() == Some(&held) {
            return;
        }
        let place = before.and_then(|before| others.iter().position(|row| *row == before)).unwrap_or(others.len());
        let same_list = list_of(&held).as_ref() == Some(&list);
        if !same_list || rows(&list).iter().position(|row| *row == held) != Some(place) {
            self.place(&held, &list, place);
        }
    }

    fn let_go(&self) {
        self.unmark();
        if let Some(row) = self.held.take() {
            row.remove_attribute("data-held").expect("the name is ours");
        }
    }

    fn unmark(&self) {
        let marked = self.form.query_selector_all("[data-drop]").expect("the selector is ours");
        for row in (0..marked.length()).filter_map(|at| marked.get(at)?.dyn_into::<Element>().ok()) {
            row.remove_attribute("data-drop").expect("the name is ours");
        }
    }

    fn pressed(&self, event: &KeyboardEvent) {
        if !event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let (Some(row), up) = (closest(event, "[data-place]"), event.key() == "ArrowUp") else { return };
        if !up && event.key() != "ArrowDown" {
            return;
        }
        event.prevent_default();
        let Some(list) = list_of(&row) else { return };
        let rows = rows(&list);
        let Some(at) = rows.iter().position(|one| *one == row) else { return };
        let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < rows.len()) };
        if let Some(to) = to {
            self.place(&row, &list, to);
        }
    }

    /// Presses a button that gives `row` this place, the first being 0.
    fn place(&self, row: &Element, list: &Element, place: usize) {
        if let Some(module) = list.get_attribute("data-module") {
            let field = element("input", "");
            for (name, value) in [("type", "hidden"), ("name", "module"), ("value", module.as_str())] {
                set(&field, name, value);
            }
            append(&self.form, &field);
        }
        let button: HtmlButtonElement = element("button", "visually-hidden").unchecked_into();
        set(&button, "formaction", &row.get_attribute("data-place").unwrap_or_default());
        button.set_name("place");
        button.set_value(&(place + 1).to_string());
        append(&self.form, &button);
        button.click();
    }
}
