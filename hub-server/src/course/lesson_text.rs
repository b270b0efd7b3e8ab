//! A lesson's file as text: front matter and Markdown taken apart.

use super::{PackFault, lesson::FIELDS, why::Why};

/// Longest lesson, in bytes: some two hundred printed pages.
const MAX_BYTES: usize = 512 * 1024;
/// What some editors put before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The two halves of a lesson's file. Line ends are `\n`.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct LessonText {
    /// YAML between the two lines of dashes; empty where there is none.
    pub front_matter: String,
    pub body: String,
    /// How many lines stand before the first field.
    pub fields_start_after: u64,
    /// How many lines stand before the body.
    pub body_starts_after: u64,
}

impl LessonText {
    /// Takes the content of `file` apart.
    pub fn parse(file: &str, content: &[u8]) -> Result<Self, PackFault> {
        let text = text_of(file, content)?;
        let lead = lead(&text);
        let (lines_before, rest) = (text[..lead].matches('\n').count() as u64, &text[lead..]);
        let first = rest.split_inclusive('\n').next().unwrap_or_default();
        let opens = first.trim_end() == "---" && first.ends_with('\n');
        // A rule at the start of a text has a blank line before it sooner or later; fields need none.
        if !opens || lead > 0 && !starts_with_field(&rest[first.len()..]) {
            let lesson = Self { body: text, ..Self::default() };
            return lesson.without_stray_fields(file);
        }
        let rest = &rest[first.len()..];
        let fields_start_after = lines_before + 1;
        let mut at = 0;
        for (line, number) in rest.split_inclusive('\n').zip(fields_start_after + 1..) {
            let end = at + line.len();
            if matches!(line.trim_end(), "---" | "...") {
                let (front_matter, body) = (rest[..at].to_owned(), rest[end..].to_owned());
                let lesson = Self { front_matter, body, fields_start_after, body_starts_after: number };
                return lesson.without_stray_fields(file);
            }
            at = end;
        }
        Err(PackFault::at(file, fields_start_after, Why::FieldsNeverEnd))
    }

    /// The same, unless its body starts with what was meant as fields: students would read the teacher's.
    fn without_stray_fields(self, file: &str) -> Result<Self, PackFault> {
        let lead = lead(&self.body);
        let rest = &self.body[lead..];
        let (first, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if opens_stray_fields(first, self.body_starts_after == 0) && starts_with_field(after) {
            let line = self.body_starts_after + self.body[..lead].matches('\n').count() as u64 + 1;
            return Err(PackFault::at(file, line, Why::FieldsNotRecognised));
        }
        Ok(self)
    }

    /// The file with these two halves, in the manner of `before`: its line ends, and the mark some editors put first.
    pub fn compose(before: &[u8], front_matter: &str, body: &str) -> Vec<u8> {
        let mut text = String::with_capacity(front_matter.len() + body.len() + 16);
        if !front_matter.is_empty() {
            let end = if front_matter.ends_with('\n') { "" } else { "\n" };
            text.extend([&lead_of(before), "---\n", front_matter, end, "---\n"]);
        }
        text.push_str(body);
        if before.windows(2).any(|pair| pair == b"\r\n") {
            text = text.replace('\n', "\r\n");
        } else if before.contains(&b'\r') && !before.contains(&b'\n') {
            text = text.replace('\n', "\r");
        }
        let mark: &[u8] = if before.starts_with(MARK) { MARK } else { b"" };
        [mark, text.as_bytes()].concat()
    }
}

/// What stands before the fields of a file, blank lines and comments; nothing where it has no fields.
fn lead_of(content: &[u8]) -> String {
    let Ok(text) = text_of("", content) else { return String::new() };
    let has_fields = LessonText::parse("", content).is_ok_and(|lesson| lesson.fields_start_after > 0);
    if has_fields { text[..lead(&text)].to_owned() } else { String::new() }
}

/// How many bytes of blank lines and HTML comments a text starts with.
fn lead(text: &str) -> usize {
    let mut rest = text.trim_start();
    while let Some(length) = rest.strip_prefix("<!--").and_then(|comment| comment.find("-->")) {
        rest = rest["<!--".len() + length + "-->".len()..].trim_start();
    }
    let at = text.len() - rest.len();
    // The indentation of a line is the line's.
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    if text[line..at].trim().is_empty() { line } else { at }
}

/// Whether a line is nearly the one that opens fields: more dashes or other ones, a language behind them, the signs of
/// TOML, a listing in YAML. Below proper fields a listing is a listing.
fn opens_stray_fields(line: &str, without_fields: bool) -> bool {
    let line = line.trim();
    let dashes =
        line.starts_with("---") || line.starts_with(['—', '–']) && line.trim_matches(['—', '–', '-']).is_empty();
    let fence = line.trim_start_matches(['`', '~']);
    let listing =
        line.len() >= fence.len() + 3 && ["yaml", "yml", "toml"].contains(&fence.trim().to_lowercase().as_str());
    dashes || line.starts_with("+++") || listing && without_fields
}

/// Whether the first line that says something reads `name: value`, as fields do, or `name = value`.
fn starts_with_field(text: &str) -> bool {
    let lines = text.lines().map(str::trim_end);
    let first = lines.into_iter().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    let sign = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let name = &first[..first.find(|c| !sign(c)).unwrap_or(first.len())];
    let rest = &first[name.len()..];
    let field = rest == ":" || rest.starts_with(": ") || rest.starts_with(":\t") || rest.trim_start().starts_with("= ");
    // `Note: …` under a rule is a sentence; `Title: …` is a field in capitals.
    let lower = name.starts_with(|c: char| c.is_ascii_lowercase()) || FIELDS.contains(&name.to_lowercase().as_str());
    field && lower
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
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    match text.find('\0') {
        Some(at) => Err(PackFault::at(file, text[..at].split('\n').count() as u64, Why::HoldsNul)),
        None => Ok(text),
    }
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
    fn what_stands_before_the_fields_does_not_make_them_text() {
        for (before, fields_start_after) in [
            ("", 1),
            ("\n", 2),
            ("\u{feff}  \n\n", 3),
            ("<!-- template -->\n", 2),
            ("<!-- two\nlines -->\n\n<!-- b --> <!-- c -->\n", 5),
        ] {
            let file = format!("{before}---\ntitle: A\nteacher_panel: {{purpose: secret}}\n---\nHi\n");
            let text = LessonText::parse("a.md", file.as_bytes()).unwrap();
            assert_eq!((text.body.as_str(), text.fields_start_after), ("Hi\n", fields_start_after), "{file}");
            assert_eq!(text.body_starts_after, fields_start_after + 3);
            assert_eq!(LessonText::compose(file.as_bytes(), &text.front_matter, &text.body), file.as_bytes());
            // As old Macs ended lines.
            let file = file.replace('\n', "\r");
            let text = LessonText::parse("a.md", file.as_bytes()).unwrap();
            assert_eq!((text.body.as_str(), text.fields_start_after), ("Hi\n", fields_start_after), "{file:?}");
            assert_eq!(LessonText::compose(file.as_bytes(), &text.front_matter, &text.body), file.as_bytes());
        }
    }

    #[test]
    fn fields_that_are_not_recognised_are_no_text_for_students() {
        for (file, line) in [
            ("----\ntitle: A\n----\nHi\n", 1),
            ("---yaml\ntitle: A\n---\nHi\n", 1),
            ("\n  ---\ntitle: A\n---\n", 2),
            ("—\ntitle: A\n—\nHi\n", 1),
            ("```yaml\ntitle: A\n```\nHi\n", 1),
            ("~~~ YML\n# ours\nteacher_panel:\n  purpose: x\n~~~\n", 1),
            ("+++\ntitle = \"A\"\n+++\nHi\n", 1),
            ("<!-- a -->\n----\nTitle: A\n----\n", 2),
            ("---\nlayout: x\n---\n\n---\ntitle: A\n---\nHi\n", 5),
        ] {
            let fault = LessonText::parse("a.md", file.as_bytes()).unwrap_err().to_string();
            assert!(fault.starts_with(&format!("a.md, line {line}: starts with what looks like fields")), "{fault}");
        }
        for file in [
            "# A\n\n---\n\nHi\n",
            "\n---\n\nA rule.\n\n---\n",
            "----\nNote: a sentence\n",
            "---\n---\n```yaml\ntitle: A\n```\n",
            "---\ntitle: A\n---\n---\nHi\n",
            "```yaml\n- a\n```\n",
            "",
            "<!-- open",
        ] {
            assert!(LessonText::parse("a.md", file.as_bytes()).is_ok(), "{file}");
        }
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
        let open = LessonText::parse("a.md", b"\n<!-- x -->\n---\ntitle: A\n").unwrap_err().to_string();
        assert!(open.starts_with("a.md, line 3: "), "{open}");
        let nul = LessonText::parse("a.md", b"# A\r\rni\0o\r").unwrap_err().to_string();
        assert!(nul.starts_with("a.md, line 3: holds the character number 0"), "{nul}");
        let latin = LessonText::parse("a.md", b"# A\n\nni\xf1o\n").unwrap_err().to_string();
        assert!(latin.starts_with("a.md, line 3: is not UTF-8"), "{latin}");
        assert!(LessonText::parse("a.md", &vec![b'a'; 600_000]).is_err());
    }
}
