//! The pieces of which a page has hundreds, written as text: rows of long lists and cells of large tables. A view that
//! is built costs some microseconds for each of its elements, which is nothing for a page and most of the time for a
//! gradebook (docs/decisions/0017). maud escapes what is put in, as Leptos does. A test holds each piece against its
//! component.

use super::time::Now;
use crate::web::Words;
use chrono::{DateTime, SecondsFormat, Utc};
use helper_ui::ui::{IconName, Tone};
use leptos::prelude::*;
use maud::{Markup, PreEscaped, html};

/// `helper_ui::ui::LinkList` around written rows.
#[component]
pub fn WrittenList(rows: Markup) -> impl IntoView {
    view! { <ul class="link-list" inner_html=rows.into_string()></ul> }.into_any()
}

/// `helper_ui::ui::LinkRow`.
pub fn link_row(href: &str, title: &str, detail: Option<&str>, end: Markup) -> Markup {
    html! {
        li.link-row {
            div.link-row-words {
                a href=(href) { (title) }
                @if let Some(detail) = detail { p.link-row-detail { (detail) } }
            }
            div.link-row-end { (end) }
        }
    }
}

/// `helper_ui::ui::StatusWord`.
pub fn status_word(word: &str, tone: Tone, icon: IconName) -> Markup {
    html! { span class={ "status " (tone.class()) } { (drawing(icon)) (word) } }
}

/// `helper_ui::ui::Icon`.
fn drawing(name: IconName) -> Markup {
    html! {
        svg.icon viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" {
            (PreEscaped(name.shapes()))
        }
    }
}

/// [`super::time::Since`].
pub fn since(then: DateTime<Utc>, now: Now, words: Words) -> Markup {
    html! { time datetime=(then.to_rfc3339_opts(SecondsFormat::Secs, true)) { (now.since(then, words)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ui::time::Since, web::Lang};
    use helper_ui::ui::{LinkRow, StatusWord};

    const NASTY: &str = "<b> & \"Otter\" 'x'";

    fn built(view: impl IntoView) -> String {
        view.into_any().to_html().replace("<!>", "")
    }

    #[test]
    fn what_is_written_is_what_is_built() {
        let (word, tone, icon) = (NASTY.to_owned(), Tone::Success, IconName::Done);
        let row = link_row(NASTY, NASTY, Some(NASTY), status_word(NASTY, tone, icon)).into_string();
        let component = built(view! {
            <LinkRow href=NASTY title=NASTY detail=Some(NASTY.to_owned())>
                <StatusWord word tone icon />
            </LinkRow>
        });
        assert_eq!(in_one_way(&row), in_one_way(&component));
        let now = Now { now: DateTime::UNIX_EPOCH, zone: chrono_tz::UTC };
        let (then, words) = (DateTime::UNIX_EPOCH, Words(Lang::English));
        assert_eq!(since(then, now, words).into_string(), built(view! { <Since then now words /> }));
    }

    /// Both write the same document, but not in the same letters: in which order the attributes stand, and whether a
    /// quote in a text is escaped too, does not matter.
    fn in_one_way(html: &str) -> Vec<String> {
        let tags = html.split('<').skip(1).map(|part| {
            let (tag, text) = part.split_once('>').expect("a tag ends");
            let mut attributes: Vec<&str> = tag.split_inclusive("\" ").map(str::trim).collect();
            if let Some((name, first)) = attributes[0].split_once(' ') {
                attributes.splice(0..1, [name, first]);
            }
            attributes[1..].sort_unstable();
            format!("{} {}", attributes.join(" "), text.replace("&quot;", "\""))
        });
        tags.collect()
    }
}
