//! The courses of my organisations, and the form that brings one in.

use crate::{
    course::{
        PackFaults,
        handlers::list::Refused,
        store::{self, ListedCourse},
    },
    organisation::Organisation,
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, Choice, EmptyState, ErrorSummary, FieldProblem, FileField, LinkList, LinkRow, PageHeader,
    PostForm, Section, Select, Table,
};
use leptos::prelude::*;
use shared_types::ids::OrganisationId;

/// What files the form takes; a hint for the browser only.
const ACCEPT: &str = ".zip,.imscc,.md,.docx";

/// The list.
pub struct List {
    pub staff: Staff,
    pub courses: Vec<ListedCourse>,
    /// Where a course can be brought in; empty for who may only look.
    pub organisations: Vec<Organisation>,
    pub chosen: Option<OrganisationId>,
    pub refused: Refused,
}

/// Renders the page.
pub async fn list(frame: Frame, page: List) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let List { staff, courses, organisations, chosen, refused } = page;
        let error = match &refused {
            Refused::Missing => Some(t!(words, "course-file-missing").to_owned()),
            Refused::TooLarge => Some(t!(words, "course-file-too-large").to_owned()),
            Refused::Faults { file_name, .. } => Some(t!(words, "course-file-faults", file = file_name.clone())),
            Refused::Nothing => None,
        };
        let problems = error.iter().map(|message| FieldProblem { field: "file".to_owned(), message: message.clone() });
        let problems =
            view! { <ErrorSummary title=t!(words, "form-problems") problems=problems.collect() /> }.into_any();
        let faults = match refused {
            Refused::Faults { faults, .. } => view! { <Faults faults words /> }.into_any(),
            _ => ().into_any(),
        };
        let several = organisations.len() > 1;
        let rows =
            courses.iter().map(|course| view! { <CourseRow course=course.clone() several words /> }).collect_view();
        let listed = if courses.is_empty() {
            let text =
                if organisations.is_empty() { t!(words, "course-none-viewer") } else { t!(words, "course-none-text") };
            view! { <EmptyState title=t!(words, "course-none") text /> }.into_any()
        } else {
            view! { <LinkList>{rows}</LinkList> }.into_any()
        };
        let form = (!organisations.is_empty())
            .then(|| view! { <ImportForm organisations chosen error csrf words /> }.into_any());
        view! {
            <StaffPage frame title=t!(words, "frame-courses") staff>
                <PageHeader title=t!(words, "frame-courses") lead=t!(words, "course-lead") />
                {problems}
                {faults}
                {listed}
                {form}
            </StaffPage>
        }
    })
    .await
}

#[component]
fn CourseRow(course: ListedCourse, several: bool, words: Words) -> impl IntoView {
    let lessons = t!(words, "course-lessons", lessons = course.lessons);
    let classes = t!(words, "course-classes", classes = course.classes);
    let organisation = if several { format!(" · {}", course.organisation) } else { String::new() };
    let detail = Some(format!("{lessons} · {classes}{organisation}"));
    view! { <LinkRow href=store::path(course.id) title=course.title detail /> }
}

/// Everything that is wrong with a pack, with the place of each.
#[component]
pub fn Faults(faults: PackFaults, words: Words) -> impl IntoView {
    let headings = vec![
        t!(words, "course-fault-file").to_owned(),
        t!(words, "course-fault-line").to_owned(),
        t!(words, "course-fault-field").to_owned(),
        t!(words, "course-fault-what").to_owned(),
    ];
    let rows = faults
        .0
        .into_iter()
        .map(|fault| {
            let line = fault.line.map(|line| line.to_string()).unwrap_or_default();
            view! {
                <tr>
                    <td><code>{fault.file}</code></td>
                    <td class="number">{line}</td>
                    <td><code>{fault.field.unwrap_or_default()}</code></td>
                    <td>{fault.why.said(words)}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table caption=t!(words, "course-faults") headings show_caption=true>{rows}</Table> }
}

#[component]
fn ImportForm(
    organisations: Vec<Organisation>,
    chosen: Option<OrganisationId>,
    error: Option<String>,
    csrf: String,
    words: Words,
) -> impl IntoView {
    let choose = (organisations.len() > 1).then(|| {
        let choices =
            organisations.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect::<Vec<_>>();
        let value = chosen.map(|id| id.to_string()).unwrap_or_default();
        view! { <Select label=t!(words, "class-organisation") name="organisation" choices value /> }
    });
    view! {
        <Section title=t!(words, "course-import")>
            <p>{t!(words, "course-import-text")}</p>
            <PostForm action="/teach/courses/imports" csrf multipart=true>
                {choose}
                <FileField
                    label=t!(words, "course-file")
                    name="file"
                    accept=ACCEPT
                    hint=t!(words, "course-file-hint")
                    error
                />
                <Actions>
                    <Button>{t!(words, "course-look")}</Button>
                </Actions>
            </PostForm>
        </Section>
    }
}
