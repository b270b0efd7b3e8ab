//! Small drawings that stand beside a word. They take the colour of the text and say nothing to a screen reader.

use leptos::prelude::*;

/// Which drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IconName {
    Done,
    Info,
    Warning,
    Problem,
    Clock,
    Lock,
    Returned,
    ToDo,
    Next,
    Back,
    Person,
    Lesson,
    Chat,
}

impl IconName {
    /// Drawn on a 20 × 20 grid, 1.75 thick, round ends.
    pub const fn shapes(self) -> &'static str {
        match self {
            Self::Done => r#"<circle cx="10" cy="10" r="7.5"/><path d="m6.5 10.3 2.4 2.4 4.8-5.2"/>"#,
            Self::Info => r#"<circle cx="10" cy="10" r="7.5"/><path d="M10 9.3v4.2M10 6.4v.1"/>"#,
            Self::Warning => r#"<path d="M10 3.2 17.6 16.5H2.4Z"/><path d="M10 8.3v3.6M10 14.1v.1"/>"#,
            Self::Problem => r#"<path d="M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7Z"/><path d="M10 6.3v4.4M10 13.4v.1"/>"#,
            Self::Clock => r#"<circle cx="10" cy="10" r="7.5"/><path d="M10 5.8V10l2.8 2"/>"#,
            Self::Lock => {
                r#"<rect x="4.2" y="9" width="11.6" height="8" rx="1.8"/><path d="M6.8 9V6.6a3.2 3.2 0 0 1 6.4 0V9"/>"#
            }
            Self::Returned => r#"<path d="M8 4.2 3.8 8.4 8 12.6"/><path d="M4.2 8.4h7.3a4.3 4.3 0 0 1 0 8.6H8.6"/>"#,
            Self::ToDo => r#"<circle cx="10" cy="10" r="7.5"/>"#,
            Self::Next => r#"<path d="M4 10h11.4M11 5.4l4.6 4.6-4.6 4.6"/>"#,
            Self::Back => r#"<path d="M16 10H4.6M9 5.4 4.4 10 9 14.6"/>"#,
            Self::Person => {
                r#"<circle cx="10" cy="6.6" r="3.4"/><path d="M3.6 17c.6-3.6 3-5.4 6.4-5.4s5.8 1.8 6.4 5.4"/>"#
            }
            Self::Lesson => {
                r#"<path d="M10 5.4C8 3.9 5.7 3.5 2.8 3.5v11.8c2.9 0 5.2.400 7.2 1.9 2-1.5 4.3-1.9 7.2-1.9V3.5c-2.9 0-5.2.400-7.2 1.9Z"/><path d="M10 5.4v11.8"/>"#
            }
            Self::Chat => {
                r#"<path d="M3 5.2A1.7 1.7 0 0 1 4.7 3.5h10.6A1.7 1.7 0 0 1 17 5.2v6.6a1.7 1.7 0 0 1-1.7 1.7H9.5L5.7 16.8v-3.3h-1A1.7 1.7 0 0 1 3 11.8Z"/>"#
            }
        }
    }
}

/// One drawing, as tall as the text beside it.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    view! {
        <svg
            class="icon"
            viewBox="0 0 20 20"
            width="20"
            height="20"
            aria-hidden="true"
            focusable="false"
            inner_html=name.shapes()
        ></svg>
    }
    .into_any()
}
