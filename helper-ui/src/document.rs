//! The HTML document around every page: head, skip link, accent, and the script where the page has an island.

use crate::ui::NavLink;
use leptos::{nonce::use_nonce, prelude::*};

/// The class's colour: one of eight hues the teacher picks from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent(u8);

impl Accent {
    /// How many there are; they are numbered from 1.
    pub const COUNT: u8 = 8;

    /// The accent of that number, none where there is no such accent.
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= Self::COUNT { Some(Self(number)) } else { None }
    }

    /// Its number, 1 to [`COUNT`](Self::COUNT).
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The class on `<body>` that the stylesheet colours by.
    pub fn class(self) -> String {
        format!("accent-{}", self.0)
    }
}

/// Addresses of what a page loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAssets {
    pub css: String,
    pub icon: String,
    /// Set on pages with an island only; all others load no script.
    pub island: Option<IslandAssets>,
}

/// Addresses of the one WASM and the module that loads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IslandAssets {
    pub js: String,
    pub wasm: String,
}

/// A whole HTML document. `children` is the body: a `TopBar`, one `Main`, a `Footer`.
#[component]
pub fn Document(
    #[prop(into)] title: String,
    /// BCP 47 tag of the language the page is written in; decides the direction too.
    #[prop(into)]
    lang: String,
    /// Words of the link that skips to `Main`.
    #[prop(into)]
    skip: String,
    /// A second link that skips, to what the page is for.
    #[prop(optional_no_strip)]
    skip_more: Option<NavLink>,
    assets: PageAssets,
    #[prop(optional_no_strip)] accent: Option<Accent>,
    /// Seconds after which the page loads itself again, for pages that wait without JavaScript.
    #[prop(optional_no_strip)]
    refresh_s: Option<u32>,
    children: Children,
) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html dir=direction(&lang) lang=lang>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                {refresh_s.map(|s| view! { <meta http-equiv="refresh" content=s.to_string() /> })}
                <title inner_html=escaped(&title)></title>
                <link rel="stylesheet" href=assets.css />
                <link rel="icon" type="image/svg+xml" href=assets.icon />
                {assets.island.map(|island| view! { <IslandScript island /> })}
            </head>
            <body class=accent.map(Accent::class)>
                <a class="skip-link" href="#main">
                    {skip}
                </a>
                {skip_more
                    .map(|NavLink { href, label, .. }| {
                        view! {
                            <a class="skip-link" href=href>
                                {label}
                            </a>
                        }
                    })}
                {children()}
            </body>
        </html>
    }
}

/// A text as a title holds it. Leptos puts a marker behind text on pages with an island, and in a title everything is
/// text.
fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}

/// Loads the WASM and hydrates every island in document order. The asset addresses carry content hashes
/// from our own manifest, which `leptos::hydration::HydrationScripts` has no way to take.
#[component]
fn IslandScript(island: IslandAssets) -> impl IntoView {
    let IslandAssets { js, wasm } = island;
    let script = format!(
        "import init, * as islands from {js:?};\n\
         await init({{ module_or_path: {wasm:?} }});\n\
         islands.hydrate();\n\
         for (const el of document.querySelectorAll('leptos-island')) {{\n\
         const start = islands[el.dataset.component];\n\
         if (start) await start(el); else console.error('no such island: ' + el.dataset.component);\n\
         }}"
    );
    view! {
        <link rel="modulepreload" href=js />
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=use_nonce()>
            {script}
        </script>
    }
}

/// The writing direction of a language.
fn direction(lang: &str) -> &'static str {
    match lang.split('-').next() {
        Some("ar" | "fa" | "he" | "ps" | "ur" | "yi") => "rtl",
        _ => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(island: Option<IslandAssets>) -> PageAssets {
        PageAssets { css: "/pkg/a.css".into(), icon: "/pkg/a.svg".into(), island }
    }

    fn page(lang: &str, island: Option<IslandAssets>) -> String {
        let lang = lang.to_owned();
        Owner::new().with(|| {
            view! {
                <Document title="Lessons & more" lang skip="Skip" assets=assets(island) accent=Accent::new(3)>
                    "body"
                </Document>
            }
            .to_html()
        })
    }

    #[test]
    fn a_page_without_an_island_loads_no_script() {
        let html = page("en", None);
        assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains(r#"<body class="accent-3">"#), "{html}");
        assert!(html.contains("Lessons &amp; more"), "{html}");
    }

    #[test]
    fn a_page_with_an_island_names_its_own_assets() {
        let html = page("en", Some(IslandAssets { js: "/pkg/a.1.js".into(), wasm: "/pkg/a.2.wasm".into() }));
        assert!(html.contains(r#"from "/pkg/a.1.js""#), "{html}");
        assert!(html.contains(r#"module_or_path: "/pkg/a.2.wasm""#), "{html}");
    }

    #[test]
    fn a_title_is_its_text_and_nothing_else() {
        for island in [None, Some(IslandAssets { js: "/pkg/a.js".into(), wasm: "/pkg/a.wasm".into() })] {
            let html = page("en", island);
            assert!(html.contains("<title>Lessons &amp; more</title>"), "{html}");
        }
        assert_eq!(super::escaped("</title><script>"), "&lt;/title>&lt;script>");
    }

    #[test]
    fn the_direction_follows_the_language() {
        assert!(page("ar-EG", None).contains(r#"dir="rtl""#));
        assert!(page("es", None).contains(r#"dir="ltr""#));
    }

    #[test]
    fn accents_outside_the_eight_do_not_exist() {
        assert_eq!(Accent::new(0), None);
        assert_eq!(Accent::new(9), None);
        assert_eq!(Accent::new(8).map(Accent::class).as_deref(), Some("accent-8"));
    }
}
