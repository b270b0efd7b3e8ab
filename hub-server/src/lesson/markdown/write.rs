//! Writes blocks as events ready for HTML: anchors, formulas, boxes, links that lead where they should.

use super::{
    super::highlight,
    Heading, Passage, Rendered, Rendering,
    blocks::{Block, note_name},
    html::{self, Piece as Html},
    text::{plain, slug},
};
use crate::course::pack::is_relative;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use server_kit::math::{Formulas, Piece};
use std::collections::HashSet;

/// Collects the events of a document, block by block.
pub(super) struct Writer<'a, 'r> {
    rendering: &'r Rendering<'r>,
    formulas: &'r Formulas,
    events: Vec<Event<'a>>,
    rendered: Rendered,
    heading: String,
    heading_anchors: HashSet<String>,
    blocks: usize,
    in_notes: bool,
    /// No anchors: the text shares its page with others.
    bare: bool,
}

impl<'a, 'r> Writer<'a, 'r> {
    pub(super) fn new(rendering: &'r Rendering<'r>, formulas: &'r Formulas) -> Self {
        Self {
            rendering,
            formulas,
            events: Vec::new(),
            rendered: Rendered::default(),
            heading: String::new(),
            heading_anchors: HashSet::new(),
            blocks: 0,
            in_notes: false,
            bare: false,
        }
    }

    /// A writer of short texts, several of which may stand on one page: no anchors, no passages.
    pub(super) fn bare(rendering: &'r Rendering<'r>, formulas: &'r Formulas) -> Self {
        Self { bare: true, ..Self::new(rendering, formulas) }
    }

    /// The events, and everything but the HTML.
    pub(super) fn finish(mut self) -> (Vec<Event<'a>>, Rendered) {
        if self.in_notes {
            self.html("</section>");
        }
        (self.events, self.rendered)
    }

    pub(super) fn add(&mut self, block: Block<'a>) {
        if self.bare {
            return self.add_bare(block);
        }
        let words = self.formulas.restored(&plain(block.iter()));
        match block.first() {
            Some(Event::Start(Tag::Heading { level, .. })) => self.add_heading(*level, words, block),
            Some(Event::Start(Tag::HtmlBlock) | Event::Rule) => self.inner(block),
            Some(Event::Start(Tag::Paragraph)) => {
                if self.rendered.introduction.is_empty() {
                    self.rendered.introduction.clone_from(&words);
                }
                let anchor = self.passage(words);
                self.html(format!("<p id=\"{anchor}\">"));
                self.inner(without_ends(block));
                self.html("</p>\n");
            }
            Some(Event::Start(Tag::Table(_))) => {
                let anchor = self.passage(words);
                self.html(format!("<div class=\"table-scroll\" id=\"{anchor}\" tabindex=\"0\">"));
                self.inner(block);
                self.html("</div>\n");
            }
            Some(Event::Start(Tag::FootnoteDefinition(_))) => self.add_note(words, block),
            Some(_) => {
                let anchor = self.passage(words);
                self.html(format!("<div class=\"block\" id=\"{anchor}\">"));
                self.inner(block);
                self.html("</div>\n");
            }
            None => {}
        }
    }

    fn add_bare(&mut self, block: Block<'a>) {
        match block.first() {
            Some(Event::Start(Tag::Heading { level, .. })) => {
                // Below the headings of the page and of its parts.
                let level = (*level).max(HeadingLevel::H3);
                self.events.push(Event::Start(Tag::Heading {
                    level,
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }));
                self.inner(without_ends(block));
                self.events.push(Event::End(TagEnd::Heading(level)));
            }
            Some(Event::Start(Tag::Table(_))) => {
                self.html("<div class=\"table-scroll\" tabindex=\"0\">");
                self.inner(block);
                self.html("</div>\n");
            }
            _ => self.inner(block),
        }
    }

    fn add_heading(&mut self, level: HeadingLevel, title: String, block: Block<'a>) {
        let first = self.events.is_empty();
        if first && level == HeadingLevel::H1 && title.eq_ignore_ascii_case(self.rendering.title) {
            return;
        }
        // The page's own first heading is the lesson's title.
        let level = level.max(HeadingLevel::H2);
        let anchor = self.heading_anchor(&title);
        let id = Some(CowStr::from(anchor.clone()));
        self.events.push(Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }));
        self.inner(without_ends(block));
        self.events.push(Event::End(TagEnd::Heading(level)));
        self.heading.clone_from(&title);
        self.rendered.contents.push(Heading { anchor, title });
    }

    fn add_note(&mut self, words: String, block: Block<'a>) {
        if !self.in_notes {
            self.in_notes = true;
            self.html("<section class=\"footnotes\">");
        }
        let anchor = note_anchor(note_name(&block).unwrap_or_default());
        self.rendered.passages.push(Passage { anchor, heading: String::new(), body: words });
        self.inner(block);
    }

    /// Notes a passage; returns its anchor.
    fn passage(&mut self, body: String) -> String {
        self.blocks += 1;
        let anchor = format!("p-{}", self.blocks);
        if !body.is_empty() {
            let heading = self.heading.clone();
            self.rendered.passages.push(Passage { anchor: anchor.clone(), heading, body });
        }
        anchor
    }

    fn heading_anchor(&mut self, title: &str) -> String {
        let slug = slug(title);
        let numbered = (1..).map(|n| if n == 1 { format!("h-{slug}") } else { format!("h-{slug}-{n}") });
        let anchor = numbered.into_iter().find(|anchor| !self.heading_anchors.contains(anchor)).unwrap_or_default();
        self.heading_anchors.insert(anchor.clone());
        anchor
    }

    fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::Html(html.into()));
    }

    /// What stands inside a block.
    fn inner(&mut self, block: Block<'a>) {
        let mut events = block.into_iter().peekable();
        let mut links_kept = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let code = listing(&mut events);
                    self.code(kind, self.formulas.restored(&code));
                }
                Event::Text(words) => self.words(&words),
                Event::Code(words) => self.events.push(Event::Code(self.formulas.restored(&words).into())),
                Event::Html(html) => {
                    let mut html = html.into_string();
                    // A tag may go over several lines, each an event.
                    while let Some(Event::Html(more)) = events.next_if(|event| matches!(event, Event::Html(_))) {
                        html.push_str(&more);
                    }
                    self.html_of_author(&html);
                }
                Event::InlineHtml(html) => self.html_of_author(&html),
                Event::TaskListMarker(ticked) => self.task_box(ticked),
                Event::FootnoteReference(name) => {
                    self.events.push(Event::FootnoteReference(note_anchor(&name).into()));
                }
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    self.events.push(Event::Start(Tag::FootnoteDefinition(note_anchor(&name).into())));
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let alt = alt_text(&mut events);
                    self.picture(&dest_url, &alt);
                }
                Event::Start(Tag::Link { dest_url, .. }) => links_kept.push(self.open_link(&dest_url)),
                Event::End(TagEnd::Link) => {
                    if links_kept.pop().unwrap_or_default() {
                        self.events.push(Event::End(TagEnd::Link));
                    }
                }
                other => self.events.push(other),
            }
        }
    }

    /// A listing, coloured where its language is known.
    fn code(&mut self, kind: CodeBlockKind<'a>, code: String) {
        let language = match &kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default().to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        if let Some(coloured) = highlight::highlight(&language, &code) {
            let language = escaped(&language);
            self.html(format!("<pre><code class=\"language-{language}\">{coloured}</code></pre>\n"));
        } else {
            self.events.push(Event::Start(Tag::CodeBlock(kind)));
            self.events.push(Event::Text(code.into()));
            self.events.push(Event::End(TagEnd::CodeBlock));
        }
    }

    fn words(&mut self, words: &str) {
        for piece in self.formulas.pieces(words) {
            match piece {
                Piece::Words(words) => self.events.push(Event::Text(words.to_owned().into())),
                Piece::Formula(formula) => self.events.push(match formula.mathml() {
                    Some(mathml) => Event::InlineHtml(mathml.into()),
                    None => Event::Code(formula.source().into()),
                }),
            }
        }
    }

    fn task_box(&mut self, ticked: bool) {
        let (open, done) = self.rendering.box_words;
        let (label, checked) = if ticked { (done, " checked") } else { (open, "") };
        self.html(format!("<input type=\"checkbox\" aria-label=\"{}\"{checked}> ", escaped(label)));
    }

    /// HTML as its author wrote it, with its pictures and links led where those of Markdown are led.
    fn html_of_author(&mut self, html: &str) {
        let html = self.formulas.restored(html);
        for (_, piece) in html::pieces(&html) {
            match piece {
                Html::Raw(raw) => self.events.push(Event::InlineHtml(raw.to_owned().into())),
                Html::Shown { source, words } if is_relative(&source) || source.starts_with("/files/") => {
                    self.picture(&source, &words);
                }
                // The page asks no other site for anything.
                Html::Shown { words, .. } => self.words(&words),
                // The end of a link that was not begun says nothing.
                Html::Link { destination } => drop(self.open_link(&destination)),
                Html::Frame { .. } => {}
            }
        }
    }

    /// Starts a link; false where it leads nowhere and only its words stay.
    fn open_link(&mut self, destination: &str) -> bool {
        let destination = self.formulas.restored(destination);
        let address = if is_relative(&destination) {
            (self.rendering.target)(&destination).map(|target| target.address)
        } else if let Some(heading) = destination.strip_prefix('#') {
            (!self.bare).then(|| format!("#h-{heading}"))
        } else {
            Some(destination)
        };
        let Some(address) = address else { return false };
        self.events.push(link_to(address));
        true
    }

    fn picture(&mut self, destination: &str, alt: &str) {
        let target = is_relative(destination).then(|| (self.rendering.target)(destination)).flatten();
        if let Some(target) = target {
            self.events.push(Event::InlineHtml(shown(&target.address, alt, target.size).into()));
        } else if destination.starts_with("/files/") {
            self.events.push(Event::InlineHtml(shown(destination, alt, None).into()));
        } else if destination.starts_with("https://") || destination.starts_with("http://") {
            // The page asks no other site for anything; who wants the picture follows the link.
            self.events.push(link_to(destination.to_owned()));
            self.words(if alt.is_empty() { destination } else { alt });
            self.events.push(Event::End(TagEnd::Link));
        } else {
            self.words(alt);
        }
    }
}

/// What a page shows of a file: a player for films and sounds, a picture for all others.
fn shown(address: &str, alt: &str, size: Option<(u32, u32)>) -> String {
    let ending = address.rsplit('.').next().map(str::to_ascii_lowercase);
    let player = match ending.as_deref() {
        Some("mp4" | "m4v" | "webm") => "video",
        Some("mp3" | "wav" | "ogg") => "audio",
        _ => {
            let size = size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
            let (address, alt, size) = (escaped(address), escaped(alt), size.unwrap_or_default());
            return format!("<img src=\"{address}\" alt=\"{alt}\"{size} loading=\"lazy\">");
        }
    };
    let name = if alt.is_empty() { address.rsplit('/').next().unwrap_or_default() } else { alt };
    let (address, name) = (escaped(address), escaped(name));
    format!(
        "<{player} controls preload=\"metadata\" src=\"{address}\" aria-label=\"{name}\"><a href=\"{address}\" download>{name}</a></{player}>"
    )
}

fn link_to<'a>(address: String) -> Event<'a> {
    let nothing = || CowStr::Borrowed("");
    Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url: address.into(), title: nothing(), id: nothing() })
}

fn note_anchor(name: &str) -> String {
    format!("fn-{}", slug(name))
}

/// The events between a block's start and its end.
fn without_ends(mut block: Block<'_>) -> Block<'_> {
    block.pop();
    block.drain(..1);
    block
}

/// Takes the events up to the end of a listing; returns its text.
fn listing<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let inside = events.take_while(|event| !matches!(event, Event::End(TagEnd::CodeBlock)));
    inside.filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None }).collect()
}

/// Takes the events up to the end of a picture; returns their words.
fn alt_text<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let mut depth = 0_usize;
    let inside = events.take_while(|event| {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) if depth == 0 => return false,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        true
    });
    plain(inside)
}

/// Text as HTML, in an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
