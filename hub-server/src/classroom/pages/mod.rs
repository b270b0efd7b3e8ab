//! What the class pages show: one struct per page, and its component.

mod create;
mod home;
mod new_card;
mod new_code;
mod removal;
mod settings;
mod student;
mod today;
mod waiting;

pub use create::{Create, LookFields, Organisations, create};
pub use home::{Home, home};
pub use new_card::{NewCard, new_card};
pub use new_code::new_code;
pub use removal::{Removal, gone, removal};
pub use settings::{Link, Settings, settings};
pub use student::{OneStudent, student};
pub use today::{Today, today};
pub use waiting::{OfWhom, Request, WaitingList};

use super::{Classroom, Enrolment};
use crate::{t, web::Words};
use helper_ui::ui::{IconName, NavLink, PageHeader, StatusWord, Tabs};
use leptos::prelude::*;

/// Which tab of a class one is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Today,
    Lessons,
    Roster,
    Work,
    Gradebook,
    Settings,
}

/// A class's name and its tabs.
#[component]
pub fn ClassHeader(classroom: Classroom, tab: Tab, words: Words) -> impl IntoView {
    let links = vec![
        NavLink::new(classroom.path(), t!(words, "class-tab-today"), tab == Tab::Today),
        NavLink::new(format!("{}/lessons", classroom.path()), t!(words, "lesson-all"), tab == Tab::Lessons),
        NavLink::new(classroom.roster_path(), t!(words, "class-tab-roster"), tab == Tab::Roster),
        NavLink::new(format!("{}/materials", classroom.path()), t!(words, "class-tab-work"), tab == Tab::Work),
        NavLink::new(format!("{}/gradebook", classroom.path()), t!(words, "gradebook-title"), tab == Tab::Gradebook),
        NavLink::new(classroom.settings_path(), t!(words, "class-tab-settings"), tab == Tab::Settings),
    ];
    view! {
        <PageHeader title=classroom.name />
        <Tabs label=t!(words, "class-tabs") links />
    }
}

/// Who may join a class now, in a word.
#[component]
pub fn JoinState(locked: bool, enrolment: Enrolment, words: Words) -> impl IntoView {
    let (word, icon) = match (locked, enrolment) {
        (true, _) => (t!(words, "class-locked"), IconName::Lock),
        (false, Enrolment::Open) => (t!(words, "class-open"), IconName::Done),
        (false, Enrolment::Invite) => (t!(words, "class-by-invitation"), IconName::Person),
        (false, Enrolment::Closed) => (t!(words, "class-closed"), IconName::Lock),
    };
    view! { <StatusWord word icon /> }.into_any()
}
