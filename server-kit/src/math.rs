//! Math between `\( \)`, `\[ \]` or `$$ $$`, rendered as MathML. A single `$` is a dollar.
//!
//! Both in lessons and in what the helper answers. Formulas are lifted out of the source before Markdown sees their
//! underscores and stars, and stand in the text as `U+E000 number U+E001` until they are rendered.

use pulldown_cmark::{Event, Options, Parser, Tag};
use pulldown_latex::{RenderConfig, Storage, config::DisplayMode, event::Event as MathEvent, mathml::push_mathml};
use std::{borrow::Cow, ops::Range};

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';
/// Longest formula, in bytes.
const MAX_BYTES: usize = 2000;

/// MathML Core's elements, without those that can hold HTML: what a sanitiser has to leave of a formula.
pub const ELEMENTS: [&str; 24] = [
    "math",
    "mrow",
    "mi",
    "mo",
    "mn",
    "mtext",
    "ms",
    "mspace",
    "msup",
    "msub",
    "msubsup",
    "mfrac",
    "msqrt",
    "mroot",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
];

/// Attributes they may have.
pub const ATTRIBUTES: [&str; 19] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "form",
    "fence",
    "separator",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "symmetric",
    "largeop",
    "movablelimits",
    "accent",
    "accentunder",
    "linethickness",
    "width",
];

/// A formula as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    tex: String,
    /// Stands on a line of its own.
    display: bool,
}

/// The formulas of one text.
#[derive(Clone, Debug, Default)]
pub struct Formulas(Vec<Formula>);

/// What a text is made of.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    Words(&'a str),
    Formula(&'a Formula),
}

impl Formulas {
    /// Lifts the formulas out of `markdown`; code keeps its backslashes.
    pub fn lift(markdown: &str, options: Options) -> (String, Self) {
        let source = if markdown.contains([OPEN, CLOSE]) {
            Cow::Owned(markdown.replace([OPEN, CLOSE], "\u{fffd}"))
        } else {
            Cow::Borrowed(markdown)
        };
        let code = code_ranges(&source, options);
        let (mut text, mut formulas) = (String::with_capacity(source.len()), Vec::new());
        let mut at = 0;
        while let Some((start, formula, end)) = next_formula(&source, at, &code) {
            text.push_str(&source[at..start]);
            text.extend([OPEN.to_string(), formulas.len().to_string(), CLOSE.to_string()]);
            formulas.push(formula);
            at = end;
        }
        text.push_str(&source[at..]);
        (text, Self(formulas))
    }

    /// Takes a text apart into words and formulas.
    pub fn pieces<'a>(&'a self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            let Some((number, after)) = after.split_once(CLOSE) else { break };
            if !before.is_empty() {
                pieces.push(Piece::Words(before));
            }
            if let Some(formula) = number.parse::<usize>().ok().and_then(|number| self.0.get(number)) {
                pieces.push(Piece::Formula(formula));
            }
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest));
        }
        pieces
    }

    /// The text with its formulas as they were written.
    pub fn restored(&self, text: &str) -> String {
        let written = |piece| match piece {
            Piece::Words(words) => Cow::Borrowed(words),
            Piece::Formula(formula) => Cow::Owned(formula.source()),
        };
        self.pieces(text).into_iter().map(written).collect()
    }
}

/// The text with other letters in the place of its formulas, of the same length: so that where its blocks begin can be
/// seen as if the formulas were words.
pub fn covered(markdown: &str, options: Options) -> String {
    let code = code_ranges(markdown, options);
    let (mut covered, mut at) = (String::with_capacity(markdown.len()), 0);
    while let Some((start, _, end)) = next_formula(markdown, at, &code) {
        covered.push_str(&markdown[at..start]);
        covered.extend(std::iter::repeat_n('x', end - start));
        at = end;
    }
    covered.push_str(&markdown[at..]);
    covered
}

impl Formula {
    /// As it was written.
    pub fn source(&self) -> String {
        if self.display { format!("\\[{}\\]", self.tex) } else { format!("\\({}\\)", self.tex) }
    }

    /// As MathML; nothing where it is not LaTeX that can be read, so that its source is shown instead.
    pub fn mathml(&self) -> Option<String> {
        // A formula that defines commands could grow without end.
        if self.tex.len() > MAX_BYTES
            || ["\\def", "\\let", "\\newcommand", "\\renewcommand"].iter().any(|c| self.tex.contains(c))
        {
            return None;
        }
        let storage = Storage::new();
        let events: Vec<MathEvent<'_>> =
            pulldown_latex::Parser::new(&self.tex, &storage).collect::<Result<_, _>>().ok()?;
        let display_mode = if self.display { DisplayMode::Block } else { DisplayMode::Inline };
        let mut mathml = String::new();
        let config = RenderConfig { display_mode, ..RenderConfig::default() };
        push_mathml(&mut mathml, events.into_iter().map(Ok::<_, std::fmt::Error>), config).ok()?;
        Some(mathml)
    }
}

/// Classes of the MathML renderer: alignment of cells, mostly.
pub fn is_class(value: &str) -> bool {
    value.split(' ').all(|class| class.starts_with("menv-") || class.starts_with("cell-"))
}

fn code_ranges(source: &str, options: Options) -> Vec<Range<usize>> {
    let is_code = |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
    Parser::new_ext(source, options).into_offset_iter().filter(|(event, _)| is_code(event)).map(|(_, at)| at).collect()
}

/// The next formula from `from` on: where it starts, what it is, where the text goes on.
fn next_formula(source: &str, from: usize, code: &[Range<usize>]) -> Option<(usize, Formula, usize)> {
    let bytes = source.as_bytes();
    let mut at = from;
    while at + 1 < bytes.len() {
        if let Some(range) = code.iter().find(|range| range.contains(&at)) {
            at = range.end;
            continue;
        }
        let close = match &bytes[at..at + 2] {
            b"\\(" => "\\)",
            b"\\[" => "\\]",
            b"$$" => "$$",
            b"\\\\" => {
                at += 2;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let inside = &source[at + 2..];
        let paragraph = inside.find("\n\n").map_or(inside, |end| &inside[..end]);
        match paragraph.find(close) {
            Some(length) if !inside[..length].trim().is_empty() => {
                let formula = Formula { tex: inside[..length].trim().to_owned(), display: close != "\\)" };
                return Some((at, formula, at + 2 + length + 2));
            }
            _ => at += 2,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Formulas, Piece};
    use pulldown_cmark::Options;

    fn formulas(markdown: &str) -> Vec<String> {
        let (text, formulas) = Formulas::lift(markdown, Options::all());
        let written = formulas.pieces(&text).into_iter().filter_map(|piece| match piece {
            Piece::Formula(formula) => Some(formula.source()),
            Piece::Words(_) => None,
        });
        written.collect()
    }

    #[test]
    fn formulas_are_found_where_they_are_meant() {
        for (markdown, expected) in [
            (r"so \( a_1 + b_1 \) is", vec![r"\(a_1 + b_1\)"]),
            ("\\[\n x \\]", vec![r"\[x\]"]),
            ("$$x^2$$", vec![r"\[x^2\]"]),
            ("costs $5 or $6", vec![]),
            (r"`\( x \)` is code", vec![]),
            ("```\n$$ x $$\n```", vec![]),
            (r"a \\( b \\)", vec![]),
            (r"\( never closed", vec![]),
            ("\\( across\n\nparagraphs \\)", vec![]),
            (r"\( \)", vec![]),
        ] {
            assert_eq!(formulas(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn formulas_are_covered_letter_by_letter() {
        let markdown = "é \\[\na\n- b \\] `\\( x \\)`";
        let covered = super::covered(markdown, Options::all());
        assert_eq!(covered, "é xxxxxxxxxxx `\\( x \\)`");
        assert_eq!(covered.len(), markdown.len());
    }

    #[test]
    fn a_text_comes_back_as_it_was() {
        let (text, formulas) = Formulas::lift(r"so \(a\) and \[b\]", Options::all());
        assert_eq!(formulas.restored(&text), r"so \(a\) and \[b\]");
    }

    #[test]
    fn what_is_no_formula_is_not_rendered() {
        let mathml = |tex: &str| {
            let (text, formulas) = Formulas::lift(&format!("\\({tex}\\)"), Options::all());
            match formulas.pieces(&text).first() {
                Some(Piece::Formula(formula)) => formula.mathml(),
                _ => None,
            }
        };
        assert!(mathml(r"\frac{1.2}{w}").is_some_and(|mathml| mathml.contains("<mfrac>")));
        assert_eq!(mathml(r"\frac{1"), None);
        assert_eq!(mathml(r"\def\a{x}\a"), None);
    }
}
