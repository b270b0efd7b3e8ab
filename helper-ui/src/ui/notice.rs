//! Notices and states: always a word and a drawing, never a colour alone.

use super::{Icon, IconName};
use leptos::prelude::*;

/// How a notice or a state is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Info,
    Success,
    Warning,
    Problem,
}

impl Tone {
    /// What stands beside its words.
    pub const fn icon(self) -> IconName {
        match self {
            Self::Info => IconName::Info,
            Self::Success => IconName::Done,
            Self::Warning => IconName::Warning,
            Self::Problem => IconName::Problem,
        }
    }

    /// Its class in the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Info => "tone-info",
            Self::Success => "tone-success",
            Self::Warning => "tone-warning",
            Self::Problem => "tone-problem",
        }
    }
}

/// Something the page has to say, led by a word ("Done", "Careful").
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(into)] word: String,
    /// Read out at once; for what answers the reader's own action.
    #[prop(optional)]
    announce: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("notice {}", tone.class()) role=announce.then_some("status")>
            <Icon name=tone.icon() />
            <div class="notice-body">
                <strong class="notice-word">{word}</strong>
                " "
                {children()}
            </div>
        </div>
    }
    .into_any()
}

/// The state of one thing in a list or table.
#[component]
pub fn StatusWord(
    #[prop(into)] word: String,
    #[prop(optional)] tone: Tone,
    /// Another drawing than the tone's.
    #[prop(optional)]
    icon: Option<IconName>,
) -> impl IntoView {
    view! {
        <span class=format!("status {}", tone.class())>
            <Icon name=icon.unwrap_or(tone.icon()) />
            {word}
        </span>
    }
    .into_any()
}
