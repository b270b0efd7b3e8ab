//! Writes the files of a pack for courses that came as something else.

use super::Contents;
use crate::course::PackFault;
use std::fmt::Write;

/// A course, to be written as a pack.
#[derive(Clone, Debug, Default)]
pub struct NewCourse {
    pub slug: String,
    pub title: String,
    pub summary: String,
    /// Kept beside the pack's own fields: what the course was made from.
    pub imported_from: String,
    pub lessons: Vec<NewLesson>,
}

/// A lesson, to be written as a file.
#[derive(Clone, Debug, Default)]
pub struct NewLesson {
    pub slug: String,
    pub title: String,
    pub session: Option<u32>,
    /// Further fields as lines of YAML, each with its line end.
    pub fields: String,
    pub body: String,
}

impl NewCourse {
    /// Adds the sheet and the lessons to `files`, which are what the lessons link to.
    pub fn to_pack(&self, mut files: Contents) -> Result<Contents, PackFault> {
        let mut sheet = String::new();
        for (field, text) in [("slug", &self.slug), ("title", &self.title), ("summary", &self.summary)] {
            if !text.is_empty() {
                let _ = writeln!(sheet, "{field}: {}", quoted(text));
            }
        }
        let _ = writeln!(
            sheet,
            "sessions: {}\nimported_from: {}\nlessons:",
            self.lessons.len(),
            quoted(&self.imported_from)
        );
        for (lesson, number) in self.lessons.iter().zip(1..) {
            let file = lesson.file(number);
            let session = lesson.session.unwrap_or(number).to_string();
            let fields = [
                ("session", session),
                ("slug", quoted(&lesson.slug)),
                ("title", quoted(&lesson.title)),
                ("file", quoted(&file)),
            ];
            sheet.push_str(&indented(&entry(&fields)));
            files.add(&file, lesson.text(&self.slug, number).into_bytes())?;
        }
        files.add("course.yaml", sheet.into_bytes())?;
        Ok(files)
    }
}

impl NewLesson {
    /// Its path in the pack, as the lesson of that number.
    pub fn file(&self, number: u32) -> String {
        format!("lessons/{number:02}-{}.md", self.slug)
    }

    fn text(&self, course: &str, number: u32) -> String {
        let session = self.session.unwrap_or(number);
        format!(
            "---\ncourse: {}\nsession: {session}\nslug: {}\ntitle: {}\n{}---\n{}\n",
            quoted(course),
            quoted(&self.slug),
            quoted(&self.title),
            self.fields,
            self.body.trim_end(),
        )
    }
}

/// One entry of a list of mappings, not indented.
pub fn entry(fields: &[(&str, String)]) -> String {
    let line = |(index, (name, value)): (usize, &(&str, String))| {
        format!("{}{name}: {value}\n", if index == 0 { "- " } else { "  " })
    };
    fields.iter().enumerate().map(line).collect()
}

/// `field:` and its list of texts, or nothing where the list is empty.
pub fn list(field: &str, texts: &[String]) -> String {
    if texts.is_empty() {
        return String::new();
    }
    texts.iter().fold(format!("{field}:\n"), |list, text| list + "  - " + &quoted(text) + "\n")
}

/// The lines, two further in.
pub fn indented(lines: &str) -> String {
    lines.lines().fold(String::new(), |text, line| text + "  " + line + "\n")
}

/// A text as YAML: plain where it cannot be mistaken for anything else, else in double quotes.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')');
    let word = text.starts_with(char::is_alphabetic) && text.chars().all(plain) && text.trim() == text;
    let taken = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"];
    if word && !taken.contains(&text.to_lowercase().as_str()) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {}
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::{NewCourse, NewLesson, list, quoted};
    use crate::course::{Pack, source::Contents};

    #[test]
    fn what_is_written_can_be_read() {
        let texts = [
            "plain",
            "a: b",
            "say \"hi\"",
            "back\\slash",
            "- dash",
            "yes",
            "42",
            "#no",
            "two\nlines",
            "ñandú",
            "[x]",
            " x",
        ];
        let lessons = texts.iter().enumerate().map(|(index, text)| NewLesson {
            slug: format!("l{index}"),
            title: (*text).to_owned(),
            session: None,
            fields: format!("makes: {}\n{}", quoted(text), list("needs", &[(*text).to_owned()])),
            body: "# Hi".to_owned(),
        });
        let course = NewCourse {
            slug: "c".into(),
            title: "a: \"b\"".into(),
            lessons: lessons.collect(),
            ..NewCourse::default()
        };
        let pack = Pack::from_contents(course.to_pack(Contents::default()).unwrap()).unwrap();
        for (lesson, text) in pack.lessons.iter().zip(texts) {
            assert_eq!((lesson.title.as_str(), lesson.makes.as_str()), (text.trim(), text.trim()));
            assert_eq!(lesson.needs, [text.trim()]);
        }
    }
}
