//! The body of a page: its one `<main>`, its header, and blocks within.

use super::Tone;
use leptos::prelude::*;

/// How wide a page's content may get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// One form: joining, signing in.
    Narrow,
    /// Text at reading width.
    #[default]
    Reading,
    /// Tables and pages with something beside the text.
    Wide,
}

/// The page's content; the skip link leads here.
#[component]
pub fn Main(#[prop(optional)] width: Width, children: Children) -> impl IntoView {
    let class = match width {
        Width::Narrow => "page page-narrow",
        Width::Reading => "page",
        Width::Wide => "page page-wide",
    };
    view! {
        <main id="main" tabindex="-1" class=class>
            {children()}
        </main>
    }
    .into_any()
}

/// The page's name and, beside it, what can be done here.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    /// What the name is written in, where it may be another language than the page's.
    #[prop(optional, into)]
    lang: Option<String>,
    /// One sentence under the name.
    #[prop(optional, into)]
    lead: Option<String>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="page-header">
            <div class="page-header-words">
                <h1 lang=lang>{title}</h1>
                {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            </div>
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

/// One object on its own sheet of paper.
#[component]
pub fn Card(
    /// How urgent it is, where it is: an edge of that colour.
    #[prop(optional)]
    tone: Option<Tone>,
    children: Children,
) -> impl IntoView {
    let class = tone.map_or_else(|| "card".to_owned(), |tone| format!("card card-toned {}", tone.class()));
    view! { <section class=class>{children()}</section> }.into_any()
}

/// What to do next: the one card of a page that stands out. `children` is what is said about it and the button.
#[component]
pub fn NextCard(
    /// Stands over the title.
    #[prop(into)]
    label: String,
    #[prop(into)] title: String,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card card-next">
            <p class="lead">{label}</p>
            <h2>{title}</h2>
            {children()}
        </section>
    }
    .into_any()
}

/// A stretch of the page under a heading of its own.
#[component]
pub fn Section(
    #[prop(into)] title: String,
    /// For links to it.
    #[prop(optional)]
    id: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section" id=id>
            <h2>{title}</h2>
            {children()}
        </section>
    }
    .into_any()
}

/// Two parts that lie side by side where there is room, the `aside` after the rest on a phone.
#[component]
pub fn WithAside(
    aside: AnyView,
    /// What the aside is, read out.
    #[prop(into)]
    label: String,
    /// Words of a link to the aside, shown where it lies below the rest.
    #[prop(optional, into)]
    jump: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="with-aside">
            <div>
                {jump
                    .map(|words| {
                        view! {
                            <a class="button button-secondary jump" href="#aside">
                                {words}
                            </a>
                        }
                    })} {children()}
            </div>
            <aside class="aside" id="aside" tabindex="-1" aria-label=label>
                {aside}
            </aside>
        </div>
    }
    .into_any()
}

/// The content of a page that is wide only so that its tabs stand where those of its neighbours do: as wide as text is
/// read.
#[component]
pub fn Column(children: Children) -> impl IntoView {
    view! { <div class="column">{children()}</div> }.into_any()
}

/// Text and forms on a wide page, no wider than they are read.
#[component]
pub fn Measure(children: Children) -> impl IntoView {
    view! { <div class="measure">{children()}</div> }.into_any()
}

/// Terms and what they stand for.
#[component]
pub fn DefinitionList(
    items: Vec<(String, String)>,
    /// They stand for numbers, which take less room than the terms.
    #[prop(optional)]
    counts: bool,
) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|(term, meaning)| {
            view! {
                <div>
                    <dt>{term}</dt>
                    <dd>{meaning}</dd>
                </div>
            }
        })
        .collect_view();
    let class = if counts { "definitions counts" } else { "definitions" };
    view! { <dl class=class>{items}</dl> }.into_any()
}

/// Lesson text: HTML that was rendered from Markdown and sanitised on the server.
#[component]
pub fn Prose(
    /// Must have been sanitised: it goes into the page as it is.
    #[prop(into)]
    sanitised_html: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=sanitised_html></div> }.into_any()
}

/// A list of rows that each lead somewhere.
#[component]
pub fn LinkList(children: Children) -> impl IntoView {
    view! { <ul class="link-list">{children()}</ul> }.into_any()
}

/// One row of a [`LinkList`]: the link, a line under it, and what stands at its end (a state).
#[component]
pub fn LinkRow(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(optional_no_strip, into)] detail: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class="link-row">
            <div class="link-row-words">
                <a href=href>{title}</a>
                {detail.map(|detail| view! { <p class="link-row-detail">{detail}</p> })}
            </div>
            {children.map(|children| view! { <div class="link-row-end">{children()}</div> })}
        </li>
    }
    .into_any()
}
