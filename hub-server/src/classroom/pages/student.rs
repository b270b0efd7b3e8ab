//! One student's page: what is known, and what the teacher can do.

use super::{ClassHeader, Tab};
use crate::{
    classroom::{Classroom, store::KnownStudent},
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, DefinitionList, HiddenField, PostForm, Section, Weight, Width,
};
use leptos::prelude::*;

/// One student of a class.
pub struct OneStudent {
    pub staff: Staff,
    pub classroom: Classroom,
    pub student: KnownStudent,
    pub now: Now,
    pub may_change: bool,
}

/// Renders the page.
pub async fn student(frame: Frame, page: OneStudent) -> Response {
    let OneStudent { staff, classroom, student, now, may_change } = page;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let title = format!("{} · {}", student.display_name, classroom.name);
        let path = classroom.student_path(student.id);
        let name = student.display_name.clone();
        let ways = may_change.then(|| view! { <Ways path words csrf /> });
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Roster words />
                <BackLink href=classroom.roster_path()>{t!(words, "student-page-back")}</BackLink>
                <Section title=name>
                    <DefinitionList items=facts(&student, now, words) />
                </Section>
                {ways}
            </StaffPage>
        }
    })
    .await
}

fn facts(student: &KnownStudent, now: Now, words: Words) -> Vec<(String, String)> {
    let way = student.invitation.clone().unwrap_or_else(|| t!(words, "student-by-code").to_owned());
    [
        (t!(words, "roster-joined"), now.since(student.joined_at, words)),
        (t!(words, "student-joined-by"), way),
        (t!(words, "roster-last-seen"), now.since(student.last_seen_at, words)),
        (t!(words, "student-sessions"), student.sessions.to_string()),
        (t!(words, "student-devices"), student.devices.to_string()),
    ]
    .into_iter()
    .map(|(name, fact)| (name.to_owned(), fact))
    .collect()
}

/// Sign out, new card, delete: each with what it means.
#[component]
fn Ways(path: String, words: Words, csrf: String) -> impl IntoView {
    let (card, sign_out, removal) =
        (format!("{path}/return-code"), format!("{path}/sign-out"), format!("{path}/removal"));
    let csrf_too = csrf.clone();
    view! {
        <Section title=t!(words, "student-card")>
            <p>{t!(words, "student-card-text")}</p>
            <PostForm action=card csrf=csrf_too>
                <Actions>
                    <Button>{t!(words, "student-card-button")}</Button>
                </Actions>
            </PostForm>
        </Section>
        <Section title=t!(words, "student-sign-out")>
            <p>{t!(words, "student-sign-out-text")}</p>
            <PostForm action=sign_out csrf>
                <HiddenField name="from" value="student" />
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "student-sign-out")}</Button>
                </Actions>
            </PostForm>
        </Section>
        <Section title=t!(words, "student-removal")>
            <p>{t!(words, "student-removal-text")}</p>
            <Actions>
                <ButtonLink href=removal weight=Weight::Danger>
                    {t!(words, "student-removal-ask")}
                </ButtonLink>
            </Actions>
        </Section>
    }
    .into_any()
}
