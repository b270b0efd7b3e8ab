//! A document as its top-level blocks, and the cut that leaves the student's.

use super::{
    super::teacher_only::{is_teacher_only, is_teacher_s_summary},
    text::plain,
};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::collections::HashSet;

/// How far a `<summary>` is read, in blocks and in characters.
const MAX_SUMMARY_BLOCKS: usize = 8;
const MAX_SUMMARY: usize = 400;

/// The events of one top-level block.
pub(super) type Block<'a> = Vec<Event<'a>>;

/// Cuts a document into its top-level blocks.
pub(super) fn blocks<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Block<'a>> {
    let (mut blocks, mut block, mut depth) = (Vec::new(), Vec::new(), 0_usize);
    for event in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        block.push(event);
        if depth == 0 {
            blocks.push(std::mem::take(&mut block));
        }
    }
    blocks
}

/// What students may see: without teacher-only sections, and with the footnotes that what is left refers to.
pub(super) fn student_part(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let (notes, text): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|block| note_name(block).is_some());
    let mut cutting: Option<HeadingLevel> = None;
    let mut kept: Vec<Block<'_>> = Vec::new();
    let mut folded = Folded::default();
    for (block, summaries) in text_with_summaries(text) {
        if folded.cuts(&block, &summaries, &mut kept) {
            continue;
        }
        let is_heading = matches!(block.first(), Some(Event::Start(Tag::Heading { .. })));
        let headings = headings(&block);
        if let Some((level, _)) = headings.first()
            && cutting.is_some_and(|cut| *level <= cut)
        {
            cutting = None;
        }
        let teacher_s = headings.iter().find(|(level, title)| is_teacher_only(*level, title));
        if let Some((level, _)) = teacher_s {
            // A heading inside a quote or a list opens no section of the document: only its block goes.
            if is_heading || holds_html(&block) {
                cutting = Some(cutting.map_or(*level, |cut| cut.min(*level)));
            }
            continue;
        }
        if cutting.is_none() {
            kept.push(block);
        }
    }
    let referred: HashSet<String> = kept.iter().flatten().filter_map(reference_name).collect();
    let kept_note = |note: &Block<'_>| {
        let teacher_s = headings(note).iter().any(|(level, title)| is_teacher_only(*level, title));
        !teacher_s && note_name(note).is_some_and(|name| referred.contains(name))
    };
    kept.extend(notes.into_iter().filter(kept_note));
    kept
}

/// What [`student_part`] leaves out, with the footnotes that it refers to.
pub(super) fn teacher_part(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut students = student_part(blocks.clone()).into_iter().peekable();
    let (notes, text): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|block| note_name(block).is_some());
    // What students see stands in the same order.
    let mut cut: Vec<_> = text.into_iter().filter(|block| students.next_if_eq(block).is_none()).collect();
    let referred: HashSet<String> = cut.iter().flatten().filter_map(reference_name).collect();
    cut.extend(notes.into_iter().filter(|note| note_name(note).is_some_and(|name| referred.contains(name))));
    cut
}

/// The cut through a teacher's `<details>`, which may reach over many blocks.
#[derive(Default)]
struct Folded {
    /// How many `<details>` are open, the teacher's own counted.
    open: usize,
}

impl Folded {
    /// Whether the block lies in a teacher's `<details>`. Where one begins without its opening tag, that one stands at
    /// the end of `kept` and goes too, or the rest of the lesson would be folded away.
    fn cuts(&mut self, block: &Block<'_>, summaries: &[String], kept: &mut Vec<Block<'_>>) -> bool {
        let html = if holds_html(block) { as_html(block).to_ascii_lowercase() } else { String::new() };
        if self.open > 0 {
            self.open = still_open(&html, self.open);
            return true;
        }
        let Some(teacher_s) = summaries.iter().position(|summary| is_teacher_s_summary(summary)) else { return false };
        let summary = html.match_indices("<summary").nth(teacher_s).map_or(0, |(at, _)| at);
        let start = html[..summary].rfind("<details");
        if start.is_none() && kept.last().is_some_and(|last| still_open(&as_html(last).to_ascii_lowercase(), 0) > 0) {
            kept.pop();
        }
        self.open = start.map_or_else(|| still_open(&html, 1), |start| still_open(&html[start..], 0));
        true
    }
}

/// How many `<details>` are open after `html`, where `open` were before it.
fn still_open(html: &str, open: usize) -> usize {
    html.match_indices(['<']).fold(open, |open, (at, _)| match &html[at..] {
        tag if tag.starts_with("<details") => open + 1,
        tag if tag.starts_with("</details") => open.saturating_sub(1),
        _ => open,
    })
}

/// Every block with the words of its `<summary>`s, which may end blocks later.
fn text_with_summaries(text: Vec<Block<'_>>) -> Vec<(Block<'_>, Vec<String>)> {
    let summaries = |index: usize| {
        let mut html = as_html(&text[index]);
        let mut following = text[index + 1..].iter().take(MAX_SUMMARY_BLOCKS);
        while html.to_ascii_lowercase().rsplit_once("<summary").is_some_and(|(_, last)| !last.contains("</summary"))
            && let Some(next) = following.next()
        {
            html.push(' ');
            html.push_str(&as_html(next));
        }
        summaries_in(&html)
    };
    let opens = |block: &Block<'_>| holds_html(block) && as_html(block).to_ascii_lowercase().contains("<summary");
    let all: Vec<_> = text
        .iter()
        .enumerate()
        .map(|(index, block)| if opens(block) { summaries(index) } else { Vec::new() })
        .collect();
    text.into_iter().zip(all).collect()
}

/// The first words in every `<summary>`: they tell whose it is.
fn summaries_in(html: &str) -> Vec<String> {
    let lower = html.to_ascii_lowercase();
    let inside = lower.match_indices("<summary").filter_map(|(at, _)| {
        let start = at + lower[at..].find('>')? + 1;
        let words: String = html[start..].chars().take(MAX_SUMMARY).collect();
        let end = words.to_ascii_lowercase().find("</summary").unwrap_or(words.len());
        Some(without_tags(&words[..end]).replace("&nbsp;", " "))
    });
    inside.collect()
}

/// The name of the footnote that a block defines.
pub(super) fn note_name<'b>(block: &'b Block<'_>) -> Option<&'b str> {
    match block.first() {
        Some(Event::Start(Tag::FootnoteDefinition(name))) => Some(name),
        _ => None,
    }
}

fn reference_name(event: &Event<'_>) -> Option<String> {
    match event {
        Event::FootnoteReference(name) => Some(name.to_string()),
        _ => None,
    }
}

fn holds_html(block: &Block<'_>) -> bool {
    block.iter().any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
}

/// Every heading in a block, whether written as Markdown or as HTML.
fn headings(block: &Block<'_>) -> Vec<(HeadingLevel, String)> {
    let mut headings = Vec::new();
    for (index, event) in block.iter().enumerate() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let inside = block[index..].iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
            headings.push((*level, plain(inside)));
        }
    }
    if holds_html(block) {
        headings.extend(html_headings(&as_html(block)));
    }
    headings
}

/// A block's HTML as it was written, its words between.
fn as_html(block: &Block<'_>) -> String {
    let mut html = String::new();
    for event in block {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => html.push_str(raw),
            Event::Text(words) | Event::Code(words) => html.push_str(&words.replace('<', " ")),
            Event::SoftBreak | Event::HardBreak => html.push(' '),
            _ => {}
        }
    }
    html
}

fn html_headings(html: &str) -> Vec<(HeadingLevel, String)> {
    let lower = html.to_ascii_lowercase();
    let mut headings = Vec::new();
    for (at, _) in lower.match_indices("<h") {
        let level = lower[at + 2..].chars().next().and_then(|digit| digit.to_digit(10));
        let Some(level) = level.and_then(|level| HeadingLevel::try_from(level as usize).ok()) else { continue };
        let Some((_, inside)) = html[at..].split_once('>') else { continue };
        let end = inside.to_ascii_lowercase().find("</h").unwrap_or(inside.len());
        headings.push((level, without_tags(&inside[..end])));
    }
    headings
}

fn without_tags(html: &str) -> String {
    let mut inside = false;
    html.chars()
        .filter(|c| {
            inside = *c == '<' || inside && *c != '>';
            !inside && *c != '>'
        })
        .collect()
}
