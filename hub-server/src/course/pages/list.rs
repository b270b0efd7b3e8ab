//! The courses of my organisations, and the form that brings one in.

use crate::{
    course::{
        PackFaults,
        handlers::list::{Refused, Sending},
        life::{NEW_PATH, UNDO_DAYS, store::DeletedCourse},
        source::MAX_SOURCE_BYTES,
        store::{self, ListedCourse},
    },
    organisation::Organisation,
    t,
    ui::{
        frame::{Frame, StaffPage, render_with_island},
        time::Now,
        upload::upload_words,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, Choice, EmptyState, ErrorSummary, FieldProblem, FileField, LinkList, LinkRow,
    PageHeader, PostForm, Section, Select, Table, UploadLimits, UploadProgress, Weight,
};
use leptos::prelude::*;
use shared_types::ids::OrganisationId;

/// What files the form takes; a hint for the browser only.
const ACCEPT: &str = ".zip,.imscc,.md,.docx";
/// The same for the script that shows the progress.
const ENDINGS: &str = "zip imscc docx md markdown txt";

/// The list.
pub struct List {
    pub staff: Staff,
    pub courses: Vec<ListedCourse>,
    /// Those that can be brought back.
    pub deleted: Vec<DeletedCourse>,
    /// Where a course can be made or brought in; empty for who may only look.
    pub organisations: Vec<Organisation>,
    pub sending: Sending,
    pub now: Now,
}

/// Renders the page.
pub async fn list(frame: Frame, page: List) -> Response {
    render_with_island(move || {
        let frame = frame.with_teaching_island();
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let List { staff, courses, deleted, organisations, sending, now } = page;
        let Sending { class, organisation: chosen, refused } = sending;
        let may_change = !organisations.is_empty();
        let error = refused.said(words);
        let problems = error.iter().map(|message| FieldProblem { field: "file".to_owned(), message: message.clone() });
        let problems =
            view! { <ErrorSummary title=t!(words, "form-problems") problems=problems.collect() /> }.into_any();
        let faults = match refused {
            Refused::Faults { faults, .. } => view! { <Faults faults words /> }.into_any(),
            _ => ().into_any(),
        };
        let several = organisations.len() > 1;
        let wanted = class.as_ref().map(|(id, _)| format!("?class={id}")).unwrap_or_default();
        let is_empty = courses.is_empty();
        let listed = if is_empty {
            view! { <NoCourses may_change words /> }.into_any()
        } else {
            let rows = courses
                .into_iter()
                .map(|course| {
                    let href = format!("{}{wanted}", store::path(course.id));
                    view! { <CourseRow course href several words /> }
                })
                .collect_view();
            view! { <LinkList>{rows}</LinkList> }.into_any()
        };
        let deleted = (!deleted.is_empty())
            .then(|| view! { <DeletedCourses deleted several now csrf=csrf.clone() words /> }.into_any());
        let form = may_change.then(|| view! { <ImportForm organisations chosen error csrf words /> }.into_any());
        let lead = match class {
            Some((_, name)) => t!(words, "course-choose-for", class = name),
            None => t!(words, "course-lead").to_owned(),
        };
        let new = (may_change && !is_empty).then(
            || view! { <ButtonLink href=NEW_PATH weight=Weight::Secondary>{t!(words, "course-new")}</ButtonLink> },
        );
        view! {
            <StaffPage frame title=t!(words, "frame-courses") staff>
                <PageHeader title=t!(words, "frame-courses") lead>
                    {new}
                </PageHeader>
                {problems}
                {faults}
                {listed}
                {form}
                {deleted}
            </StaffPage>
        }
    })
    .await
}

#[component]
fn NoCourses(may_change: bool, words: Words) -> impl IntoView {
    let text = if may_change { t!(words, "course-none-text") } else { t!(words, "course-none-viewer") };
    let ways = may_change.then(|| {
        view! {
            <ButtonLink href=NEW_PATH>{t!(words, "course-new")}</ButtonLink>
            <ButtonLink href="#import" weight=Weight::Secondary>
                {t!(words, "course-import")}
            </ButtonLink>
        }
    });
    view! { <EmptyState title=t!(words, "course-none") text>{ways}</EmptyState> }
}

#[component]
fn CourseRow(course: ListedCourse, href: String, several: bool, words: Words) -> impl IntoView {
    let lessons = t!(words, "course-lessons", lessons = course.lessons);
    let classes = t!(words, "course-classes", classes = course.classes);
    let organisation = if several { format!(" · {}", course.organisation) } else { String::new() };
    let detail = Some(format!("{lessons} · {classes}{organisation}"));
    view! { <LinkRow href title=course.title detail /> }
}

#[component]
fn DeletedCourses(deleted: Vec<DeletedCourse>, several: bool, now: Now, csrf: String, words: Words) -> impl IntoView {
    let row = |course: DeletedCourse| {
        let organisation = if several { format!(" · {}", course.organisation) } else { String::new() };
        let detail = format!("{}{organisation}", now.since(course.deleted_at, words));
        let (action, title) = (format!("{}/restoration", store::path(course.id)), course.title.clone());
        let csrf = csrf.clone();
        let back = course.may_change.then(move || {
            view! {
                <PostForm action csrf inline=true>
                    <Button weight=Weight::Secondary>
                        {t!(words, "class-bring-back")} <span class="visually-hidden">": " {title}</span>
                    </Button>
                </PostForm>
            }
        });
        view! {
            <li class="link-row">
                <div class="link-row-words">
                    <span class="link-row-title" lang=course.language>
                        {course.title}
                    </span>
                    <p class="link-row-detail">{detail}</p>
                </div>
                <div class="link-row-end">{back}</div>
            </li>
        }
    };
    let rows = deleted.into_iter().map(row).collect_view();
    view! {
        <Section title=t!(words, "course-deleted", days = UNDO_DAYS)>
            <p>{t!(words, "course-deleted-text")}</p>
            <LinkList>{rows}</LinkList>
        </Section>
    }
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
        <div id="import">
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
                <UploadProgress words=upload_words(words, t!(words, "course-cut-off")) limits=limits(words) />
                <Actions>
                    <Button>{t!(words, "course-look")}</Button>
                </Actions>
            </PostForm>
        </Section>
        </div>
    }
}

fn limits(words: Words) -> UploadLimits {
    UploadLimits {
        takes: ENDINGS.to_owned(),
        knows: ENDINGS.to_owned(),
        max_bytes: MAX_SOURCE_BYTES,
        too_large: t!(words, "course-file-too-large").to_owned(),
        not_accepted: t!(words, "course-file-kind").to_owned(),
        unknown: t!(words, "course-file-kind").to_owned(),
    }
}
