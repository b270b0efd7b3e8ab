//! The roster tab.

use super::{ClassHeader, Tab};
use crate::{
    classroom::{Classroom, store::RosterLine},
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::{Now, Since},
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{ButtonLink, Drawing, EmptyState, Table, Width};
use leptos::prelude::*;

/// Everyone in a class.
pub struct Roster {
    pub staff: Staff,
    pub classroom: Classroom,
    pub lines: Vec<RosterLine>,
    pub now: Now,
}

/// Renders the page.
pub async fn roster(frame: Frame, Roster { staff, classroom, lines, now }: Roster) -> Response {
    render(move || {
        let words = frame.words;
        let title = format!("{} · {}", t!(words, "class-tab-roster"), classroom.name);
        let content = if lines.is_empty() {
            view! { <NobodyYet href=classroom.path() words /> }.into_any()
        } else {
            view! { <RosterTable lines now words /> }.into_any()
        };
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Roster words />
                {content}
            </StaffPage>
        }
    })
    .await
}

#[component]
fn RosterTable(lines: Vec<RosterLine>, now: Now, words: Words) -> impl IntoView {
    let headings = vec![
        t!(words, "roster-name").to_owned(),
        t!(words, "roster-joined").to_owned(),
        t!(words, "roster-last-seen").to_owned(),
        t!(words, "roster-asked").to_owned(),
    ];
    let caption = t!(words, "roster-caption", students = lines.len());
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.display_name}</th>
                    <td>
                        <Since then=line.joined_at now words />
                    </td>
                    <td>
                        <Since then=line.last_seen_at now words />
                    </td>
                    <td>{line.asked}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table caption headings show_caption=true>
            {rows}
        </Table>
    }
}

#[component]
fn NobodyYet(href: String, words: Words) -> impl IntoView {
    view! {
        <EmptyState drawing=Drawing::Desks title=t!(words, "roster-empty") text=t!(words, "roster-empty-text")>
            <ButtonLink href>{t!(words, "roster-empty-action")}</ButtonLink>
        </EmptyState>
    }
}
