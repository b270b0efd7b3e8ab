//! Two states of one thing, side by side: what somebody saved meanwhile, and what stands in the form below.

use crate::{t, web::Words};
use helper_ui::ui::{Actions, Notice, Table, Tone};
use leptos::prelude::*;

/// What one field says in both.
#[derive(Clone, Debug)]
pub struct Compared {
    pub field: String,
    pub mine: String,
    pub theirs: String,
}

impl Compared {
    /// Whether it says the same in both.
    pub fn is_same(&self) -> bool {
        self.mine == self.theirs
    }
}

/// Both, field by field, under what is told of it; the children are the ways on.
#[component]
pub fn Conflict(
    /// Who saved what, and when.
    told: String,
    /// What the table is called.
    caption: &'static str,
    fields: Vec<Compared>,
    /// Who saved meanwhile.
    by: String,
    words: Words,
    children: Children,
) -> impl IntoView {
    // Where only what differs is shown, it need not be said at each.
    let some_same = fields.iter().any(Compared::is_same);
    let rows = fields
        .into_iter()
        .map(|one| {
            let differs =
                (some_same && !one.is_same()).then(|| view! { <strong>{t!(words, "conflict-differs")}</strong> });
            view! {
                <tr>
                    <th scope="row">{one.field} " " {differs}</th>
                    <td class="conflict-text">{one.mine}</td>
                    <td class="conflict-text">{one.theirs}</td>
                </tr>
            }
        })
        .collect_view();
    let headings = vec![
        t!(words, "conflict-field").to_owned(),
        t!(words, "conflict-mine").to_owned(),
        t!(words, "conflict-theirs", by = by),
    ];
    view! {
        <Notice tone=Tone::Warning word=t!(words, "answer-overtaken-word") announce=true>
            {told}
        </Notice>
        <Table caption headings show_caption=true>
            {rows}
        </Table>
        <Actions>{children()}</Actions>
    }
    .into_any()
}
