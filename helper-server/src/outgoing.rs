//! Answers on their way out: Markdown becomes HTML that is safe to show, block by block as blocks finish.
//!
//! Formulas become MathML. HTML typed by a model is shown as text, images are left out (they would be fetched from
//! elsewhere), and what remains is sanitised again.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use server_kit::math::{self, Formulas, Piece};
use shared_types::turn::TurnEvent;
use std::{collections::HashSet, sync::LazyLock};

/// Which part of a growing text has been rendered.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    rendered: usize,
}

impl Blocks {
    /// Blocks that have finished since the last call: all but the last, which may still grow.
    /// `text` is all of the text, of which only the end may have changed.
    pub fn finished(&mut self, text: &str) -> Vec<TurnEvent> {
        let from = self.rendered;
        let starts = block_starts(&text[from..]);
        self.render(text, starts.into_iter().skip(1).map(|start| from + start))
    }

    /// All blocks that remain; `text` will not grow any more.
    pub fn all(&mut self, text: &str) -> Vec<TurnEvent> {
        let from = self.rendered;
        let starts = block_starts(&text[from..]);
        let ends = starts.into_iter().skip(1).map(|start| from + start).chain([text.len()]);
        self.render(text, ends)
    }

    fn render(&mut self, text: &str, ends: impl Iterator<Item = usize>) -> Vec<TurnEvent> {
        let mut blocks = Vec::new();
        for end in ends {
            let stretch = &text[self.rendered..end];
            let html = html(stretch);
            let is_plain = html.is_empty() || is_plain_paragraph(stretch, &html);
            if let (false, Ok(from), Ok(to)) = (is_plain, self.rendered.try_into(), end.try_into()) {
                blocks.push(TurnEvent::Block { from, to, html });
            }
            self.rendered = end;
        }
        blocks
    }
}

/// Whether a block is a paragraph without any markup: most of a tutor's text, and its HTML would say it all again.
fn is_plain_paragraph(stretch: &str, html: &str) -> bool {
    let text = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    text == Some(stretch.trim()) && !stretch.trim().contains('\n')
}

/// Where the top-level blocks of a text start.
fn block_starts(text: &str) -> Vec<usize> {
    let mut depth = 0;
    let mut starts = Vec::new();
    for (event, range) in Parser::new_ext(&math::covered(text, options()), options()).into_offset_iter() {
        if depth == 0 && !matches!(event, Event::End(_)) {
            starts.push(range.start);
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    starts
}

/// A Markdown text as safe HTML.
pub fn html(markdown: &str) -> String {
    let (text, formulas) = Formulas::lift(markdown, options());
    let mut in_code = false;
    let events = Parser::new_ext(&text, options()).flat_map(|event| {
        match &event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
        shown(event, &formulas, in_code)
    });
    let mut rendered = String::new();
    html::push_html(&mut rendered, events);
    SANITISER.clean(&rendered).to_string().trim().to_owned()
}

/// What is shown for one event of an answer.
fn shown<'a>(event: Event<'a>, formulas: &Formulas, in_code: bool) -> Vec<Event<'a>> {
    let one = match event {
        Event::Text(words) if !in_code => return formulas.pieces(&words).into_iter().map(piece).collect(),
        Event::Text(words) => Event::Text(formulas.restored(&words).into()),
        Event::Code(words) => Event::Code(formulas.restored(&words).into()),
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(formulas.restored(&html).into()),
        Event::TaskListMarker(done) => Event::Text(if done { DONE } else { OPEN }.into()),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return Vec::new(),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: formulas.restored(&dest_url).into(), title, id })
        }
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: below_the_pages_own(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below_the_pages_own(level))),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        event => event,
    };
    vec![one]
}

/// What is to be done in an answer, and what is.
const OPEN: &str = "☐ ";
const DONE: &str = "☑ ";

/// Words, or a formula as MathML; as it was written where it cannot be read.
fn piece<'a>(piece: Piece<'_>) -> Event<'a> {
    match piece {
        Piece::Words(words) => Event::Text(words.to_owned().into()),
        Piece::Formula(formula) => match formula.mathml() {
            Some(mathml) => Event::InlineHtml(mathml.into()),
            None => Event::Code(formula.source().into()),
        },
    }
}

/// Links to the words of the lesson that an answer rests on, from their anchors and quotes; `lesson` is its address, empty on its own page.
pub fn sources<'c>(cited: impl Iterator<Item = (&'c str, &'c str)>, lesson: &str) -> String {
    let links = cited.map(|(anchor, quote)| {
        format!(
            r#"<a class="turn-quote" href="{lesson}#{}">{}</a>"#,
            ammonia::clean_text(anchor),
            ammonia::clean_text(quote)
        )
    });
    links.collect()
}

/// A page has its title and its sections; headings of an answer come below them.
const fn below_the_pages_own(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut sanitiser = ammonia::Builder::default();
    sanitiser
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .url_schemes(HashSet::from(["http", "https"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .add_tags(math::ELEMENTS)
        .attribute_filter(|_, attribute, value| (attribute != "class" || math::is_class(value)).then(|| value.into()))
        // Long lines scroll, and so have to be reached by keyboard.
        .set_tag_attribute_value("pre", "tabindex", "0");
    for element in math::ELEMENTS {
        sanitiser.add_tag_attributes(element, math::ATTRIBUTES).add_tag_attributes(element, ["class"]);
    }
    sanitiser
});

#[cfg(test)]
mod tests {
    use super::{Blocks, html};
    use proptest::prelude::*;
    use shared_types::turn::TurnEvent;

    fn spans(events: &[TurnEvent]) -> Vec<(u32, u32, String)> {
        let block = |event: &TurnEvent| match event {
            TurnEvent::Block { from, to, html } => (*from, *to, html.clone()),
            other => panic!("{other:?} is not a block"),
        };
        events.iter().map(block).collect()
    }

    #[test]
    fn a_block_is_finished_when_the_next_one_starts() {
        let mut blocks = Blocks::default();
        assert!(blocks.finished("Look at *line").is_empty());
        assert!(blocks.finished("Look at *line* 3.\n\n").is_empty());
        let first = spans(&blocks.finished("Look at *line* 3.\n\nThen"));
        assert_eq!(first, [(0, 19, "<p>Look at <em>line</em> 3.</p>".to_owned())]);
        assert!(blocks.finished("Look at *line* 3.\n\nThen try").is_empty());
        assert!(blocks.all("Look at *line* 3.\n\nThen try").is_empty(), "plain text is not sent again");
    }

    #[test]
    fn a_list_and_a_fence_stay_whole() {
        let mut blocks = Blocks::default();
        assert!(blocks.finished("- one\n\n- two\n\n  ```\n  a\n\n  b\n").is_empty());
        assert_eq!(
            spans(&blocks.all("```\na\n\nb\n```\n")),
            [(0, 13, r#"<pre tabindex="0"><code>a"#.to_owned() + "\n\nb\n</code></pre>")]
        );
    }

    #[test]
    fn html_from_a_model_is_text() {
        let shown = html("Try <b>this</b>:\n\n<script>alert(1)</script>\n\n<p onclick=x>");
        assert!(!shown.contains("<script") && !shown.contains("<b>") && !shown.contains("<p onclick"), "{shown}");
        assert!(shown.contains("&lt;script&gt;"), "{shown}");
    }

    #[test]
    fn formulas_are_mathml_and_broken_ones_stay_readable() {
        let shown = html(r"So \( \frac{1}{2} \), and \[ x_1 * y_1 \] but `\(x\)` and \(\frac{1\).");
        for part in [
            "<math",
            "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>",
            "<code>\\(x\\)</code>",
            "<code>\\(\\frac{1\\)</code>",
        ] {
            assert!(shown.contains(part), "{shown}");
        }
        let block = shown.split_once(r#"<math display="block">"#).unwrap().1;
        assert!(block.contains("<msub><mi>x</mi><mn>1</mn></msub>") && !shown.contains("<em>"), "{shown}");
        assert!(html("It costs $5 or $6.").contains("It costs $5 or $6."));
    }

    #[test]
    fn a_formula_is_no_way_in() {
        for hostile in [r"\( \text{<script>alert(1)</script>} \)", r"\(<img src=x onerror=alert(1)>\)"] {
            let shown = html(hostile);
            assert!(!shown.contains("<script") && !shown.contains("<img"), "{shown}");
        }
    }

    #[test]
    fn a_formula_over_several_lines_stays_one_block() {
        let text = "Look:\n\n$$\na\n- b\n= c\n$$\n\nThen";
        let blocks = spans(&Blocks::default().all(text));
        assert_eq!(blocks.len(), 1, "{blocks:?}");
        assert!(blocks[0].2.contains("<math") && !blocks[0].2.contains("<li>"), "{blocks:?}");
    }

    #[test]
    fn what_is_to_be_done_has_a_box_that_is_no_field() {
        let shown = html("- [ ] shift\n- [x] count");
        assert!(shown.contains("☐ shift") && shown.contains("☑ count") && !shown.contains("<input"), "{shown}");
    }

    #[test]
    fn headings_of_an_answer_stand_below_the_pages_own() {
        assert_eq!(html("# One\n\n## Two"), "<h3>One</h3>\n<h4>Two</h4>");
    }

    #[test]
    fn links_go_to_the_web_only_and_images_are_not_fetched() {
        let shown = html("[x](javascript:alert(1)) [y](https://example.org) ![cat](https://example.org/cat.png)");
        assert!(!shown.contains("javascript:") && !shown.contains("<img"), "{shown}");
        assert!(shown.contains(r#"href="https://example.org""#) && shown.contains("cat"), "{shown}");
    }

    proptest! {
        #[test]
        fn blocks_cover_the_text_in_order_however_it_grows(
            pieces in prop::collection::vec("[ab*`#>\\-\n |<ñ$\\\\()]{0,6}", 0..40),
        ) {
            let (mut blocks, mut text, mut events) = (Blocks::default(), String::new(), Vec::new());
            for piece in &pieces {
                text.push_str(piece);
                events.extend(blocks.finished(&text));
            }
            events.extend(blocks.all(&text));
            let mut covered = 0;
            for (from, to, html) in spans(&events) {
                prop_assert!(from >= covered && to > from && to as usize <= text.len());
                prop_assert!(text.is_char_boundary(from as usize) && text.is_char_boundary(to as usize));
                prop_assert!(!html.contains("<script"));
                covered = to;
            }
        }
    }
}
