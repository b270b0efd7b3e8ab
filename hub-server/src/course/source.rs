//! A lesson's file as text: front matter and Markdown taken apart.

use super::PackFault;

/// Longest lesson, in bytes: some two hundred printed pages.
const MAX_BYTES: usize = 512 * 1024;

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
        let Some(rest) = text.strip_prefix("---\n") else {
            return Ok(Self { front_matter: String::new(), body: text, body_starts_after: 0 });
        };
        let mut at = 0;
        for (line, number) in rest.split_inclusive('\n').zip(2..) {
            let end = at + line.len();
            if matches!(line.trim_end(), "---" | "...") {
                let (front_matter, body) = (rest[..at].to_owned(), rest[end..].to_owned());
                return Ok(Self { front_matter, body, body_starts_after: number });
            }
            at = end;
        }
        Err(PackFault::at(file, 1, "the fields that begin with --- never end; close them with a line of ---"))
    }
}

/// The content as text, with plain line ends and without the mark some editors put first.
pub fn text_of(file: &str, content: &[u8]) -> Result<String, PackFault> {
    if content.len() > MAX_BYTES {
        return Err(PackFault::of_file(file, format!("is longer than {} kB", MAX_BYTES / 1024)));
    }
    let text = std::str::from_utf8(content).map_err(|error| {
        let line = content[..error.valid_up_to()].split(|byte| *byte == b'\n').count() as u64;
        PackFault::at(file, line, "is not UTF-8; save the file in that encoding")
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
    fn broken_files_say_where() {
        let open = LessonText::parse("a.md", b"---\ntitle: A\n").unwrap_err().to_string();
        assert!(open.starts_with("a.md, line 1: "), "{open}");
        let latin = LessonText::parse("a.md", b"# A\n\nni\xf1o\n").unwrap_err().to_string();
        assert!(latin.starts_with("a.md, line 3: is not UTF-8"), "{latin}");
        assert!(LessonText::parse("a.md", &vec![b'a'; 600_000]).is_err());
    }
}
