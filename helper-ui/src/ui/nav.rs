//! Ways around: the bar on top, breadcrumbs, tabs, the foot of the page. All of them are links.

use super::{Icon, IconName, Wordmark};
use leptos::prelude::*;

/// One link of a bar or a row of tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavLink {
    pub href: String,
    pub label: String,
    /// This is the page one is on.
    pub current: bool,
}

impl NavLink {
    pub fn new(href: impl Into<String>, label: impl Into<String>, current: bool) -> Self {
        Self { href: href.into(), label: label.into(), current }
    }
}

/// The bar on top of every page, in the class's colour: the wordmark, where one is, and what `children`
/// put at its end (a name, a sign-out form).
#[component]
pub fn TopBar(
    /// Where the wordmark leads.
    #[prop(into)]
    home: String,
    /// What is read out for the bar's links.
    #[prop(into)]
    label: String,
    #[prop(optional)] links: Vec<NavLink>,
    /// The class or place one is in.
    #[prop(optional_no_strip, into)]
    place: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            <div class="top-bar-inner">
                <a class="top-bar-home" href=home>
                    <Wordmark />
                </a>
                {place.map(|place| view! { <span class="top-bar-place">{place}</span> })}
                {(!links.is_empty())
                    .then(|| {
                        view! {
                            <nav class="top-bar-links" aria-label=label>
                                {link_list(links)}
                            </nav>
                        }
                    })}
                {children.map(|children| view! { <div class="top-bar-end">{children()}</div> })}
            </div>
        </header>
    }
    .into_any()
}

/// The parts of one place, each with an address of its own.
#[component]
pub fn Tabs(#[prop(into)] label: String, links: Vec<NavLink>) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {link_list(links)}
        </nav>
    }
    .into_any()
}

fn link_list(links: Vec<NavLink>) -> impl IntoView {
    let items = links
        .into_iter()
        .map(|link| {
            view! {
                <li>
                    <a href=link.href aria-current=link.current.then_some("page")>
                        {link.label}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{items}</ul> }.into_any()
}

/// The way up from this page; the last step is the page itself and no link.
#[component]
pub fn Breadcrumbs(
    #[prop(into)] label: String,
    /// The places above, outermost first.
    above: Vec<NavLink>,
    #[prop(into)] here: String,
    /// What that is written in, where it may be another language than the page's.
    #[prop(optional, into)]
    lang: Option<String>,
) -> impl IntoView {
    let items = above
        .into_iter()
        .map(|link| {
            view! {
                <li>
                    <a href=link.href>{link.label}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="crumbs" aria-label=label>
            <ol>
                {items} <li>
                    <span aria-current="page" lang=lang>
                        {here}
                    </span>
                </li>
            </ol>
        </nav>
    }
    .into_any()
}

/// A link back to the place above, for pages that have only one.
#[component]
pub fn BackLink(#[prop(into)] href: String, children: Children) -> impl IntoView {
    view! {
        <a class="back-link" href=href>
            <Icon name=IconName::Back />
            {children()}
        </a>
    }
    .into_any()
}

/// The foot of the page.
#[component]
pub fn Footer(children: Children) -> impl IntoView {
    view! {
        <footer class="footer">
            <div class="footer-inner">{children()}</div>
        </footer>
    }
    .into_any()
}
