//! One course: its lessons, the classes that work through it, and the way out as a zip.

use crate::{
    classroom,
    course::{
        handlers::show::Giving,
        life::arrange_path,
        store::{ClassOfCourse, Course, ListedLesson},
    },
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, Choice, EmptyState, FieldProblem, LinkList, LinkRow, PageHeader, PostForm,
    Section, Select, Weight,
};
use leptos::prelude::*;

/// A course and who works through it.
pub struct Show {
    pub staff: Staff,
    pub may_change: bool,
    pub course: Course,
    pub lessons: Vec<ListedLesson>,
    /// The title of a lesson that whoever looks is writing, and nobody else sees.
    pub draft: Option<String>,
    /// There are lessons that can still be brought back.
    pub has_deleted: bool,
    pub classes: Vec<ClassOfCourse>,
    pub giving: Giving,
    pub now: Now,
}

/// Renders the page.
pub async fn show(frame: Frame, page: Show) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Show { staff, may_change, course, lessons, draft, has_deleted, classes, giving, now } = page;
        let is_empty = lessons.is_empty();
        let lessons =
            view! { <Lessons course=course.clone() lessons draft has_deleted may_change now words /> }.into_any();
        let (with, without): (Vec<_>, Vec<_>) = classes.into_iter().partition(|class| class.has_it);
        let with =
            view! { <Classes course=course.clone() classes=with may_change csrf=csrf.clone() words /> }.into_any();
        let give = (may_change && !without.is_empty())
            .then(|| view! { <Give course=course.clone() classes=without giving is_empty csrf words /> }.into_any());
        let problem = giving.refused.then(|| FieldProblem {
            field: "classroom".to_owned(),
            message: t!(words, "course-choose-class").to_owned(),
        });
        let lead = if course.summary.is_empty() { &course.organisation_name } else { &course.summary }.clone();
        let in_classes = view! {
            <Section title=t!(words, "course-in-classes")>
                {with}
                {give}
            </Section>
        }
        .into_any();
        // A new course wants its first lesson before it wants a class.
        let (first, second) = if is_empty { (lessons, in_classes) } else { (in_classes, lessons) };
        let buttons = view! { <Buttons course=course.clone() is_empty may_change words /> }.into_any();
        view! {
            <StaffPage frame title=course.title.clone() staff>
                <BackLink href="/teach/courses">{t!(words, "frame-courses")}</BackLink>
                <PageHeader title=course.title.clone() lead>
                    {buttons}
                </PageHeader>
                <Problems words problems=problem.into_iter().collect() />
                {first}
                {second}
            </StaffPage>
        }
    })
    .await
}

/// What can be done with the course as a whole. One without lessons is no pack yet.
#[component]
fn Buttons(course: Course, is_empty: bool, may_change: bool, words: Words) -> impl IntoView {
    let path = course.path();
    let export = (!is_empty).then(|| {
        let href = format!("{path}/export");
        view! { <ButtonLink href weight=Weight::Secondary>{t!(words, "course-export")}</ButtonLink> }
    });
    let changes = may_change.then(|| {
        view! {
            <ButtonLink href=format!("{path}/title") weight=Weight::Quiet>
                {t!(words, "course-change-title")}
            </ButtonLink>
            <ButtonLink href=format!("{path}/deletion") weight=Weight::Quiet>
                {t!(words, "course-delete")}
            </ButtonLink>
        }
    });
    view! {
        {export}
        {changes}
    }
}

#[component]
fn Lessons(
    course: Course,
    lessons: Vec<ListedLesson>,
    draft: Option<String>,
    has_deleted: bool,
    may_change: bool,
    now: Now,
    words: Words,
) -> impl IntoView {
    let (empty, count, arrangement) = (lessons.is_empty(), lessons.len(), arrange_path(&course));
    let own_draft = course.editor_path(None);
    let draft = draft.map(|title| {
        let title = if title.trim().is_empty() { t!(words, "editor-new").to_owned() } else { title };
        let detail = t!(words, "course-own-draft").to_owned();
        view! {
            <LinkList>
                <LinkRow href=own_draft title detail />
            </LinkList>
        }
    });
    let rows = lessons
        .into_iter()
        .map(|lesson| {
            let minutes = lesson.duration_minutes.map(|minutes| t!(words, "lesson-minutes", minutes = minutes));
            let opens = lesson.opens_at.map(|at| t!(words, "course-opens", day = now.day(at, words)));
            let version = t!(words, "course-version", version = lesson.version);
            let detail = [minutes, opens, Some(version)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let lang = course.language.clone();
            let title = if may_change {
                let href = course.editor_path(Some(lesson.id));
                view! { <a href=href lang=lang>{lesson.title}</a> }.into_any()
            } else {
                view! { <strong lang=lang>{lesson.title}</strong> }.into_any()
            };
            view! {
                <li>
                    {title}
                    <p class="link-row-detail">{detail}</p>
                </li>
            }
        })
        .collect_view();
    let list = if empty {
        let first = may_change.then(|| {
            view! { <ButtonLink href=course.editor_path(None)>{t!(words, "course-first-lesson")}</ButtonLink> }
        });
        view! {
            <EmptyState title=t!(words, "lesson-none") text=t!(words, "course-no-lessons")>
                {first}
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ol class="course-lessons">{rows}</ol> }.into_any()
    };
    let add = (may_change && (!empty || has_deleted)).then(|| {
        let href = course.editor_path(None);
        let new = (!empty).then(|| {
            view! {
                <ButtonLink href weight=Weight::Secondary>
                    {t!(words, "editor-new")}
                </ButtonLink>
            }
        });
        // On that page lessons are deleted and brought back too, also where there is nothing to arrange.
        let label = if count < 2 { t!(words, "course-delete-lessons") } else { t!(words, "course-arrange") };
        view! {
            <Actions>
                {new}
                <ButtonLink href=arrangement weight=Weight::Quiet>
                    {label}
                </ButtonLink>
            </Actions>
        }
    });
    view! {
        <Section title=t!(words, "lesson-all")>
            {list}
            {draft}
            {add}
        </Section>
    }
}

#[component]
fn Classes(course: Course, classes: Vec<ClassOfCourse>, may_change: bool, csrf: String, words: Words) -> impl IntoView {
    if classes.is_empty() {
        return view! { <p>{t!(words, "course-no-class")}</p> }.into_any();
    }
    let rows = classes
        .into_iter()
        .map(|class| {
            let action = format!("{}/classes/{}/removal", course.path(), class.id);
            let (csrf, spoken) = (csrf.clone(), format!(": {}", class.name));
            let take_away = may_change.then(|| {
                view! {
                    <PostForm action csrf inline=true>
                        <Button weight=Weight::Quiet>
                            {t!(words, "course-take-away")}
                            <span class="visually-hidden">{spoken}</span>
                        </Button>
                    </PostForm>
                }
            });
            let href = format!("{}/lessons", classroom::path(class.id));
            view! { <LinkRow href title=class.name>{take_away}</LinkRow> }
        })
        .collect_view();
    view! {
        <LinkList>{rows}</LinkList>
        {may_change.then(|| view! { <p class="field-hint">{t!(words, "course-take-away-text")}</p> })}
    }
    .into_any()
}

#[component]
fn Give(
    course: Course,
    classes: Vec<ClassOfCourse>,
    giving: Giving,
    is_empty: bool,
    csrf: String,
    words: Words,
) -> impl IntoView {
    // Its first lesson comes first.
    let weight = if is_empty { Weight::Secondary } else { Weight::Primary };
    // Nobody gives it to a class by pressing too soon.
    let none = Choice::new("", t!(words, "course-choose-class-first"));
    let classes = classes.into_iter().map(|class| Choice::new(class.id.to_string(), class.name));
    let choices: Vec<Choice> = std::iter::once(none).chain(classes).collect();
    let value = giving.chosen.map(|class| class.to_string()).unwrap_or_default();
    let error = giving.refused.then(|| t!(words, "course-choose-class").to_owned());
    let action = format!("{}/classes", course.path());
    view! {
        <PostForm action csrf>
            <Select label=t!(words, "course-give-to") name="classroom" choices value error />
            <Actions>
                <Button weight>{t!(words, "course-give")}</Button>
            </Actions>
        </PostForm>
    }
}
