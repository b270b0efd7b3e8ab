//! Our own mark and name: a speech bubble that is an open book.

use leptos::prelude::*;

/// The mark's shapes on a 32 × 32 grid; `style/icon.svg` draws the same.
const MARK: &str = concat!(
    r#"<path class="mark-sheet" d="M5 4h22a3 3 0 0 1 3 3v15a3 3 0 0 1-3 3H14l-7 6v-6H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3Z"/>"#,
    r#"<path class="mark-line" d="M16 11c-2.4-1.7-5.4-2.3-9-2.3v10.2c3.6 0 6.6.6 9 2.3 2.4-1.7 5.4-2.3 9-2.3V8.7c-3.6 0-6.6.6-9 2.3Zm0 0v10.2"/>"#,
);

/// Mark and name. It always stands in something that leads home, so the name is the link's text.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <span class="wordmark">
            <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" inner_html=MARK></svg>
            <span>"Class Hub"</span>
        </span>
    }
    .into_any()
}
