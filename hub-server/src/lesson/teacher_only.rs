//! What is for teachers only, told by its heading.

use pulldown_cmark::HeadingLevel;

/// How a heading of a teacher's section starts, in lower case. The list is the course-pack layout's own.
const STARTS: [&str; 8] = [
    "teacher",
    "agenda",
    "materials",
    "checkpoints",
    "common stuck points",
    "notes + options",
    "notes and options",
    "extensions",
];

/// Whether the section under this heading is for teachers only.
///
/// The layout speaks of second-level headings. A first-level one is held to the same rule, and "Teacher …" at any
/// level: a mistake in the number of # must not show a student what was meant for the teacher.
pub fn is_teacher_only(level: HeadingLevel, title: &str) -> bool {
    let words: Vec<String> = title.split_whitespace().map(str::to_lowercase).collect();
    let title = words.join(" ").replace('&', "and");
    // Numbers and ornaments in front: "3. Agenda", "🍎 Teacher prep".
    let title = title.trim_start_matches(|c: char| !c.is_alphabetic());
    let starts = if level <= HeadingLevel::H2 { &STARTS[..] } else { &STARTS[..1] };
    starts.iter().any(|start| title.starts_with(start))
}

/// Whether what is folded away under this `<summary>` is for teachers only: it is a heading of its own kind, and held to
/// the rule of second-level ones.
pub fn is_teacher_s_summary(words: &str) -> bool {
    is_teacher_only(HeadingLevel::H2, words)
}

#[cfg(test)]
mod tests {
    use super::is_teacher_only;
    use pulldown_cmark::HeadingLevel::{H1, H2, H3};

    #[test]
    fn the_layout_s_sections_are_known() {
        for title in [
            "Teacher prep",
            "Teachers’ notes",
            "TEACHER   PANEL",
            "Agenda",
            "Materials",
            "Checkpoints",
            "Common stuck points + fixes",
            "Notes + options",
            "Notes & options",
            "Extensions (fast finisher)",
            "2) Agenda",
            "🍎 Teacher prep",
        ] {
            assert!(is_teacher_only(H2, title), "{title}");
        }
        assert!(is_teacher_only(H1, "Agenda"));
        assert!(is_teacher_only(H3, "Teacher notes"));
    }

    #[test]
    fn a_student_s_sections_are_not() {
        for title in ["Your mission", "What the teacher never knew", "How to send a message", ""] {
            assert!(!is_teacher_only(H2, title), "{title}");
        }
        assert!(!is_teacher_only(H3, "Materials"));
    }
}
