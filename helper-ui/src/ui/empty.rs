//! What stands where nothing is yet: a small drawing, what will be here, and the first step.

use leptos::prelude::*;

/// Which drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawing {
    /// An open book.
    #[default]
    Book,
    /// An empty row of desks.
    Desks,
    /// A signpost, for pages that are not there.
    Signpost,
    /// Someone resting, for a part that is away.
    Resting,
}

impl Drawing {
    /// Drawn on a 160 × 100 grid; `.fill` is the accent's pale tone, everything else a line.
    const fn shapes(self) -> &'static str {
        match self {
            Self::Book => concat!(
                r#"<path class="fill" d="M80 34C66 24 48 22 26 22v50c22 0 40 2 54 12Z"/>"#,
                r#"<path d="M80 34C66 24 48 22 26 22v50c22 0 40 2 54 12 14-10 32-12 54-12V22c-22 0-40 2-54 12Z"/>"#,
                r#"<path d="M80 34v50M38 34c9 .6 18 2 26 5M38 46c9 .6 18 2 26 5M96 39c8-3 17-4.4 26-5"/>"#,
            ),
            Self::Desks => concat!(
                r#"<rect class="fill" x="18" y="44" width="52" height="12" rx="4"/>"#,
                r#"<rect x="18" y="44" width="52" height="12" rx="4"/><path d="M26 56v26M62 56v26"/>"#,
                r#"<rect x="92" y="44" width="52" height="12" rx="4"/><path d="M100 56v26M136 56v26"/>"#,
                r#"<path d="M104 44V34h14v10M108 34v-6M10 82h140"/>"#,
            ),
            Self::Signpost => concat!(
                r#"<path class="fill" d="M44 22h62l14 11-14 11H44Z"/><path d="M44 22h62l14 11-14 11H44Z"/>"#,
                r#"<path d="M116 50H58L46 60l12 10h58ZM80 14v8M80 44v6M80 70v18M58 88h44"/>"#,
            ),
            Self::Resting => concat!(
                r#"<path class="fill" d="M48 80c-8-22 6-42 30-42s40 18 36 42Z"/>"#,
                r#"<path d="M48 80c-8-22 6-42 30-42s40 18 36 42ZM34 80h92"/>"#,
                r#"<path d="M64 62c3 3 7 3 10 0M84 62c3 3 7 3 10 0M114 32h10l-10 10h10M132 18h7l-7 7h7"/>"#,
            ),
        }
    }
}

/// Stands in for a list that has nothing in it, or for a whole page. `children` is the first step.
#[component]
pub fn EmptyState(
    #[prop(optional)] drawing: Drawing,
    /// Whether it is all the page has: then its title is the page's heading.
    #[prop(optional)]
    whole_page: bool,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <svg
                class="drawing"
                viewBox="0 0 160 100"
                width="160"
                height="100"
                aria-hidden="true"
                focusable="false"
                inner_html=drawing.shapes()
            ></svg>
            {if whole_page { view! { <h1>{title}</h1> }.into_any() } else { view! { <h2>{title}</h2> }.into_any() }}
            <p>{text}</p>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
    .into_any()
}
