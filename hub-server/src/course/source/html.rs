//! HTML as Markdown, for the pages of learning platforms: simple, and every word stays. The HTML is parsed and made
//! harmless first; what is left is well formed.

use super::text::{escaped, plain_start};
use ammonia::Builder;
use std::collections::HashSet;

/// Elements that mean something in Markdown; of any other the words stay.
const ELEMENTS: [&str; 42] = [
    "p",
    "div",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "strong",
    "b",
    "em",
    "i",
    "code",
    "pre",
    "kbd",
    "samp",
    "a",
    "img",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "dl",
    "dt",
    "dd",
    "iframe",
    "video",
    "audio",
    "source",
    "figure",
    "figcaption",
    "section",
];

/// Where the address of a link or picture leads; nothing where it leads nowhere, so that only its words stay.
pub type Target<'t> = &'t dyn Fn(&str) -> Option<String>;

/// Turns a page into Markdown. Headings start `below` that many levels down.
pub fn to_markdown(html: &str, below: usize, target: Target<'_>) -> String {
    let clean = Builder::default()
        .tags(HashSet::from(ELEMENTS))
        .add_tag_attributes("img", ["class", "data-equation-content"])
        .add_tag_attributes("iframe", ["src", "title"])
        .add_tag_attributes("video", ["src", "title"])
        .add_tag_attributes("audio", ["src", "title"])
        .add_tag_attributes("source", ["src"])
        .link_rel(None)
        .add_clean_content_tags(["title", "template"])
        .url_relative(ammonia::UrlRelative::PassThrough)
        .clean(html)
        .to_string();
    let mut writer = Writer {
        out: String::new(),
        lists: Vec::new(),
        quotes: 0,
        pre: false,
        rows: None,
        links: Vec::new(),
        below,
        target,
    };
    let mut rest = clean.as_str();
    while !rest.is_empty() {
        let tag = rest.strip_prefix('<').and_then(|inside| inside.split_once('>'));
        if let Some((tag, after)) = tag {
            writer.tag(tag);
            rest = after;
        } else {
            let end = rest[1..].find('<').map_or(rest.len(), |at| at + 1);
            writer.words(&plain(&rest[..end]));
            rest = &rest[end..];
        }
    }
    tidy(&writer.out)
}

struct Writer<'t> {
    out: String,
    /// For every open list the number of the next point; none where it has no numbers.
    lists: Vec<Option<u32>>,
    quotes: usize,
    pre: bool,
    /// The rows of the table that is open, and its cells so far.
    rows: Option<Vec<Vec<String>>>,
    /// What closes each open link.
    links: Vec<Option<String>>,
    below: usize,
    target: Target<'t>,
}

impl Writer<'_> {
    fn tag(&mut self, tag: &str) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let name = tag.split([' ', '/', '\n']).next().unwrap_or_default();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(name, closes),
            "p" | "div" | "section" | "figure" | "figcaption" | "dl" | "dd" | "caption" => self.new_block(),
            "dt" => self.mark_block(closes, "**"),
            "br" if self.rows.is_some() => self.out.push(' '),
            "br" if self.pre => self.out.push('\n'),
            "br" => self.line_break(),
            "hr" => {
                self.new_block();
                self.out.push_str("***");
                self.new_block();
            }
            "strong" | "b" => self.mark(closes, "**"),
            "em" | "i" => self.mark(closes, "*"),
            "code" | "kbd" | "samp" if !self.pre => self.out.push('`'),
            "pre" => self.listing(closes),
            "a" => self.link(closes, tag),
            "img" => self.picture(tag),
            "iframe" | "video" | "audio" | "source" if !closes => self.film(tag),
            "ul" | "ol" => self.list(closes, name == "ol"),
            "li" if !closes => self.point(),
            "blockquote" => {
                self.new_block();
                self.quotes = if closes { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
            }
            "table" | "tr" | "td" | "th" => self.table(name, closes),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.pre {
            self.out.push_str(text);
            return;
        }
        let inside_code = self.out.matches('`').count() % 2 == 1;
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let starts_line = self.out.is_empty() || self.out.ends_with('\n') || self.out.ends_with("> ");
        if text.starts_with(char::is_whitespace) && !starts_line && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
        if words.is_empty() {
            return;
        }
        let words = if inside_code || words.contains("\\(") { words } else { escaped(&words) };
        self.start_line();
        self.out.push_str(&if starts_line { plain_start(&words) } else { words });
        if text.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
    }

    /// What stands before every line: the signs of quotes, and the indentation of lists.
    fn prefix(&self) -> String {
        "> ".repeat(self.quotes) + &"   ".repeat(self.lists.len())
    }

    fn start_line(&mut self) {
        if (self.out.is_empty() || self.out.ends_with('\n')) && self.rows.is_none() {
            let prefix = self.prefix();
            self.out.push_str(&prefix);
        }
    }

    fn new_block(&mut self) {
        if self.rows.is_some() {
            self.out.push(' ');
        } else if !self.out.is_empty() && !self.at_point() {
            let trimmed = self.out.trim_end_matches([' ', '\n']).len();
            self.out.truncate(trimmed);
            self.out.push_str("\n\n");
        }
    }

    /// Right behind the sign of a point, where a block begins on the same line.
    fn at_point(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let sign = line.trim_start_matches([' ', '>']);
        sign == "- " || sign.strip_suffix(". ").is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
    }

    fn line_break(&mut self) {
        let trimmed = self.out.trim_end_matches(' ').len();
        self.out.truncate(trimmed);
        if !self.out.is_empty() && !self.out.ends_with('\n') && !self.at_point() {
            self.out.push_str("\\\n");
        }
    }

    fn heading(&mut self, name: &str, closes: bool) {
        self.new_block();
        if !closes && self.rows.is_none() {
            let level = name[1..].parse().unwrap_or(2) + self.below;
            self.start_line();
            self.out.push_str(&"#".repeat(level.min(6)));
            self.out.push(' ');
        }
    }

    fn mark_block(&mut self, closes: bool, mark: &str) {
        if closes {
            self.mark(true, mark);
        } else {
            self.new_block();
            self.mark(false, mark);
        }
    }

    /// Signs go around the words, not around the spaces beside them; around nothing there are none.
    fn mark(&mut self, closes: bool, mark: &str) {
        if self.pre {
            return;
        }
        if !closes {
            self.start_line();
            self.out.push_str(mark);
            return;
        }
        let spaces = self.out.len() - self.out.trim_end_matches(' ').len();
        self.out.truncate(self.out.len() - spaces);
        if let Some(before) = self.out.strip_suffix(mark) {
            self.out.truncate(before.len());
        } else {
            self.out.push_str(mark);
        }
        self.out.push_str(&" ".repeat(spaces));
    }

    fn listing(&mut self, closes: bool) {
        self.pre = !closes;
        if closes {
            if !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            self.out.push_str("```");
            self.new_block();
        } else {
            self.new_block();
            self.out.push_str("```text\n");
        }
    }

    fn link(&mut self, closes: bool, tag: &str) {
        if closes {
            if let Some(end) = self.links.pop().flatten() {
                self.out.push_str(&end);
            }
            return;
        }
        let target = attribute(tag, "href").and_then(|href| (self.target)(&href));
        if target.is_some() {
            self.start_line();
            self.out.push('[');
        }
        self.links.push(target.map(|target| format!("]({})", destination(&target))));
    }

    fn picture(&mut self, tag: &str) {
        let words = attribute(tag, "alt").unwrap_or_default();
        self.start_line();
        let formula = attribute(tag, "data-equation-content").or_else(|| {
            let equation = attribute(tag, "class").is_some_and(|class| class.contains("equation_image"));
            equation.then(|| words.trim_start_matches("LaTeX:").trim().to_owned())
        });
        if let Some(formula) = formula.filter(|formula| !formula.is_empty()) {
            self.out.push_str(&format!("\\( {formula} \\)"));
            return;
        }
        let words = escaped(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        match attribute(tag, "src").and_then(|src| (self.target)(&src)) {
            Some(target) => self.out.push_str(&format!("![{words}]({})", destination(&target))),
            None => self.out.push_str(&words),
        }
    }

    /// What plays becomes a link to it.
    fn film(&mut self, tag: &str) {
        let Some(source) = attribute(tag, "src") else { return };
        let source = if source.starts_with("//") { format!("https:{source}") } else { source };
        if let Some(target) = (self.target)(&source) {
            let title = attribute(tag, "title").filter(|title| !title.is_empty()).unwrap_or_else(|| target.clone());
            self.start_line();
            self.out.push_str(&format!("[{}]({})", escaped(&title), destination(&target)));
        }
    }

    fn list(&mut self, closes: bool, numbered: bool) {
        if closes {
            self.lists.pop();
            if self.lists.is_empty() {
                self.new_block();
            }
            return;
        }
        if self.lists.is_empty() {
            self.new_block();
        }
        self.lists.push(numbered.then_some(1));
    }

    fn point(&mut self) {
        let Some(number) = self.lists.last_mut() else { return self.new_block() };
        let sign = match number {
            Some(number) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            None => "- ".to_owned(),
        };
        if self.rows.is_some() {
            return self.out.push(' ');
        }
        let trimmed = self.out.trim_end_matches(' ').len();
        self.out.truncate(trimmed);
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        let prefix = "> ".repeat(self.quotes) + &"   ".repeat(self.lists.len() - 1);
        self.out.push_str(&(prefix + &sign));
    }

    /// Cells are written like anything else and then taken back out into their row.
    fn table(&mut self, name: &str, closes: bool) {
        match (name, closes, self.rows.is_some()) {
            ("table", false, false) => {
                self.new_block();
                self.rows = Some(Vec::new());
                self.out.push('\u{e010}');
            }
            ("tr", false, true) => self.rows.iter_mut().for_each(|rows| rows.push(Vec::new())),
            ("td" | "th", false, true) => self.out.push('\u{e010}'),
            ("td" | "th", true, true) => {
                let start = self.out.rfind('\u{e010}').unwrap_or_default();
                let cell = self.out.split_off(start);
                let cell = cell.replace('\u{e010}', "").split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell.replace('|', "\\|"));
                }
            }
            ("table", true, true) => {
                let start = self.out.rfind('\u{e010}').unwrap_or(self.out.len());
                let caption = self.out.split_off(start).replace('\u{e010}', "");
                let rows = self.rows.take().unwrap_or_default();
                let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
                if !caption.is_empty() {
                    self.out.push_str(&caption);
                    self.new_block();
                }
                self.out.push_str(&table(rows));
                self.new_block();
            }
            _ => {}
        }
    }
}

fn table(rows: Vec<Vec<String>>) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut lines = Vec::new();
    for mut cells in rows.into_iter().filter(|cells| !cells.is_empty()) {
        cells.resize(width, String::new());
        lines.push(format!("| {} |", cells.join(" | ")));
        if lines.len() == 1 {
            lines.push(format!("|{}", "---|".repeat(width)));
        }
    }
    lines.join("\n")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| plain(value))
}

/// The four entities that are left after cleaning.
fn plain(text: &str) -> String {
    text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn destination(target: &str) -> String {
    target.replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E")
}

/// At most one empty line, none at the ends.
fn tidy(markdown: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut in_listing = false;
    for line in markdown.lines() {
        in_listing ^= line.trim_start().starts_with("```");
        let line = if in_listing || line.ends_with('\\') { line } else { line.trim_end() };
        let again = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if in_listing || !again {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().trim_end_matches('\\').to_owned()
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    fn markdown(html: &str) -> String {
        to_markdown(html, 1, &|address| (!address.contains("nowhere")).then(|| address.to_owned()))
    }

    #[test]
    fn what_means_something_stays_so() {
        for (html, expected) in [
            ("<h1>Title</h1><p>One <b>two</b> <em>three </em>four.</p>", "## Title\n\nOne **two** *three* four."),
            ("<p>a<br>b</p>", "a\\\nb"),
            ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><p>d</p>", "- a\n   - b\n- c\n\nd"),
            ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
            (
                "<p><a href=\"https://a.example/b c\">x</a> <a href=\"nowhere\">y</a></p>",
                "[x](https://a.example/b%20c) y",
            ),
            ("<img src=\"a.png\" alt=\"A *star*\"> <img src=nowhere alt=\"gone\">", "![A \\*star\\*](a.png) gone"),
            (
                "<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td><p>3</p></td></tr></table>x",
                "| a | b |\n|---|---|\n| 1\\|2 | 3 |\n\nx",
            ),
            ("<pre>x  &lt; 1\n  y</pre><p>z</p>", "```text\nx  < 1\n  y\n```\n\nz"),
            ("<p>use <code>a*b</code></p>", "use `a*b`"),
            ("<blockquote><p>q</p><p>r</p></blockquote><p>s</p>", "> q\n\n> r\n\ns"),
            ("<iframe src=\"https://v.example/1\" title=\"Film\"></iframe>", "[Film](https://v.example/1)"),
            ("<img class=\"equation_image\" alt=\"LaTeX: x^2\" src=\"/eq\">", "\\( x^2 \\)"),
            ("<span>all</span> <font>words</font><hr>stay", "all words\n\n***\n\nstay"),
            ("<p>1. not a list &amp; 2 * 3</p>", "1\\. not a list & 2 \\* 3"),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn what_runs_does_not() {
        let html =
            "<script>alert(1)</script><style>p{}</style><p onclick=x>hi</p><a href=\"javascript:alert(1)\">link</a>";
        assert_eq!(markdown(html), "hi\n\nlink");
    }
}
