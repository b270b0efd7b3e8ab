//! One student's page: their work, what is known of them, and what the teacher can do.

use super::{ClassHeader, Tab};
use crate::{
    classroom::{Classroom, store::KnownStudent, student::NameForm},
    grading::{
        self,
        progress::{Work, WorkState},
        returned::points_word,
    },
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
    Actions, BackLink, Button, ButtonLink, DefinitionList, HiddenField, IconName, LinkList, LinkRow, Measure, PostForm,
    Section, StatusWord, TextField, Tone, Weight, Width,
};
use leptos::prelude::*;
use shared_types::ids::StudentId;

/// One student of a class.
pub struct OneStudent {
    pub staff: Staff,
    pub classroom: Classroom,
    pub student: KnownStudent,
    /// All that the class hands in.
    pub work: Vec<Work>,
    /// What a merge put aside.
    pub kept: Vec<Kept>,
    pub now: Now,
    pub may_change: bool,
    /// The name, as it was typed.
    pub form: FormState<NameForm>,
}

/// Renders the page.
pub async fn student(frame: Frame, page: OneStudent) -> Response {
    let OneStudent { staff, classroom, student, work, kept, now, may_change, form } = page;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let title = format!("{} · {}", student.display_name, classroom.name);
        let path = classroom.student_path(student.id);
        let name = student.display_name.clone();
        let problems = form.problems(words);
        let rename = may_change.then(|| view! { <Rename path=path.clone() form words csrf=csrf.clone() /> });
        let ways = may_change.then(|| view! { <Ways path words csrf /> });
        let work = view! { <WorkOfStudent student=student.id work now words /> };
        let kept = (!kept.is_empty()).then(|| view! { <KeptFromMerge kept words /> });
        view! {
            <StaffPage frame title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom=classroom.clone() tab=Tab::Roster words />
                <BackLink href=classroom.roster_path()>{t!(words, "student-page-back")}</BackLink>
                <h2>{name}</h2>
                <Problems words problems />
                {work}
                <Section title=t!(words, "student-facts")>
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

/// Everything the class hands in, each leading to this student's sheet.
#[component]
fn WorkOfStudent(student: StudentId, work: Vec<Work>, now: Now, words: Words) -> impl IntoView {
    let content = if work.is_empty() {
        view! { <p>{t!(words, "student-work-none")}</p> }.into_any()
    } else {
        let rows = work.into_iter().map(|work| work_row(student, work, now, words)).collect_view();
        view! { <LinkList>{rows}</LinkList> }.into_any()
    };
    view! { <Section title=t!(words, "student-work")>{content}</Section> }.into_any()
}

fn work_row(student: StudentId, work: Work, now: Now, words: Words) -> AnyView {
    let points = work.points.map(|points| {
        view! { <span class="points">{points_word(Some(points), work.most, false, words)}</span> }
    });
    let state = work_state(&work, now, words);
    let detail = match work.due_at {
        Some(due) => format!("{} · {}", work.module_title, t!(words, "material-due", at = now.moment(due, words))),
        None => work.module_title,
    };
    let href = grading::student_path(work.material, student);
    view! { <LinkRow href title=work.title detail=Some(detail)>{points} {state}</LinkRow> }.into_any()
}

/// Where a work stands, in words.
fn work_state(work: &Work, now: Now, words: Words) -> AnyView {
    let handed_in = work.handed_in_at.map(|at| t!(words, "grading-handed-in", at = now.moment(at, words)));
    let (word, tone, icon) = match work.state {
        WorkState::Missing { overdue: true } => (t!(words, "grading-missing"), Tone::Warning, IconName::Warning),
        WorkState::Missing { overdue: false } => (t!(words, "student-work-open"), Tone::Info, IconName::ToDo),
        WorkState::HandedIn => {
            let word = handed_in.unwrap_or_default();
            return view! { <StatusWord word icon=IconName::Done /> }.into_any();
        }
        WorkState::ToGrade => (t!(words, "student-work-to-grade"), Tone::Warning, IconName::Returned),
        WorkState::Again => (t!(words, "grading-again"), Tone::Warning, IconName::Returned),
        WorkState::Draft => (t!(words, "grading-draft"), Tone::Warning, IconName::Clock),
        WorkState::Changed => (t!(words, "grading-changed"), Tone::Warning, IconName::Warning),
        WorkState::Returned => (t!(words, "grading-returned"), Tone::Success, IconName::Returned),
        WorkState::Excused => (t!(words, "grading-excused"), Tone::Info, IconName::Done),
    };
    view! { <StatusWord word tone icon /> }.into_any()
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
