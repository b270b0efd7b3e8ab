//! What importing a course will do, before it is done.

use crate::{
    course::{
        Pack,
        plan::{Change, Plan},
    },
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, Notice, PageHeader, PostForm, Section, StatusWord, Table, Tone, Weight,
};
use leptos::prelude::*;
use uuid::Uuid;

/// What the organisation has of that slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandingAs {
    New,
    Here,
    /// It was deleted and comes back.
    Deleted,
}

/// A course that was sent in, and what comes of it.
pub struct Preview {
    pub staff: Staff,
    pub id: Uuid,
    pub standing_as: StandingAs,
    /// How many classes have it already.
    pub classes: usize,
    pub plan: Plan,
    pub pack: Pack,
}

/// Renders the page.
pub async fn preview(frame: Frame, page: Preview) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Preview { staff, id, standing_as, classes, plan, pack } = page;
        let lead = match standing_as {
            StandingAs::New => t!(words, "course-preview-new"),
            StandingAs::Here => t!(words, "course-preview-again"),
            StandingAs::Deleted => t!(words, "course-preview-deleted"),
        };
        let told = (classes > 0).then(|| {
            let text = t!(words, "course-preview-classes", classes = classes);
            view! { <Notice word=t!(words, "notice-word-info")>{text}</Notice> }
        });
        let lessons = view! { <Steps plan words /> }.into_any();
        let remarks = (!pack.remarks.is_empty()).then(|| {
            let rows = pack.remarks.iter().map(|remark| view! { <li>{remark.said(words)}</li> }).collect_view();
            view! {
                <Section title=t!(words, "course-remarks")>
                    <p>{t!(words, "course-remarks-text")}</p>
                    <ul>{rows}</ul>
                </Section>
            }
            .into_any()
        });
        let address = format!("/teach/courses/imports/{id}");
        let removal = format!("{address}/removal");
        view! {
            <StaffPage frame title=pack.title.clone() staff>
                <BackLink href="/teach/courses">{t!(words, "frame-courses")}</BackLink>
                <PageHeader title=pack.title.clone() lead />
                {told}
                {lessons}
                {remarks}
                <PostForm action=address csrf>
                    <Actions>
                        <Button>{t!(words, "course-import-button")}</Button>
                        <Button weight=Weight::Quiet formaction=removal>{t!(words, "course-discard")}</Button>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

#[component]
fn Steps(plan: Plan, words: Words) -> impl IntoView {
    let row = |title: String, state: AnyView| {
        view! {
            <tr>
                <td>{title}</td>
                <td>{state}</td>
            </tr>
        }
    };
    let stays = plan.steps.into_iter().map(|step| {
        let (word, tone) = word(step.change, words);
        row(step.title, view! { <StatusWord word tone /> }.into_any())
    });
    let leaves = plan.removed.into_iter().map(|title| {
        row(title, view! { <StatusWord word=t!(words, "course-change-removed") tone=Tone::Warning /> }.into_any())
    });
    let rows = stays.chain(leaves).collect_view();
    let headings = vec![t!(words, "course-lesson").to_owned(), t!(words, "course-change").to_owned()];
    view! { <Table caption=t!(words, "course-preview-table") headings show_caption=true>{rows}</Table> }
}

fn word(change: Change, words: Words) -> (&'static str, Tone) {
    match change {
        Change::New => (t!(words, "course-change-new"), Tone::Success),
        Change::Changed => (t!(words, "course-change-changed"), Tone::Info),
        Change::Replaced => (t!(words, "course-change-replaced"), Tone::Warning),
        Change::Unchanged => (t!(words, "course-change-unchanged"), Tone::Info),
        Change::KeptEdit => (t!(words, "course-change-kept"), Tone::Info),
    }
}
