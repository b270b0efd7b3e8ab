//! The gradebook by keyboard: arrow keys go from cell to cell, F2 opens a row for changes in the column where one stands.

use crate::dom::{find, listen};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlElement, HtmlInputElement, HtmlTableCellElement, HtmlTableElement, HtmlTableRowElement, KeyboardEvent,
    Storage,
};

/// Under which the tab remembers the column while a row is opened and saved.
const COLUMN: &str = "gradebook-column";
/// What takes the keyboard in a cell.
const STOP: &str = "a[href], input:not([type=hidden]), button";

/// Enhances the table, if the page has one.
pub(crate) fn start() {
    let page: Element = document().document_element().expect("a page has a root");
    let Some(table) = find::<HtmlTableElement>(&page, ".gradebook table") else { return };
    if let Some(keys) = find::<HtmlElement>(&page, ".gradebook-keys") {
        keys.set_hidden(false);
    }
    stay_in_the_column(&page);
    let cells = table.clone();
    listen(&table, "keydown", move |event: KeyboardEvent| pressed(&cells, &event));
}

/// The row that was opened or saved, in the column where somebody stood.
fn stay_in_the_column(page: &Element) {
    let Some(column) = storage().and_then(|storage| storage.get_item(COLUMN).ok().flatten()) else { return };
    let hash = window().location().hash().unwrap_or_default();
    let opened = find::<Element>(page, ".gradebook-input").and_then(|input| input.closest("tr").ok().flatten());
    let saved = || hash.strip_prefix('#').and_then(|id| document().get_element_by_id(id));
    let Some(row) = opened.or_else(saved).and_then(|row| row.dyn_into::<HtmlTableRowElement>().ok()) else { return };
    if let Some(column) = column.parse().ok()
        && let Some(stop) = stop(&row, column)
    {
        stand_on(&stop);
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn pressed(table: &HtmlTableElement, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() || event.is_composing() {
        return;
    }
    let Some(here) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let Some(cell) = here.closest("td, th").ok().flatten() else { return };
    let column = cell.unchecked_ref::<HtmlTableCellElement>().cell_index();
    let Some(row) = cell.parent_element().and_then(|row| row.dyn_into::<HtmlTableRowElement>().ok()) else { return };
    let towards = match event.key().as_str() {
        "ArrowUp" => (-1, 0),
        "ArrowDown" => (1, 0),
        "ArrowLeft" if caret(&here).is_none_or(|caret| caret.at_start) => (0, -1),
        "ArrowRight" if caret(&here).is_none_or(|caret| caret.at_end) => (0, 1),
        "F2" => {
            event.prevent_default();
            return open(&row, column);
        }
        _ => return,
    };
    if let Some(next) = next_stop(table, (row.row_index(), column), towards) {
        event.prevent_default();
        stand_on(&next);
    }
}

/// Which ways lead out of a field.
struct Caret {
    at_start: bool,
    at_end: bool,
}

/// The caret of a field. With all of it marked, as it is on arrival, both ways lead out.
fn caret(here: &HtmlElement) -> Option<Caret> {
    let field = here.dyn_ref::<HtmlInputElement>()?;
    let length = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let (start, end) = (field.selection_start().ok()??, field.selection_end().ok()??);
    let whole = start == 0 && end == length;
    Some(Caret { at_start: whole || end == 0, at_end: whole || start == length })
}

/// The next cell in a direction that takes the keyboard.
fn next_stop(table: &HtmlTableElement, (row, column): (i32, i32), towards: (i32, i32)) -> Option<HtmlElement> {
    let rows = table.rows();
    let (mut row, mut column) = (row, column);
    loop {
        (row, column) = (row + towards.0, column + towards.1);
        let there: HtmlTableRowElement = rows.item(u32::try_from(row).ok()?)?.dyn_into().ok()?;
        if column < 0 || u32::try_from(column).ok()? >= there.cells().length() {
            return None;
        }
        if let Some(stop) = stop(&there, column) {
            return Some(stop);
        }
    }
}

fn stop(row: &HtmlTableRowElement, column: i32) -> Option<HtmlElement> {
    find(&row.cells().item(u32::try_from(column).ok()?)?, STOP)
}

fn stand_on(stop: &HtmlElement) {
    if stop.focus().is_ok()
        && let Some(field) = stop.dyn_ref::<HtmlInputElement>()
    {
        field.select();
    }
}

/// Opens the row for changes, unless it is open.
fn open(row: &HtmlTableRowElement, column: i32) {
    let Some(edit) = find::<HtmlElement>(row, "a[data-edit]") else { return };
    // Without storage the row opens at its first cell.
    let _kept = storage().map(|storage| storage.set_item(COLUMN, &column.to_string()));
    edit.click();
}
