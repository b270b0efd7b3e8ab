//! A lesson's file as text: front matter and Markdown taken apart.

use super::{PackFault, why::Why};

/// Longest lesson, in bytes: some two hundred printed pages.
const MAX_BYTES: usize = 512 * 1024;
/// What some editors put before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The two halves of a lesson's file. Line ends are `\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonText {
    /// YAML between the two lines of dashes; empty where there is none.
    pub front_matter: String,
    pub body: String,
    /// How many lines stand before the body.
    pub body_starts_after: u64,
}

impl LessonText {
    /// Takes the content of `file` apart.
    pub fn parse(file: &str, content: &[u8]) -> Result<Self, PackFault> {
        let text = text_of(file, content)?;
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        if first.trim_end() != "---" || !first.ends_with('\n') {
            return Ok(Self { front_matter: String::new(), body: text, body_starts_after: 0 });
        }
        let rest = &text[first.len()..];
        let mut at = 0;
        for (line, number) in rest.split_inclusive('\n').zip(2..) {
            let end = at + line.len();
            if matches!(line.trim_end(), "---" | "...") {
                let (front_matter, body) = (rest[..at].to_owned(), rest[end..].to_owned());
                return Ok(Self { front_matter, body, body_starts_after: number });
            }
            at = end;
        }
        Err(PackFault::at(file, 1, Why::FieldsNeverEnd))
    }

    /// The file with these two halves, in the manner of `before`: its line ends, and the mark some editors put first.
    pub fn compose(before: &[u8], front_matter: &str, body: &str) -> Vec<u8> {
        let mut text = String::with_capacity(front_matter.len() + body.len() + 16);
        if !front_matter.is_empty() {
            let end = if front_matter.ends_with('\n') { "" } else { "\n" };
            text.extend(["---\n", front_matter, end, "---\n"]);
        }
        text.push_str(body);
        if before.windows(2).any(|pair| pair == b"\r\n") {
            text = text.replace('\n', "\r\n");
        }
        let mark: &[u8] = if before.starts_with(MARK) { MARK } else { b"" };
        [mark, text.as_bytes()].concat()
    }
}

/// The content as text, with plain line ends and without the mark some editors put first.
pub fn text_of(file: &str, content: &[u8]) -> Result<String, PackFault> {
    if content.len() > MAX_BYTES {
        return Err(PackFault::of_file(file, Why::TextTooLong { kb: MAX_BYTES / 1024 }));
    }
    let text = std::str::from_utf8(content).map_err(|error| {
        let line = content[..error.valid_up_to()].split(|byte| *byte == b'\n').count() as u64;
        PackFault::at(file, line, Why::NotUtf8)
    })?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::LessonText;

    #[test]
    fn front_matter_and_body_come_apart() {
        let text = LessonText::parse("a.md", b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n# Hello\r\n---\r\n").unwrap();
        assert_eq!((text.front_matter.as_str(), text.body.as_str()), ("title: A\n", "# Hello\n---\n"));
        assert_eq!(text.body_starts_after, 3);
        assert_eq!(LessonText::parse("a.md", b"# Hello\n").unwrap().body, "# Hello\n");
    }

    #[test]
    fn a_changed_file_keeps_its_manner() {
        let before = b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\n# Hello\r\n";
        let text = LessonText::parse("a.md", before).unwrap();
        assert_eq!(LessonText::compose(before, &text.front_matter, &text.body), before);
        assert_eq!(LessonText::compose(b"x", "", "Hi\n"), b"Hi\n");
        assert_eq!(LessonText::compose(b"x", "title: A", "Hi\n"), b"---\ntitle: A\n---\nHi\n");
    }

    #[test]
    fn broken_files_say_where() {
        let open = LessonText::parse("a.md", b"---\ntitle: A\n").unwrap_err().to_string();
        assert!(open.starts_with("a.md, line 1: "), "{open}");
        let latin = LessonText::parse("a.md", b"# A\n\nni\xf1o\n").unwrap_err().to_string();
        assert!(latin.starts_with("a.md, line 3: is not UTF-8"), "{latin}");
        assert!(LessonText::parse("a.md", &vec![b'a'; 600_000]).is_err());
    }
}
