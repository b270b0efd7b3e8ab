//! Taking back what was just done: the notice on the next page carries a button.
//!
//! It travels in the notice's cookie, so it must be harmless whoever put it there: it leads nowhere but to addresses
//! that bring something back or move it, and its values are plain.

/// A form of hidden fields and one button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    action: String,
    fields: Vec<(String, String)>,
}

/// What every address begins with one of, and what one of them ends with.
const BEGINNINGS: [&str; 4] = ["/teach/classes/", "/teach/safeguarding/", "/teach/courses/", "/student/materials/"];
const ENDINGS: [&str; 2] = ["/restoration", "/place"];
/// Bringing back an old version of a lesson publishes it: no button of a notice does that.
const NEVER: &str = "/versions/";

impl Undo {
    /// Brings back what is at `path`.
    pub fn restore(path: &str) -> Self {
        Self { action: format!("{path}/restoration"), fields: Vec::new() }
    }

    /// Moves what is at `path` back to its place, with `fields` saying which.
    pub fn place(path: &str, fields: &[(&str, String)]) -> Self {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { action: format!("{path}/place"), fields }
    }

    /// Where the form is sent.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Its hidden fields.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// As a cookie holds it.
    pub(super) fn written(&self) -> String {
        let fields: Vec<String> = self.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{}~{}", self.action, fields.join("&"))
    }

    /// From a cookie.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (action, fields) = text.split_once('~')?;
        let known = BEGINNINGS.iter().any(|beginning| action.starts_with(beginning))
            && ENDINGS.iter().any(|ending| action.ends_with(ending))
            && !action.contains(NEVER);
        let fields: Option<Vec<(String, String)>> = fields
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').filter(|(name, value)| is_plain(name) && is_plain(value)))
            .map(|pair| pair.map(|(name, value)| (name.to_owned(), value.to_owned())))
            .collect();
        let is_path = action.split('/').all(is_plain);
        (known && is_path).then(|| fields.map(|fields| Self { action: action.to_owned(), fields }))?
    }
}

/// Words, numbers and ids.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::Undo;

    #[test]
    fn what_is_written_is_read() {
        for undo in [
            Undo::restore("/teach/classes/0190-ab"),
            Undo::restore("/teach/safeguarding/0190-ab"),
            Undo::restore("/student/materials/0190-ab/submissions/0190-cd"),
            Undo::restore("/teach/courses/0190-ab"),
            Undo::place("/teach/courses/0190-ab/lessons/0190-cd", &[("place", "3".to_owned())]),
            Undo::place("/teach/classes/0190-ab/materials/0190-cd", &[("place", "3".to_owned())]),
            Undo::place("/teach/classes/a/materials/b", &[("place", "3".to_owned()), ("module", "0190-ef".to_owned())]),
        ] {
            assert_eq!(Undo::read(&undo.written()), Some(undo));
        }
    }

    #[test]
    fn mallory_cannot_plant_another_button() {
        for text in [
            "/teach/classes/a/students/b/removal~",
            "/teach/classes/a/deletion~",
            "/teach/safeguarding/a~",
            "/student/my-data/deletion~",
            "/student/materials/a/submissions/b/withdrawal~",
            "/student/materials/a/submissions/b/sharing~shared=yes",
            "/student/materials/a/draft/deletion~",
            "https://evil.example/teach/classes/a/restoration~",
            "//evil.example/restoration~",
            "/teach/classes/../courses/a/restoration~",
            "/teach/courses/a/deletion~",
            "/teach/courses/a/lessons/b/versions/1/restoration~",
            "/teach/classes/a/restoration",
            "/teach/classes/a/restoration~x=\"><script>",
            "/teach/classes/a?b=/restoration~",
            "",
        ] {
            assert_eq!(Undo::read(text), None, "{text}");
        }
    }
}
