//! `course.yaml` as text: a lesson that was written here is listed in it, and the rest stays as its author wrote it.

use super::store;
use crate::course::{
    pack::SHEET,
    source::write::{entry, quoted},
};
use shared_types::ids::CourseId;
use sqlx::PgConnection;

/// Lists a new lesson at the end of the course's sheet.
pub(super) async fn list_lesson(
    tx: &mut PgConnection,
    course: CourseId,
    slug: &str,
    title: &str,
    file: &str,
) -> sqlx::Result<()> {
    let before = store::pack_file(tx, course, SHEET).await?.unwrap_or_default();
    let before = String::from_utf8(before).unwrap_or_default();
    let fields = [("slug", quoted(slug)), ("title", quoted(title)), ("file", quoted(file))];
    let text = with_entry(&before, &entry(&fields));
    store::put_pack_file(tx, course, SHEET, Some(text.as_bytes()), None).await
}

/// The text with `entry` at the end of its list `lessons`, at the list's own indentation.
fn with_entry(text: &str, entry: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<&str> = text.lines().collect();
    let Some(start) = lines.iter().position(|line| line.trim_end() == "lessons:") else {
        // No list, or one written in brackets: a list of its own would be a second one.
        return with_entry_in_brackets(text, entry, end);
    };
    let inside = |line: &&&str| line.is_empty() || line.starts_with([' ', '-', '#', '\t']);
    let length = lines[start + 1..].iter().take_while(inside).count();
    let mut last = start + 1 + length;
    while last > start + 1 && lines[last - 1].trim().is_empty() {
        last -= 1;
    }
    let dash = lines[start + 1..last].iter().find(|line| line.trim_start().starts_with('-'));
    let indent = dash.map_or("  ", |line| &line[..line.len() - line.trim_start().len()]);
    let added: Vec<String> = entry.lines().map(|line| format!("{indent}{line}")).collect();
    lines.splice(last..last, added.iter().map(String::as_str));
    lines.join(end) + end
}

fn with_entry_in_brackets(text: &str, entry: &str, end: &str) -> String {
    let flow = entry.trim_start_matches("- ").lines().map(str::trim).collect::<Vec<_>>().join(", ");
    match text.find("\nlessons: [").and_then(|at| text[at..].find(']').map(|length| at + length)) {
        Some(close) => format!("{}, {{{flow}}}{}", text[..close].trim_end().trim_end_matches(','), &text[close..]),
        None => format!("{text}lessons:{end}  {}{end}", entry.trim_end().replace('\n', &format!("{end}  "))),
    }
}

#[cfg(test)]
mod tests {
    use super::with_entry;

    const ENTRY: &str = "- slug: c\n  title: C\n";

    #[test]
    fn the_rest_of_the_sheet_stays_as_it_was() {
        for (before, after) in [
            (
                "slug: a\nlessons:\n  - slug: b\n    title: B\n",
                "slug: a\nlessons:\n  - slug: b\n    title: B\n  - slug: c\n    title: C\n",
            ),
            (
                "lessons:\n- slug: b\n\n# end\nneeds: []\n",
                "lessons:\n- slug: b\n\n# end\n- slug: c\n  title: C\nneeds: []\n",
            ),
            (
                "slug: a\r\nlessons:\r\n  - slug: b\r\n",
                "slug: a\r\nlessons:\r\n  - slug: b\r\n  - slug: c\r\n    title: C\r\n",
            ),
            ("slug: a\nlessons: [{slug: b}]\n", "slug: a\nlessons: [{slug: b}, {slug: c, title: C}]\n"),
            ("slug: a\n", "slug: a\nlessons:\n  - slug: c\n    title: C\n"),
        ] {
            assert_eq!(with_entry(before, ENTRY), after);
        }
    }
}
