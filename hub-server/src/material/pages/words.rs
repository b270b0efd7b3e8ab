//! Kinds and states in words.

use crate::{
    material::{Kind, state::State},
    t,
    ui::{time::Now, written::status_word},
    web::Words,
};
use helper_ui::ui::{IconName, StatusWord, Tone};
use leptos::prelude::*;
use maud::Markup;

/// What a kind is called.
pub fn kind_word(kind: Kind, words: Words) -> &'static str {
    match kind {
        Kind::Link => t!(words, "material-kind-link"),
        Kind::Text => t!(words, "material-kind-text"),
        Kind::Upload => t!(words, "material-kind-upload"),
        Kind::Gallery => t!(words, "material-kind-gallery"),
        Kind::Checklist => t!(words, "material-kind-checklist"),
        Kind::Reflection => t!(words, "material-kind-reflection"),
        Kind::Rubric => t!(words, "material-kind-rubric"),
    }
}

/// What a state is called, how it is meant and its drawing.
pub fn state_word(state: State, now: Now, words: Words) -> (String, Tone, IconName) {
    let (word, tone, icon) = match state {
        State::Locked(Some(at)) => {
            return (t!(words, "state-locked-until", at = now.moment(at, words)), Tone::Info, IconName::Lock);
        }
        State::Locked(None) => (t!(words, "state-locked"), Tone::Info, IconName::Lock),
        State::ToRead => (t!(words, "state-to-read"), Tone::Info, IconName::Lesson),
        State::ToDo => (t!(words, "state-to-do"), Tone::Info, IconName::ToDo),
        State::Started => (t!(words, "state-started"), Tone::Info, IconName::Clock),
        State::DraftSaved => (t!(words, "state-draft"), Tone::Warning, IconName::Clock),
        State::HandedIn => (t!(words, "state-handed-in"), Tone::Success, IconName::Done),
        State::Done => (t!(words, "state-done"), Tone::Success, IconName::Done),
        State::Returned => (t!(words, "state-returned"), Tone::Success, IconName::Returned),
    };
    (word.to_owned(), tone, icon)
}

/// A state of one of many, as text.
pub fn written_status(state: State, now: Now, words: Words) -> Markup {
    let (word, tone, icon) = state_word(state, now, words);
    status_word(&word, tone, icon)
}

/// A state, shown.
pub fn status(state: State, now: Now, words: Words) -> AnyView {
    let (word, tone, icon) = state_word(state, now, words);
    view! { <StatusWord word tone icon /> }.into_any()
}
