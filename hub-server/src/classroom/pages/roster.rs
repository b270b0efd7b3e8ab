//! The roster tab.

use super::{
    ClassHeader, Tab,
    waiting::{OfWhom, Request, WaitingList},
};
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
use helper_ui::ui::{
    Button, ButtonLink, Drawing, EmptyState, IconName, PostForm, StatusWord, Table, Tone, Weight, Width,
};
use leptos::prelude::*;

/// Everyone in a class, and who wants to be let in.
pub struct Roster {
    pub staff: Staff,
    pub classroom: Classroom,
    pub lines: Vec<RosterLine>,
    pub waiting: Vec<Request>,
    pub now: Now,
    pub may_change: bool,
}

/// Renders the page.
pub async fn roster(frame: Frame, roster: Roster) -> Response {
    let Roster { staff, classroom, lines, waiting, now, may_change } = roster;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let title = format!("{} · {}", t!(words, "class-tab-roster"), classroom.name);
        let csrf_of_rows = may_change.then(|| csrf.clone());
        let content = if lines.is_empty() {
            view! { <NobodyYet href=classroom.path() words /> }.into_any()
        } else {
            view! { <RosterTable classroom=classroom.clone() lines now words csrf=csrf_of_rows /> }.into_any()
        };
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Roster words />
                <WaitingList classroom requests=waiting may_change now words csrf />
                {content}
            </StaffPage>
        }
    })
    .await
}

/// `csrf` is there for those who may sign students out.
#[component]
fn RosterTable(
    classroom: Classroom,
    lines: Vec<RosterLine>,
    now: Now,
    words: Words,
    csrf: Option<String>,
) -> impl IntoView {
    let headings = vec![
        t!(words, "roster-name").to_owned(),
        t!(words, "roster-joined").to_owned(),
        t!(words, "roster-last-seen").to_owned(),
        t!(words, "roster-session").to_owned(),
        t!(words, "roster-asked").to_owned(),
    ];
    let caption = t!(words, "roster-caption", students = lines.len());
    let rows = lines
        .into_iter()
        .map(|line| {
            let href = classroom.student_path(line.student);
            view! {
                <tr>
                    <th scope="row">
                        <a href=href.clone()>{line.display_name.clone()}</a>
                    </th>
                    <td>
                        <Since then=line.joined_at now words />
                    </td>
                    <td>
                        <Since then=line.last_seen_at now words />
                    </td>
                    <td>
                        <Session signed_in=line.signed_in path=href name=line.display_name words csrf=csrf.clone() />
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
    .into_any()
}

/// Whether a student is signed in, and the button that ends it.
#[component]
fn Session(signed_in: bool, path: String, name: String, words: Words, csrf: Option<String>) -> impl IntoView {
    if !signed_in {
        return view! { <span>{t!(words, "roster-signed-out")}</span> }.into_any();
    }
    let button = csrf.map(|csrf| {
        view! {
            <PostForm action=format!("{path}/sign-out") csrf inline=true>
                <Button weight=Weight::Quiet>{t!(words, "student-sign-out")}<OfWhom name /></Button>
            </PostForm>
        }
    });
    view! {
        <StatusWord word=t!(words, "roster-signed-in") tone=Tone::Success icon=IconName::Person />
        " "
        {button}
    }
    .into_any()
}

#[component]
fn NobodyYet(href: String, words: Words) -> impl IntoView {
    view! {
        <EmptyState drawing=Drawing::Desks title=t!(words, "roster-empty") text=t!(words, "roster-empty-text")>
            <ButtonLink href>{t!(words, "roster-empty-action")}</ButtonLink>
        </EmptyState>
    }
}
