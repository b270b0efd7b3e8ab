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
    children: Children,
) -> impl IntoView {
    let label = caption.clone();
    let headings = headings.into_iter().map(|heading| view! { <th scope="col">{heading}</th> }).collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=label>
            <table class="table">
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
