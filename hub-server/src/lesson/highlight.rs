//! Colours for listings: six classes that the stylesheet knows, worked out once, when a text is rendered.

use std::sync::LazyLock;
use syntect::{
    parsing::{ParseState, Scope, ScopeStack, SyntaxSet},
    util::LinesWithEndings,
};

/// Longer listings and lines stay plain: finding out their colours could take long.
const MAX_BYTES: usize = 20_000;
const MAX_LINE_BYTES: usize = 500;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// How scopes begin, and the class of what is in them; none ends the search. Earlier lines go first.
static CLASSES: LazyLock<Vec<(Scope, Option<&'static str>)>> = LazyLock::new(|| {
    let class = |(start, class): (&str, Option<&'static str>)| Some((Scope::new(start).ok()?, class));
    [
        ("comment", Some("hl-comment")),
        // Code inside a text: `f"{code}"`.
        ("source", None),
        ("meta.interpolation", None),
        ("string", Some("hl-string")),
        ("constant.character.escape", Some("hl-number")),
        ("constant", Some("hl-number")),
        ("keyword.operator", None),
        ("keyword", Some("hl-keyword")),
        ("storage", Some("hl-keyword")),
        ("variable.language", Some("hl-keyword")),
        ("entity.name.tag", Some("hl-keyword")),
        ("markup.heading", Some("hl-keyword")),
        ("entity.name.function", Some("hl-name")),
        ("variable.function", Some("hl-name")),
        ("support.function", Some("hl-name")),
        ("entity.other.attribute-name", Some("hl-name")),
        ("entity.name", Some("hl-type")),
        ("support.type", Some("hl-type")),
        ("support.class", Some("hl-type")),
    ]
    .into_iter()
    .filter_map(class)
    .collect()
});

/// `code` as HTML with colours; nothing where the language is unknown or the listing too long.
pub fn highlight(language: &str, code: &str) -> Option<String> {
    if language.is_empty() || code.len() > MAX_BYTES || code.lines().any(|line| line.len() > MAX_LINE_BYTES) {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    if syntax.scope == SYNTAXES.find_syntax_plain_text().scope {
        return None;
    }
    let (mut state, mut stack) = (ParseState::new(syntax), ScopeStack::new());
    let mut written = Written { html: String::with_capacity(code.len() * 2), open: None };
    for line in LinesWithEndings::from(code) {
        let mut at = 0;
        for (index, change) in state.parse_line(line, &SYNTAXES).ok()? {
            written.push(line.get(at..index)?, class_of(&stack));
            at = index;
            stack.apply(&change).ok()?;
        }
        written.push(line.get(at..)?, class_of(&stack));
    }
    Some(written.finish())
}

/// The class of what stands within these scopes; the innermost that has one decides.
fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    let of_scope =
        |scope: &Scope| CLASSES.iter().find(|(start, _)| start.is_prefix_of(*scope)).map(|(_, class)| *class);
    stack.as_slice().iter().rev().find_map(of_scope).flatten()
}

/// HTML under construction; neighbours of one class share an element.
struct Written {
    html: String,
    open: Option<&'static str>,
}

impl Written {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.is_empty() {
            return;
        }
        if class != self.open {
            self.close();
            // White space has no colour.
            if let Some(class) = class.filter(|_| !text.trim().is_empty()) {
                self.html.extend(["<span class=\"", class, "\">"]);
                self.open = Some(class);
            }
        }
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                c => self.html.push(c),
            }
        }
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::highlight;

    /// The listing without its elements.
    fn plain(html: &str) -> String {
        let mut text = String::new();
        for piece in html.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    #[test]
    fn languages_of_lessons_get_their_colours_and_lose_no_letter() {
        for (language, code, expected) in [
            ("python", "def beats(word):  # count\n    return \"a\" + 1\n", "<span class=\"hl-keyword\">def"),
            ("py", "print('<b>')\n", "<span class=\"hl-string\">'&lt;b&gt;'</span>"),
            ("js", "const x = `a ${1 < 2} b`;\n", "<span class=\"hl-keyword\">const"),
            ("html", "<p class=\"a\">hi</p>\n", "<span class=\"hl-keyword\">p</span>"),
            ("rust", "fn main() { /* ünïcode */ }\n", "<span class=\"hl-comment\">/* ünïcode */</span>"),
            ("json", "{\"a\": true}", "<span class=\"hl-number\">true</span>"),
        ] {
            let html = highlight(language, code).unwrap_or_else(|| panic!("{language}"));
            assert!(html.contains(expected), "{language}: {html}");
            assert_eq!(plain(&html), code);
        }
    }

    #[test]
    fn what_is_unknown_or_too_long_stays_plain() {
        for language in ["", "klingon", "text", "Plain Text"] {
            assert_eq!(highlight(language, "a"), None, "{language}");
        }
        assert_eq!(highlight("python", &"x".repeat(501)), None);
        assert_eq!(highlight("python", &"x\n".repeat(10_001)), None);
    }
}
