//! HTML inside Markdown, as far as it shows or links to something: an author who writes `<img>` means what others write
//! as `![]()`.

/// A stretch of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'h> {
    /// As it was written.
    Raw(&'h str),
    /// A picture, film or sound: where it lies, and its words.
    Shown { source: String, words: String },
    /// The start of a link.
    Link { destination: String },
    /// Another page inside this one, which no lesson shows.
    Frame { source: String },
}

/// HTML taken apart, each piece with where it starts. What stands in comments is nothing.
pub(super) fn pieces(html: &str) -> Vec<(usize, Piece<'_>)> {
    let (mut pieces, mut raw, mut at) = (Vec::new(), 0, 0);
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        at = start + 1;
        if html[start..].starts_with("<!--") {
            at = html[start..].find("-->").map_or(html.len(), |end| start + end + "-->".len());
            continue;
        }
        let Some(tag) = Tag::of(&html[start..]) else { continue };
        let end = start + tag.length;
        let Some((piece, end)) = piece(html, &tag, end) else { continue };
        if raw < start {
            pieces.push((raw, Piece::Raw(&html[raw..start])));
        }
        pieces.push((start, piece));
        (raw, at) = (end, end);
    }
    if raw < html.len() {
        pieces.push((raw, Piece::Raw(&html[raw..])));
    }
    pieces
}

/// What a tag shows or links to, and where it ends; a film ends where its element does.
fn piece(html: &str, tag: &Tag, end: usize) -> Option<(Piece<'static>, usize)> {
    let words = || ["alt", "aria-label", "title"].iter().find_map(|name| tag.value(name)).unwrap_or_default();
    match tag.name.as_str() {
        "img" => Some((Piece::Shown { source: tag.value("src")?, words: words() }, end)),
        "video" | "audio" => {
            let close = format!("</{}", tag.name);
            let length = find_ignoring_case(&html[end..], &close).unwrap_or(0);
            let inside = &html[end..end + length];
            let source = tag.value("src").or_else(|| {
                let at = find_ignoring_case(inside, "<source")?;
                Tag::of(&inside[at..])?.value("src")
            })?;
            let after = if length == 0 { end } else { end + length + close.len() };
            let after = if length == 0 { end } else { html[after..].find('>').map_or(html.len(), |at| after + at + 1) };
            Some((Piece::Shown { source, words: words() }, after))
        }
        "a" => Some((Piece::Link { destination: tag.value("href")? }, end)),
        "iframe" | "embed" => Some((Piece::Frame { source: tag.value("src").unwrap_or_default() }, end)),
        "object" => Some((Piece::Frame { source: tag.value("data").unwrap_or_default() }, end)),
        _ => None,
    }
}

fn find_ignoring_case(html: &str, wanted: &str) -> Option<usize> {
    html.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// An opening tag.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    /// In bytes, `<` and `>` counted.
    length: usize,
}

impl Tag {
    /// The tag that `html` starts with, if it is one that ends.
    fn of(html: &str) -> Option<Self> {
        let inside = html.strip_prefix('<')?;
        let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
        let mut tag = Self { name: inside[..name_end].to_ascii_lowercase(), attributes: Vec::new(), length: 0 };
        if !["img", "video", "audio", "source", "a", "iframe", "embed", "object"].contains(&tag.name.as_str()) {
            return None;
        }
        let mut rest = &inside[name_end..];
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                tag.length = html.len() - after.len();
                return Some(tag);
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
            if end == 0 {
                return None;
            }
            let name = rest[..end].to_ascii_lowercase();
            rest = rest[end..].trim_start();
            let value = match rest.strip_prefix('=') {
                Some(after) => {
                    let (value, after) = value_of(after.trim_start())?;
                    rest = after;
                    value
                }
                None => String::new(),
            };
            tag.attributes.push((name, value));
        }
    }

    fn value(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

/// The value an attribute starts with, and what follows it.
fn value_of(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, after) = match quote {
        Some(quote) => text[1..].split_once(quote)?,
        None => text.split_at(text.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
    };
    Some((decoded(value), after))
}

fn decoded(value: &str) -> String {
    [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        .iter()
        .fold(value.to_owned(), |value, (name, sign)| value.replace(name, sign))
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    fn shown(source: &str, words: &str) -> Piece<'static> {
        Piece::Shown { source: source.to_owned(), words: words.to_owned() }
    }

    #[test]
    fn what_html_shows_is_found() {
        for (html, piece) in [
            ("<img src=\"a.png\" alt=\"A &amp; b\">", shown("a.png", "A & b")),
            ("<IMG\n  ALT='x > y'\n  SRC='a b.png' />", shown("a b.png", "x > y")),
            ("<img src=a.png>", shown("a.png", "")),
            ("<video controls src=\"a.mp4\" title=\"Film\">no <b>film</b></VIDEO >", shown("a.mp4", "Film")),
            ("<video><source src=\"a.mp4\" type=\"video/mp4\"></video>", shown("a.mp4", "")),
            ("<audio src=a.mp3>", shown("a.mp3", "")),
            ("<a class=x href=\"a.pdf\">", Piece::Link { destination: "a.pdf".to_owned() }),
            (
                "<iframe src=\"https://e.example\" allowfullscreen>",
                Piece::Frame { source: "https://e.example".to_owned() },
            ),
            ("<embed>", Piece::Frame { source: String::new() }),
        ] {
            assert_eq!(
                pieces(&format!("x {html} y")),
                [(0, Piece::Raw("x ")), (2, piece), (2 + html.len(), Piece::Raw(" y")),]
            );
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for html in [
            "<b>x</b> < y <img",
            "<img alt=x>",
            "<imgs src=a>",
            "<a name=x>",
            "<!-- <img src=\"a.png\"> --><p>",
            "<!-- <img src=a.png>",
            "<img src=\"a.png>",
            "<img =>",
            "<ñ>",
        ] {
            assert_eq!(pieces(html), [(0, Piece::Raw(html))], "{html}");
        }
        assert_eq!(pieces(""), []);
    }
}
