//! What a lesson's pages show: one struct per page, and its component.

mod closed;
mod conversation;
mod lesson;
mod preview;
mod releases;
mod text;
mod videos;
mod watch;

pub use closed::{ClosedPage, closed};
pub use conversation::{ConversationPage, conversation};
pub use lesson::{LessonPage, lesson};
pub use preview::{PreviewPage, preview};
pub use releases::{Releases, releases};
pub use text::LessonText;
pub use watch::{Watched, watch_as_staff, watch_as_student};

use super::{release::Opening, store::OutlineLine};
use crate::{t, ui::time::Now, web::Words};
use helper_ui::ui::{IconName, StatusWord, Tone};
use leptos::prelude::*;
use shared_types::ids::LessonId;

/// Whether a lesson can be read, in words.
#[component]
pub fn OpeningWord(opening: Opening, now: Now, words: Words) -> impl IntoView {
    let (word, tone, icon) = match opening {
        Opening::Open => (t!(words, "lesson-open-now").to_owned(), Tone::Success, IconName::Done),
        Opening::At(at) => (t!(words, "lesson-opens-at", moment = now.moment(at, words)), Tone::Info, IconName::Clock),
        Opening::Locked => (t!(words, "lesson-locked").to_owned(), Tone::Info, IconName::Lock),
    };
    view! { <StatusWord word tone icon /> }
}

/// The lessons before and after one, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub previous: Option<Neighbour>,
    pub next: Option<Neighbour>,
    /// From 1, within the course.
    pub number: usize,
    pub of: usize,
    /// By the student who looks.
    pub finished: bool,
}

/// A lesson next to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    pub id: LessonId,
    pub title: String,
}

impl Neighbours {
    /// Those of `lesson` in a class's outline, within its course.
    pub fn of(lesson: LessonId, outline: &[OutlineLine]) -> Self {
        let Some(this) = outline.iter().find(|line| line.id == lesson) else { return Self::default() };
        let course: Vec<&OutlineLine> = outline.iter().filter(|line| line.course == this.course).collect();
        let at = course.iter().position(|line| line.id == lesson).unwrap_or_default();
        let neighbour = |line: &&OutlineLine| Neighbour { id: line.id, title: line.title.clone() };
        Self {
            previous: at.checked_sub(1).and_then(|before| course.get(before)).map(neighbour),
            next: course.get(at + 1).map(neighbour),
            number: at + 1,
            of: course.len(),
            finished: this.finished,
        }
    }
}
