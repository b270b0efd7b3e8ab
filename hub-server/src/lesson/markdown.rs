//! From a lesson's Markdown to what a student is shown: sanitised HTML, its headings, and its passages.

mod blocks;
mod html;
mod text;
mod write;

use super::sanitise::sanitise;
use crate::{
    t,
    web::{Lang, Words},
};
use blocks::{Block, blocks, student_part, teacher_part};
use pulldown_cmark::{Event, Options, Parser, Tag, html::push_html};
use server_kit::math::Formulas;
use write::{Writer, escaped};

/// Deepest nesting of quotes and lists accepted: nobody reads further in.
const MAX_DEPTH: usize = 16;
/// Longest introduction kept, in characters.
const MAX_INTRODUCTION: usize = 600;

/// What a lesson's Markdown is rendered with.
pub struct Rendering<'a> {
    /// The lesson's title; a first heading that repeats it is dropped.
    pub title: &'a str,
    /// What is read out for an open and for a ticked box of a task list, in the lesson's language.
    pub box_words: (&'a str, &'a str),
    /// Where a relative link leads; nothing where it leads nowhere a student may go.
    pub target: &'a dyn Fn(&str) -> Option<Target>,
}

/// Where a relative link of a lesson leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub address: String,
    /// Width and height of a picture.
    pub size: Option<(u32, u32)>,
}

/// A rendered lesson. Nothing in it comes from a teacher-only section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    pub html: String,
    /// Plain text: the first paragraph.
    pub introduction: String,
    pub contents: Vec<Heading>,
    pub passages: Vec<Passage>,
}

/// A heading of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Heading {
    pub anchor: String,
    pub title: String,
}

/// A paragraph, list, table or listing, as the helper may quote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub anchor: String,
    /// The heading it stands under; empty before the first.
    pub heading: String,
    pub body: String,
}

/// A link or picture and the line it stands on, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub destination: String,
    pub line: u64,
    pub kind: LinkKind,
}

/// What a link is to the page it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Words that lead somewhere.
    Words,
    /// A picture, film or sound, which a page without it would miss.
    Shown,
    /// The same, written as HTML: where it is missing, its words stay.
    ShownByHtml,
    /// Another page inside this one, which no lesson shows.
    Frame,
}

/// Renders the student's part of a lesson.
pub fn render(markdown: &str, rendering: &Rendering<'_>) -> Rendered {
    let (text, formulas) = Formulas::lift(markdown, options());
    let student: Vec<Block<'_>> = student_part(blocks(Parser::new_ext(&text, options())));
    let mut writer = Writer::new(rendering, &formulas);
    for block in student {
        writer.add(block);
    }
    let (events, mut rendered) = writer.finish();
    let mut html = String::with_capacity(markdown.len() * 2);
    push_html(&mut html, events.into_iter());
    rendered.html = sanitise(&html);
    rendered.introduction = rendered.introduction.chars().take(MAX_INTRODUCTION).collect();
    rendered
}

/// Renders what [`render`] leaves out: the sections for teachers, without anchors. No page of a student's shows it.
pub fn for_teachers(markdown: &str, rendering: &Rendering<'_>) -> String {
    let (text, formulas) = Formulas::lift(markdown, options());
    let mut writer = Writer::bare(rendering, &formulas);
    for block in teacher_part(blocks(Parser::new_ext(&text, options()))) {
        writer.add(block);
    }
    let mut html = String::new();
    push_html(&mut html, writer.finish().0.into_iter());
    sanitise(&html)
}

/// Renders a short text, such as a task: sanitised, without anchors, so that several can stand on one page. Relative
/// links and pictures keep their words only. `lang` is the language of what is read out for boxes.
pub fn short(markdown: &str, lang: Lang) -> String {
    if check(markdown).is_err() {
        return format!("<p>{}</p>", escaped(markdown));
    }
    let options = options() - Options::ENABLE_FOOTNOTES;
    let (text, formulas) = Formulas::lift(markdown, options);
    let words = Words(lang);
    let box_words = (t!(words, "lesson-box-open"), t!(words, "lesson-box-ticked"));
    let rendering = Rendering { title: "", box_words, target: &|_| None };
    let mut writer = Writer::bare(&rendering, &formulas);
    for block in blocks(Parser::new_ext(&text, options)) {
        writer.add(block);
    }
    let mut html = String::with_capacity(markdown.len() * 2);
    push_html(&mut html, writer.finish().0.into_iter());
    sanitise(&html)
}

/// Every link and picture of a lesson, teacher-only sections included, whether written as Markdown or as HTML.
pub fn links(markdown: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let (mut line, mut counted) = (1, 0);
    let mut events = Parser::new_ext(markdown, options()).into_offset_iter().peekable();
    while let Some((event, range)) = events.next() {
        line += line_ends(markdown.get(counted..range.start).unwrap_or_default());
        counted = counted.max(range.start);
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                links.push(Link { destination: dest_url.into_string(), line, kind: LinkKind::Words });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                links.push(Link { destination: dest_url.into_string(), line, kind: LinkKind::Shown });
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let mut html = html.into_string();
                // A tag may go over several lines, each an event.
                while let Some((Event::Html(more), _)) = events.next_if(|(event, _)| matches!(event, Event::Html(_))) {
                    html.push_str(&more);
                }
                links.extend(links_in_html(&html, line));
            }
            _ => {}
        }
    }
    links
}

fn links_in_html(html: &str, first_line: u64) -> Vec<Link> {
    let link = |(at, piece): (usize, html::Piece<'_>)| {
        let (destination, kind) = match piece {
            html::Piece::Raw(_) => return None,
            html::Piece::Shown { source, .. } => (source, LinkKind::ShownByHtml),
            html::Piece::Link { destination } => (destination, LinkKind::Words),
            html::Piece::Frame { source } => (source, LinkKind::Frame),
        };
        Some(Link { destination, line: first_line + line_ends(&html[..at]), kind })
    };
    html::pieces(html).into_iter().filter_map(link).collect()
}

fn line_ends(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// Lists or quotes that nest deeper than `most`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooNested {
    pub most: usize,
}

/// Refuses Markdown that is built to be expensive.
pub fn check(markdown: &str) -> Result<(), TooNested> {
    let mut depth = 0_usize;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(TooNested { most: MAX_DEPTH });
        }
    }
    Ok(())
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

#[cfg(test)]
mod tests {
    use super::{LinkKind, Rendered, Rendering, Target, check, links, render};

    fn rendered(markdown: &str) -> Rendered {
        let target = |destination: &str| {
            let size = destination.contains(".png").then_some((20, 10));
            (!destination.contains("teacher")).then(|| Target { address: format!("id/files/{destination}"), size })
        };
        render(markdown, &Rendering { title: "Codes", box_words: ("to do", "done"), target: &target })
    }

    fn html(markdown: &str) -> String {
        rendered(markdown).html
    }

    #[test]
    fn tables_boxes_notes_and_listings_are_what_they_are() {
        let html = html(
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] open\n- [x] ticked\n\nsee[^n]\n\n[^n]: a note\n\n```python\nx < 1\n```\n",
        );
        for expected in [
            "<div class=\"table-scroll\" id=\"p-1\" tabindex=\"0\"><table>",
            "<input aria-label=\"to do\"",
            "disabled",
            "<sup class=\"footnote-reference\"><a href=\"#fn-n\"",
            "id=\"fn-n\"",
            "<pre tabindex=\"0\"><code class=\"language-python\">x &lt; <span class=\"hl-number\">1</span>\n</code></pre>",
        ] {
            assert!(html.contains(expected), "{expected} in {html}");
        }
        assert_eq!(html.matches("checked").count(), 1, "{html}");
    }

    #[test]
    fn formulas_become_mathml_and_broken_ones_stay_readable() {
        assert!(html(r"so \( a_1 \cdot b_1 \) and").contains("<msub><mi>a</mi><mn>1</mn></msub>"));
        assert!(html(r"\[ \frac{1}{2} \]").contains("<math display=\"block\">"));
        assert!(html(r"broken \( \frac{1 \) here").contains("<code>"), "{}", html(r"broken \( \frac{1 \) here"));
        assert!(html("costs $5 and $6").contains("costs $5 and $6"));
    }

    #[test]
    fn everything_has_an_anchor_and_is_a_passage() {
        let rendered = rendered(
            "Hello *there*.\n\n## Two signs\n\nOne\ntwo.\n\n- a\n- b\n\n## Two signs\n\n| x |\n|---|\n| y |\n",
        );
        assert_eq!(rendered.introduction, "Hello there.");
        let contents: Vec<_> = rendered.contents.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(contents, ["h-two-signs", "h-two-signs-2"]);
        let passages: Vec<_> =
            rendered.passages.iter().map(|p| (p.anchor.as_str(), p.heading.as_str(), p.body.as_str())).collect();
        assert_eq!(
            passages,
            [
                ("p-1", "", "Hello there."),
                ("p-2", "Two signs", "One two."),
                ("p-3", "Two signs", "- a\n- b"),
                ("p-4", "Two signs", "x\ny"),
            ]
        );
        for (anchor, _, _) in passages {
            assert!(rendered.html.contains(&format!("id=\"{anchor}\"")), "{anchor} in {}", rendered.html);
        }
    }

    #[test]
    fn teacher_only_sections_are_cut_before_anything_is_rendered() {
        let secret = "the answer is 42";
        for markdown in [
            format!("Hi\n\n## Teacher prep\n\n{secret}\n\n### Deeper\n\n{secret}\n\n## Mission\n\nGo"),
            format!("Hi\n\nAgenda\n------\n\n{secret}\n\n## Mission\n\nGo"),
            format!("Hi\n\n<h2>Agenda</h2>\n\n{secret}\n\n## Mission\n\nGo"),
            format!("Hi\n\nsee <H2 class=x>Agenda</H2> {secret}\n\n{secret}\n\n## Mission\n\nGo"),
            format!("Hi\n\n> ## Teacher prep\n> {secret}\n\n## Mission\n\nGo"),
            format!("Hi\n\n## Mission\n\nGo\n\n## Materials\n\n- {secret}\n"),
            format!("Hi\n\n## Mission\n\nGo\n\n## Checkpoints\n\nsee[^a]\n\n[^a]: {secret}\n"),
            format!("Hi\n\n## Mission\n\nGo <!-- {secret} -->\n"),
            format!("Hi\n\n## Mission\n\nGo\n\n<!--\n{secret}\n-->\n"),
        ] {
            let rendered = rendered(&markdown);
            assert!(!format!("{rendered:?}").contains(secret), "{markdown} became {rendered:?}");
            assert!(rendered.html.contains("Mission") && rendered.html.contains("Go"), "{rendered:?}");
        }
    }

    #[test]
    fn what_is_folded_away_for_teachers_is_cut_through_its_end() {
        let secret = "the answer is 42";
        for folded in [
            format!("<details><summary><strong>Teacher panel</strong></summary>\n\n{secret}\n\n</details>"),
            format!("<details>\n<summary>Teacher panel</summary>\n{secret}\n</details>"),
            format!(
                "<DETAILS open>\n\n<Summary class=x>&nbsp;🍎 **Teacher** prep</Summary>\n\n- {secret}\n\n</DETAILS>"
            ),
            format!("<details>\n\n<summary>\n\nTeacher panel\n\n</summary>\n\n{secret}\n\n</details>"),
            format!("<details><summary><h3>Agenda</h3></summary>\n\n{secret}\n\n## Deeper\n\n{secret}\n\n</details>"),
            format!(
                "<details><summary>Teacher</summary>\n\n<details><summary>Hint</summary>\n\nx\n\n</details>\n\n{secret}\n\n</details>"
            ),
            format!(
                "<details><summary>Hint</summary>\n\n<details><summary>Teacher</summary>\n\n{secret}\n\n</details>\n\n</details>"
            ),
            format!("- a\n  <details><summary>Teacher</summary>\n\n  {secret}\n\n  </details>"),
            format!("> <details><summary>Teacher</summary>\n> {secret}\n> </details>"),
            format!("see <details><summary>Teacher</summary> {secret} </details>"),
        ] {
            let rendered = rendered(&format!("Hi\n\n{folded}\n\nGo\n\n## Mission\n\nOn\n"));
            assert!(!format!("{rendered:?}").contains(secret), "{folded} became {rendered:?}");
            for kept in ["Hi", "Go", "Mission", "On"] {
                assert!(rendered.html.contains(kept), "{kept} of {folded} in {}", rendered.html);
            }
        }
        let open = rendered(&format!("<details><summary>Teacher</summary>\n\n{secret}\n\n## Mission\n\n{secret}\n"));
        assert!(!format!("{open:?}").contains(secret), "{open:?}");
    }

    #[test]
    fn what_is_folded_away_for_students_stays() {
        let html = html("<details><summary>What the teacher asked</summary>\n\nA hint\n\n</details>\n\nGo\n");
        assert!(html.contains("<details><summary>What the teacher asked") && html.contains("A hint"), "{html}");
    }

    #[test]
    fn teachers_read_what_was_cut_and_nothing_else() {
        let markdown = "Hi\n\n## Agenda\n\nFirst[^a] [plan](teacher.md)\n\n### Deeper\n\nThen <script>x</script>\n\n\
                        ## Mission\n\nGo[^b]\n\nHi\n\n> ## Teacher prep\n> Print\n\n[^a]: theirs\n[^b]: mine\n";
        let rendering = Rendering { title: "Codes", box_words: ("to do", "done"), target: &|_| None };
        let html = super::for_teachers(markdown, &rendering);
        for expected in ["<h3>Agenda</h3>", "First", " plan", "Deeper", "Then", "Teacher prep", "Print", "theirs"] {
            assert!(html.contains(expected), "{expected} in {html}");
        }
        for other in ["Hi", "Mission", "Go", "mine", "script", "id=\"p-"] {
            assert!(!html.contains(other), "{other} in {html}");
        }
        assert_eq!(super::for_teachers("Hi\n\n## Mission\n\nGo\n", &rendering), "");
    }

    #[test]
    fn a_heading_in_a_listing_cuts_nothing() {
        assert!(html("```text\n## Agenda\n```\n\nstill here").contains("still here"));
    }

    #[test]
    fn a_student_s_footnote_is_kept_where_a_teacher_s_section_ends_the_file() {
        let html = html("see[^a]\n\n## Agenda\n\nsecret[^b]\n\n[^a]: mine\n[^b]: hidden\n");
        assert!(html.contains("mine") && !html.contains("hidden") && !html.contains("secret"), "{html}");
    }

    #[test]
    fn links_lead_into_the_pack_or_openly_elsewhere() {
        let html = html(
            "![Dots](a.png) [next](02.md) [plan](teacher.md) ![x](https://e.example/y.png) [out](https://e.example)",
        );
        assert!(
            html.contains("<img src=\"id/files/a.png\" alt=\"Dots\" width=\"20\" height=\"10\" loading=\"lazy\">"),
            "{html}"
        );
        assert!(html.contains("<a href=\"id/files/02.md\""), "{html}");
        assert!(html.contains(" plan "), "{html}");
        assert!(html.contains("<a href=\"https://e.example/y.png\" rel=\"noopener noreferrer\">x</a>"), "{html}");
        assert_eq!(links("a\n\n[b](c)\n![d](e)").iter().map(|link| link.line).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn films_and_sounds_are_played_and_can_be_saved_where_they_are_not() {
        let html = html("![Ships & stars](/files/x/a%20b.MP4) ![](../assets/morse.mp3) ![](/files/x/a.png)");
        for expected in [
            "<video preload=\"metadata\" src=\"/files/x/a%20b.MP4\" aria-label=\"Ships &amp; stars\" controls=\"\"><a href=\"/files/x/a%20b.MP4\"",
            ">Ships &amp; stars</a></video>",
            "<audio preload=\"metadata\" src=\"id/files/../assets/morse.mp3\" aria-label=\"morse.mp3\" controls=\"\">",
            "<img src=\"/files/x/a.png\"",
        ] {
            assert!(html.contains(expected), "{expected} in {html}");
        }
        assert_eq!(html.matches("download").count(), 2, "{html}");
    }

    #[test]
    fn pictures_and_links_written_as_html_are_the_same() {
        let html = html(
            "<p align=center>\n<img\n src=\"a.png\"\n alt=\"Dots &amp; x\">\n</p>\n\nsee <img src='b.png'> <a href=\"02.md\">next</a> \
             <a href=\"teacher.md\">plan</a> <img src=\"https://e.example/y.png\" alt=\"far\"> <img src=\"teacher.png\" alt=\"gone\">\n\n\
             <!-- <img src=\"c.png\"> -->\n",
        );
        for expected in [
            "<img src=\"id/files/a.png\" alt=\"Dots &amp; x\" width=\"20\" height=\"10\" loading=\"lazy\">",
            "see <img src=\"id/files/b.png\" alt=\"\"",
            "<a href=\"id/files/02.md\" rel=\"noopener noreferrer\">next</a>",
            " plan ",
            " far gone",
        ] {
            assert!(html.contains(expected), "{expected} in {html}");
        }
        assert!(!html.contains("c.png") && !html.contains("e.example"), "{html}");
        let found: Vec<_> =
            links("a\n\n<p>\n<img\nsrc=x.png>\n<a href=y>\n</p>\n\nb <iframe src=z></iframe>\n").into_iter().collect();
        let found: Vec<_> = found.iter().map(|link| (link.destination.as_str(), link.line, link.kind)).collect();
        assert_eq!(found, [("x.png", 4, LinkKind::ShownByHtml), ("y", 6, LinkKind::Words), ("z", 9, LinkKind::Frame)]);
    }

    #[test]
    fn a_heading_that_repeats_the_title_is_dropped_and_others_stay_below_it() {
        assert_eq!(html("# Codes\n\nHi"), "<p id=\"p-1\">Hi</p>\n");
        assert!(html("# Other\n\nHi").starts_with("<h2 id=\"h-other\">"));
    }

    #[test]
    fn a_listing_in_no_known_language_stays_as_it_is() {
        for fence in ["", "text", "klingon", "\"><script>"] {
            let html = html(&format!("```{fence}\nif x < 1: \\(a\\)\n```\n"));
            assert!(html.contains(">if x &lt; 1: \\(a\\)\n</code></pre>"), "{html}");
            assert!(!html.contains("script") || html.contains("&lt;script"), "{html}");
        }
    }

    #[test]
    fn a_short_text_has_no_anchors_and_asks_for_nothing() {
        let html = super::short(
            "# Task\n\nDraw \\(x^2\\), see [here](a.md) and [there](https://e.example) ![pic](a.png)\n\n- [ ] done?\n\n\
             | a |\n|---|\n| b |\n\n[top](#x) <script>alert(1)</script>\n\n```python\nprint(1)\n```\n",
            crate::web::Lang::Spanish,
        );
        assert!(!html.contains("id=") && !html.contains("<img") && !html.contains("script"), "{html}");
        for expected in
            ["<h3>Task</h3>", "<msup>", "see here and", "aria-label=\"Pendiente\"", "hl-", "https://e.example"]
        {
            assert!(html.contains(expected), "{expected} in {html}");
        }
        assert!(super::short(&">".repeat(100), crate::web::Lang::English).starts_with("<p>&gt;"));
    }

    #[test]
    fn hostile_markdown_is_harmless() {
        let html = html(
            "<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n![a](b \"' onerror=x\")",
        );
        assert!(!html.contains("script") && !html.contains("onerror=alert") && !html.contains("alert(1)"), "{html}");
        assert!(check(&">".repeat(100)).is_err());
        assert!(check("> - a\n>   - b").is_ok());
    }
}
