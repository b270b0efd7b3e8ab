//! One student's page: what is known, and what the teacher can do.

use super::{ClassHeader, Tab};
use crate::{
    classroom::{Classroom, store::KnownStudent, student::NameForm},
    privacy::kept::Kept,
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, DefinitionList, HiddenField, Measure, PostForm, Section, TextField, Weight,
    Width,
};
use leptos::prelude::*;

/// One student of a class.
pub struct OneStudent {
    pub staff: Staff,
    pub classroom: Classroom,
    pub student: KnownStudent,
    /// What a merge put aside.
    pub kept: Vec<Kept>,
    pub now: Now,
    pub may_change: bool,
    /// The name, as it was typed.
    pub form: FormState<NameForm>,
}

/// Renders the page.
pub async fn student(frame: Frame, page: OneStudent) -> Response {
    let OneStudent { staff, classroom, student, kept, now, may_change, form } = page;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let title = format!("{} · {}", student.display_name, classroom.name);
        let path = classroom.student_path(student.id);
        let name = student.display_name.clone();
        let problems = form.problems(words);
        let rename = may_change.then(|| view! { <Rename path=path.clone() form words csrf=csrf.clone() /> });
        let ways = may_change.then(|| view! { <Ways path words csrf /> });
        let kept = (!kept.is_empty()).then(|| view! { <KeptFromMerge kept words /> });
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Roster words />
                <BackLink href=classroom.roster_path()>{t!(words, "student-page-back")}</BackLink>
                <Problems words problems />
                <Section title=name>
                    <DefinitionList items=facts(&student, now, words) />
                </Section>
                {kept}
                {rename}
                {ways}
            </StaffPage>
        }
    })
    .await
}

fn facts(student: &KnownStudent, now: Now, words: Words) -> Vec<(String, String)> {
    let unnamed = if student.added { t!(words, "student-by-list") } else { t!(words, "student-by-code") };
    let way = student.invitation.clone().unwrap_or_else(|| unnamed.to_owned());
    [
        (t!(words, "roster-joined"), now.since(student.joined_at, words)),
        (t!(words, "student-joined-by"), way),
        (
            t!(words, "roster-last-seen"),
            student.last_seen_at.map_or_else(|| t!(words, "roster-expected").to_owned(), |at| now.since(at, words)),
        ),
        (t!(words, "student-sessions"), student.sessions.to_string()),
        (t!(words, "student-devices"), student.devices.to_string()),
    ]
    .into_iter()
    .map(|(name, fact)| (name.to_owned(), fact))
    .collect()
}

#[component]
fn Rename(path: String, form: FormState<NameForm>, words: Words, csrf: String) -> impl IntoView {
    let error = form.error("display_name", words);
    view! {
        <Section title=t!(words, "student-rename")>
            <Measure>
                <PostForm action=format!("{path}/name") csrf>
                    <TextField
                        label=t!(words, "roster-name")
                        name="display_name"
                        value=form.typed.display_name
                        hint=t!(words, "student-rename-hint")
                        error
                        maxlength=40
                    />
                    <Actions>
                        <Button weight=Weight::Secondary>{t!(words, "form-save")}</Button>
                    </Actions>
                </PostForm>
            </Measure>
        </Section>
    }
    .into_any()
}

/// What had no place beside this student's own when another was merged into them.
#[component]
fn KeptFromMerge(kept: Vec<Kept>, words: Words) -> impl IntoView {
    let (readable, others): (Vec<_>, Vec<_>) = kept.iter().partition(|one| one.text(words).is_some());
    let items = readable
        .into_iter()
        .map(|one| {
            view! {
                <div>
                    <h3>{one.material.clone()}</h3>
                    <p class="kept-text">{one.text(words)}</p>
                </div>
            }
        })
        .collect_view();
    let others = (!others.is_empty()).then(|| view! { <p>{t!(words, "kept-others", count = others.len())}</p> });
    view! {
        <Section title=t!(words, "kept-title")>
            <p>{t!(words, "kept-text")}</p>
            {items}
            {others}
        </Section>
    }
    .into_any()
}

/// Sign out, new card, delete: each with what it means.
#[component]
fn Ways(path: String, words: Words, csrf: String) -> impl IntoView {
    let (card, sign_out, removal) =
        (format!("{path}/return-code"), format!("{path}/sign-out"), format!("{path}/removal"));
    let (csrf_too, merge) = (csrf.clone(), format!("{path}/merge"));
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
        <Section title=t!(words, "student-merge")>
            <p>{t!(words, "student-merge-text")}</p>
            <Actions>
                <ButtonLink href=merge weight=Weight::Secondary>
                    {t!(words, "student-merge-ask")}
                </ButtonLink>
            </Actions>
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
