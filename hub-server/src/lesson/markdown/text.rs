//! The plain words of a stretch of a document.

use pulldown_cmark::{Event, Tag, TagEnd};
use std::borrow::Borrow;

/// The words, with list items and table rows on lines of their own.
pub(super) fn plain<'a, 'e: 'a, E: Borrow<Event<'e>> + 'a>(events: impl Iterator<Item = E>) -> String {
    let mut text = String::new();
    for event in events {
        match event.borrow() {
            Event::Text(words) | Event::Code(words) => text.push_str(words),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak
            | Event::End(
                TagEnd::TableHead | TagEnd::TableRow | TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_),
            ) => {
                text.push('\n');
            }
            Event::Start(Tag::Item) => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str("- ");
            }
            Event::Start(Tag::TableCell) if !text.is_empty() && !text.ends_with('\n') => text.push_str(" | "),
            Event::TaskListMarker(ticked) => text.push_str(if *ticked { "[x] " } else { "[ ] " }),
            _ => {}
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// A word for an address: lower-case letters and digits, the rest dashes.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase).take(60) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "part".to_owned() } else { slug.to_owned() }
}
