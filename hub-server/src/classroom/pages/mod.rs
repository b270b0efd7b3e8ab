//! What the class pages show: one struct per page, and its component.

mod create;
mod home;
mod roster;
mod today;

pub use create::{Create, create};
pub use home::{Home, home};
pub use roster::{Roster, roster};
pub use today::{Today, today};

use super::Classroom;
use crate::{t, web::Words};
use helper_ui::ui::{NavLink, PageHeader, Tabs};
use leptos::prelude::*;

/// Which tab of a class one is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Today,
    Lessons,
    Roster,
    Work,
}

/// A class's name and its tabs.
#[component]
pub fn ClassHeader(classroom: Classroom, tab: Tab, words: Words) -> impl IntoView {
    let links = vec![
        NavLink::new(classroom.path(), t!(words, "class-tab-today"), tab == Tab::Today),
        NavLink::new(format!("{}/lessons", classroom.path()), t!(words, "lesson-all"), tab == Tab::Lessons),
        NavLink::new(format!("{}/materials", classroom.path()), t!(words, "class-tab-work"), tab == Tab::Work),
        NavLink::new(classroom.roster_path(), t!(words, "class-tab-roster"), tab == Tab::Roster),
    ];
    view! {
        <PageHeader title=classroom.name />
        <Tabs label=t!(words, "class-tabs") links />
    }
}
