//! A comparison as a table: numbers, a word for what became of each line, and the line.

use crate::{
    lesson::editor::compare::{Change, Line},
    t,
    web::Words,
};
use leptos::prelude::*;

/// Every place where two texts differ.
#[component]
pub fn Differences(#[prop(into)] caption: String, places: Vec<Vec<Line>>, words: Words) -> impl IntoView {
    if places.is_empty() {
        return view! { <p>{t!(words, "history-no-difference")}</p> }.into_any();
    }
    let label = caption.clone();
    let headings = [
        t!(words, "history-old-line"),
        t!(words, "history-new-line"),
        t!(words, "history-change"),
        t!(words, "history-text"),
    ]
    .map(|heading| view! { <th scope="col">{heading}</th> });
    let bodies = places.into_iter().map(|place| view! { <tbody>{rows(place, words)}</tbody> }).collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=label>
            <table class="table differences">
                <caption>{caption}</caption>
                <thead>
                    <tr>{headings.into_iter().collect_view()}</tr>
                </thead>
                {bodies}
            </table>
        </div>
    }
    .into_any()
}

fn rows(place: Vec<Line>, words: Words) -> AnyView {
    place
        .into_iter()
        .map(|line| {
            let (class, word, sign) = match line.change {
                Change::Same => ("line-same", "", " "),
                Change::Removed => ("line-removed", t!(words, "history-removed"), "−"),
                Change::Added => ("line-added", t!(words, "history-added"), "+"),
            };
            let number = |number: Option<usize>| number.map(|number| number.to_string());
            view! {
                <tr class=class>
                    <td class="number">{number(line.old)}</td>
                    <td class="number">{number(line.new)}</td>
                    <td class="line-word">
                        <span aria-hidden="true">{sign}</span>
                        " "
                        <span>{word}</span>
                    </td>
                    <td>
                        <code>{line.text}</code>
                    </td>
                </tr>
            }
        })
        .collect_view()
        .into_any()
}
