//! The editor's form: what was typed, what it becomes as a file, and where a fault in the file belongs in the form.

use super::fields::Fields;
use crate::{course::PackFault, t, web::Words};
use helper_ui::ui::FieldProblem;
use serde::{Deserialize, Serialize};

/// What somebody typed; this is what a draft keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    #[serde(flatten)]
    pub fields: Fields,
    pub body: String,
}

/// The form as it is sent. Numbers come as text: a page that was left open for long may hold anything.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LessonForm {
    #[serde(flatten)]
    pub typed: Typed,
    /// The version it was begun on.
    pub base_version: String,
    /// The draft it continues; 0 for none.
    pub revision: String,
    /// Which button.
    pub go: String,
}

impl Typed {
    /// A published lesson, ready to be changed. Front matter that is not readable goes among the other fields.
    pub fn of(front_matter: &str, body: &str) -> Self {
        let fields = Fields::of(front_matter)
            .unwrap_or_else(|_| Fields { others: front_matter.to_owned(), ..Fields::default() });
        Self { fields, body: body.to_owned() }
    }

    /// With the line ends of files, as everything is kept.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.body = self.body.replace("\r\n", "\n");
        for field in [
            &mut self.fields.needs,
            &mut self.fields.done_looks_like,
            &mut self.fields.quick_fixes,
            &mut self.fields.extend,
            &mut self.fields.allowed_topics,
            &mut self.fields.helper_notes,
            &mut self.fields.others,
        ] {
            *field = field.replace("\r\n", "\n");
        }
        self
    }

    /// The front matter: as it was, where no field of it was changed.
    pub fn front_matter(&self, before: &str) -> Result<String, PackFault> {
        if Fields::of(before).is_ok_and(|fields| fields.same_as(&self.fields)) {
            return Ok(before.to_owned());
        }
        self.fields.front_matter()
    }
}

impl Fields {
    fn same_as(&self, other: &Self) -> bool {
        let trimmed = |fields: &Self| {
            [
                &fields.title,
                &fields.minutes,
                &fields.makes,
                &fields.needs,
                &fields.done_looks_like,
                &fields.quick_fixes,
                &fields.extend,
                &fields.allowed_topics,
                &fields.helper_notes,
                &fields.others,
            ]
            .map(|text| text.trim().to_owned())
        };
        trimmed(self) == trimmed(other)
    }
}

impl LessonForm {
    pub fn base_version(&self) -> i32 {
        self.base_version.parse().unwrap_or(0)
    }

    pub fn revision(&self) -> i32 {
        self.revision.parse().unwrap_or(0)
    }
}

/// A fault of the file, beside the field it was typed in. `front_lines` is how many lines the front matter has.
pub fn problem(fault: &PackFault, front_lines: u64, words: Words) -> FieldProblem {
    let top = fault.field.as_deref().unwrap_or_default();
    let field = match top {
        "title" | "makes" | "needs" | "done_looks_like" | "extend" | "helper_notes" => top,
        "duration_minutes" => "minutes",
        "help.quick_fixes" => "quick_fixes",
        "helper_allowed_topics" => "allowed_topics",
        "" => "body",
        _ => "others",
    };
    let body_line = fault.line.and_then(|line| line.checked_sub(front_lines + 2)).filter(|line| *line > 0);
    let what = fault.why.said(words);
    let message = match (field, fault.line, body_line) {
        ("body", Some(_), Some(line)) => t!(words, "editor-line", line = line, what = what),
        ("body", ..) => what,
        ("others", Some(line), _) if top.is_empty() => t!(words, "editor-line", line = line, what = what),
        _ => format!("{}: {what}", label(field, words).unwrap_or(top)),
    };
    FieldProblem { field: field.to_owned(), message }
}

/// What the form calls a field of its own.
fn label(field: &str, words: Words) -> Option<&'static str> {
    Some(match field {
        "title" => t!(words, "editor-title"),
        "makes" => t!(words, "lesson-makes"),
        "minutes" => t!(words, "editor-minutes"),
        "needs" => t!(words, "lesson-needs"),
        "done_looks_like" => t!(words, "lesson-done-looks-like"),
        "quick_fixes" => t!(words, "lesson-quick-fixes"),
        "extend" => t!(words, "lesson-extend"),
        "allowed_topics" => t!(words, "editor-topics"),
        "helper_notes" => t!(words, "editor-helper-notes"),
        _ => return None,
    })
}

/// A fault found in the other fields alone, with their own line.
pub fn problem_of_others(fault: &PackFault, words: Words) -> FieldProblem {
    let name = fault.field.as_deref().map(|name| format!("{name} ")).unwrap_or_default();
    let what = format!("{name}{}", fault.why.said(words));
    let message = match fault.line {
        Some(line) => t!(words, "editor-line", line = line, what = what),
        None => what,
    };
    FieldProblem { field: "others".to_owned(), message }
}

#[cfg(test)]
mod tests {
    use super::{LessonForm, Typed, problem};
    use crate::{
        course::{PackFault, Why},
        web::Words,
    };

    #[test]
    fn a_form_is_read_and_nothing_changed_keeps_every_byte() {
        let sent = "title=A&needs=x%0D%0Ay&body=Hi%0D%0Athere&others=&base_version=3&revision=no&go=preview&csrf=t";
        let pairs = form_urlencoded::parse(sent.as_bytes()).into_owned();
        let json: serde_json::Map<_, _> = pairs.map(|(name, value)| (name, value.into())).collect();
        let form: LessonForm = serde_json::from_value(json.into()).unwrap();
        assert_eq!((form.base_version(), form.revision(), form.go.as_str()), (3, 0, "preview"));
        let typed = form.typed.tidied();
        assert_eq!((typed.fields.needs.as_str(), typed.body.as_str()), ("x\ny", "Hi\nthere"));

        let before = "title:   A   # as I like it\nneeds: [x, y]\n";
        assert_eq!(Typed::of(before, "").front_matter(before).unwrap(), before);
        assert_eq!(typed.front_matter(before).unwrap(), before);
        let mut changed = typed;
        changed.fields.title.push('!');
        assert_eq!(changed.front_matter(before).unwrap(), "title: \"A!\"\nneeds:\n  - \"x\"\n  - \"y\"\n");
    }

    #[test]
    fn a_fault_is_shown_where_it_was_typed() {
        for (fault, field, message) in [
            (PackFault::at("l", 2, Why::FieldMissing).in_field("title"), "title", "Title: is missing"),
            (PackFault::at("l", 3, Why::NotAList).in_field("duration_minutes"), "minutes", "Minutes: must be a list"),
            (
                PackFault::at("l", 9, Why::LinkToNothing { path: "a.png".to_owned() }),
                "body",
                "Line 3: links to a.png, which is not there",
            ),
            (PackFault::of_file("l", Why::NotUtf8), "body", "is not UTF-8; save the file in that encoding"),
            (PackFault::at("l", 4, Why::FieldMissing).in_field("videos[1].url"), "others", "videos[1].url: is missing"),
        ] {
            let problem = problem(&fault, 4, Words::default());
            assert_eq!((problem.field.as_str(), problem.message.as_str()), (field, message));
        }
    }
}
