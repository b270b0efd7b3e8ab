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
pub use lesson::{LessonPage, Work, lesson};
pub use preview::{PreviewPage, preview};
pub use releases::{Releases, releases};
pub use text::LessonText;
pub use watch::{Watched, watch_as_staff, watch_as_student};

use super::release::Opening;
use crate::{t, ui::time::Now, web::Words};
use helper_ui::ui::{IconName, StatusWord, Tone};
use leptos::prelude::*;

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
