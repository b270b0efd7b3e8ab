//! Words on their way into Markdown: signs that would mean something there are marked, so that they stay signs.

/// Text as Markdown shows it unchanged, within a line.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let special = match c {
            '*' | '`' | '[' | ']' | '<' => true,
            // Inside a word it means nothing.
            '_' => !(escaped.ends_with(char::is_alphanumeric) && rest.peek().is_some_and(|c| c.is_alphanumeric())),
            '&' => rest.peek().is_some_and(|c| *c == '#' || c.is_ascii_alphabetic()) && text.contains(';'),
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A line that starts as a heading, a list or a quote would, marked so that it starts none.
pub fn plain_start(line: &str) -> String {
    let sign = line.starts_with(['#', '>', '|']) || line.starts_with("- ") || line.starts_with("+ ");
    let rule = !line.is_empty() && line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | ' '));
    if sign || rule {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..].chars().next() {
        Some(sign @ ('.' | ')')) if digits > 0 => format!("{}\\{sign}{}", &line[..digits], &line[digits + 1..]),
        _ => line.to_owned(),
    }
}

/// At most `most` characters, cut between words where it is too long.
pub fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{whole}…")
}

/// The name of a file without its folders and its ending, as words.
pub fn name_as_title(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.replace(['_', '-', '.'], " ");
    let title = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() { "Course".to_owned() } else { shortened(&title, 120) }
}

#[cfg(test)]
mod tests {
    use super::{escaped, name_as_title, plain_start, shortened};

    #[test]
    fn signs_stay_signs() {
        for (text, markdown) in [
            ("2 * 3 < 7", "2 \\* 3 \\< 7"),
            ("snake_case _and_ [x]", "snake_case \\_and\\_ \\[x\\]"),
            ("Tom & Jerry", "Tom & Jerry"),
            ("&copy; now", "\\&copy; now"),
        ] {
            assert_eq!(escaped(text), markdown);
        }
        for (line, markdown) in [
            ("# no", "\\# no"),
            ("1. no", "1\\. no"),
            ("- no", "\\- no"),
            ("---", "\\---"),
            ("1.5 m", "1\\.5 m"),
            ("yes", "yes"),
        ] {
            assert_eq!(plain_start(line), markdown);
        }
    }

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(shortened("one  two\nthree", 20), "one two three");
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(name_as_title("plans/robot_course-v2.docx"), "robot course v2");
    }
}
