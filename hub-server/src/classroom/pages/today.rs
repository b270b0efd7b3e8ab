//! The first tab of a class: how to join it, and what happened today.

use super::{ClassHeader, JoinState, Tab};
use crate::{
    announcement::{self, Announcement, pages::Told},
    classroom::{Classroom, Enrolment},
    code,
    live::{Waiting, store::Snapshot, view::LiveView},
    t,
    ui::{
        frame::{Frame, StaffPage, render_with_island},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{Actions, Button, ButtonLink, Card, HiddenField, PostForm, Section, Weight, Width, WithAside};
use leptos::prelude::*;

/// A class today.
pub struct Today {
    pub staff: Staff,
    pub classroom: Classroom,
    pub snapshot: Snapshot,
    /// Who waits for the helper.
    pub waiting: Waiting,
    /// The newest.
    pub announcements: Vec<Announcement>,
    pub now: Now,
    pub join_url: String,
    pub may_change: bool,
}

/// Renders the page.
pub async fn today(frame: Frame, today: Today) -> Response {
    let Today { staff, classroom, snapshot, waiting, announcements, now, join_url, may_change } = today;
    let frame = frame.with_teaching_island();
    render_with_island(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let join = view! { <JoinCard classroom=classroom.clone() join_url words /> };
        let settings = may_change.then(|| view! { <JoinSettings classroom=classroom.clone() csrf words /> });
        let told = view! { <Announcements classroom=classroom.clone() announcements may_change now words /> };
        let aside = view! {
            {join}
            {settings}
        }
        .into_any();
        view! {
            <StaffPage frame title=classroom.name.clone() staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Today words />
                <WithAside aside label=t!(words, "today-join") jump=t!(words, "today-to-code")>
                    <LiveView classroom snapshot waiting now words />
                    {told}
                </WithAside>
            </StaffPage>
        }
    })
    .await
}

/// What the class is told now, and the way to tell it more.
#[component]
fn Announcements(
    classroom: Classroom,
    announcements: Vec<Announcement>,
    may_change: bool,
    now: Now,
    words: Words,
) -> impl IntoView {
    let href = announcement::list_path(&classroom);
    let label = if may_change { t!(words, "announcement-write") } else { t!(words, "announcement-all") };
    let cards = announcements
        .into_iter()
        .map(|one| {
            view! {
                <Card>
                    <Told announcement=one now words />
                </Card>
            }
        })
        .collect_view();
    view! {
        <Section title=t!(words, "announcement-title")>
            {cards}
            <Actions>
                <ButtonLink href weight=Weight::Secondary>{label}</ButtonLink>
            </Actions>
        </Section>
    }
    .into_any()
}

#[component]
fn JoinCard(classroom: Classroom, join_url: String, words: Words) -> impl IntoView {
    let way_in = if classroom.takes() == Enrolment::Open {
        by_code(&classroom, join_url, words)
    } else {
        not_by_code(&classroom, words)
    };
    view! {
        <Card>
            {way_in}
            <p>
                <JoinState locked=classroom.locked enrolment=classroom.enrolment words />
            </p>
        </Card>
    }
}

fn by_code(classroom: &Classroom, join_url: String, words: Words) -> AnyView {
    let (link, shown) = (join_url.clone(), join_url);
    view! {
        <h2>{t!(words, "today-join")}</h2>
        <p>{t!(words, "today-join-text")}</p>
        <p class="return-card-code" data-testid="class-code">
            {code::shown(&classroom.code)}
        </p>
        <p>
            <a href=link>{shown}</a>
        </p>
        <p>
            <a href=format!("{}/join-card", classroom.path())>{t!(words, "roster-join-card")}</a>
        </p>
    }
    .into_any()
}

/// Where the code lets nobody new in it is small: those who are in the class come back with it.
fn not_by_code(classroom: &Classroom, words: Words) -> AnyView {
    let (text, settings) = if classroom.takes() == Enrolment::Invite {
        (t!(words, "today-by-link-text"), t!(words, "invite-title"))
    } else {
        (t!(words, "today-closed-text"), t!(words, "enrolment-title"))
    };
    view! {
        <h2>{t!(words, "enrolment-title")}</h2>
        <p>{text}</p>
        <p>
            <a href=classroom.settings_path()>{settings}</a>
        </p>
        <p>
            {t!(words, "today-come-back")} " "
            <span class="code" data-testid="class-code">
                {code::shown(&classroom.code)}
            </span>
        </p>
    }
    .into_any()
}

#[component]
fn JoinSettings(classroom: Classroom, csrf: String, words: Words) -> impl IntoView {
    let path = classroom.path();
    let lock_label = if classroom.locked { t!(words, "today-unlock") } else { t!(words, "today-lock") };
    view! {
        <Actions>
            <PostForm action=format!("{path}/lock") csrf inline=true>
                <HiddenField name="locked" value=(!classroom.locked).to_string() />
                <Button weight=Weight::Secondary>{lock_label}</Button>
            </PostForm>
            <ButtonLink href=format!("{path}/code-rotation") weight=Weight::Quiet>
                {t!(words, "today-rotate")}
            </ButtonLink>
        </Actions>
    }
}
