//! Tables: a caption, column headings, rows; wider than the screen they scroll by themselves.

use leptos::prelude::*;

/// A table. `children` are its `<tr>`s.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    headings: Vec<String>,
    /// Shows the caption; otherwise only screen readers get it because a heading says the same.
    #[prop(optional)]
    show_caption: bool,
    /// On a phone each row is a block of its own, so that nothing of it has to be scrolled to. A cell that does not
    /// speak for itself there has its column's heading as `data-label`.
    #[prop(optional)]
    stacked: bool,
    children: Children,
) -> impl IntoView {
    let label = caption.clone();
    let class = if stacked { "table table-stacked" } else { "table" };
    let headings = headings.into_iter().map(|heading| view! { <th scope="col">{heading}</th> }).collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=label>
            <table class=class>
                <caption class=(!show_caption).then_some("visually-hidden")>{caption}</caption>
                <thead>
                    <tr>{headings}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The heading of a column by which a table can be put in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub label: String,
    /// Where the table stands in this column's order; none where it cannot.
    pub href: Option<String>,
    /// The table is in this column's order now.
    pub sorted: bool,
    /// From the newest or the most.
    pub falling: bool,
}

impl Heading {
    /// One without an order.
    pub fn plain(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None, sorted: false, falling: false }
    }
}

/// A table that can be put in order by the links of its headings. `rows` is the HTML of its `<tr>`s, every text in it
/// escaped where it was written.
#[component]
pub fn SortedTable(#[prop(into)] caption: String, headings: Vec<Heading>, rows: String) -> impl IntoView {
    let label = caption.clone();
    let headings = headings
        .into_iter()
        .map(|Heading { label, href, sorted, falling }| {
            let order = sorted.then_some(if falling { "descending" } else { "ascending" });
            let words = match href {
                Some(href) => view! { <a href=href>{label}</a> }.into_any(),
                None => label.into_any(),
            };
            view! {
                <th scope="col" aria-sort=order>
                    {words}
                </th>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=label>
            <table class="table">
                <caption>{caption}</caption>
                <thead>
                    <tr>{headings}</tr>
                </thead>
                <tbody inner_html=rows></tbody>
            </table>
        </div>
    }
    .into_any()
}
