//! One course: its lessons, the classes that work through it, and the way out as a zip.

use crate::{
    classroom,
    course::store::{ClassOfCourse, Course, ListedLesson},
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, Choice, EmptyState, LinkList, LinkRow, PageHeader, PostForm, Section,
    Select, Weight,
};
use leptos::prelude::*;

/// A course and who works through it.
pub struct Show {
    pub staff: Staff,
    pub may_change: bool,
    pub course: Course,
    pub lessons: Vec<ListedLesson>,
    pub classes: Vec<ClassOfCourse>,
    pub now: Now,
}

/// Renders the page.
pub async fn show(frame: Frame, page: Show) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Show { staff, may_change, course, lessons, classes, now } = page;
        let lessons = view! { <Lessons course=course.clone() lessons may_change now words /> }.into_any();
        let (with, without): (Vec<_>, Vec<_>) = classes.into_iter().partition(|class| class.has_it);
        let with =
            view! { <Classes course=course.clone() classes=with may_change csrf=csrf.clone() words /> }.into_any();
        let give = (may_change && !without.is_empty())
            .then(|| view! { <Give course=course.clone() classes=without csrf words /> }.into_any());
        let lead = if course.summary.is_empty() { &course.organisation_name } else { &course.summary }.clone();
        let export = format!("{}/export", course.path());
        view! {
            <StaffPage frame title=course.title.clone() staff>
                <BackLink href="/teach/courses">{t!(words, "frame-courses")}</BackLink>
                <PageHeader title=course.title.clone() lead>
                    <ButtonLink href=export weight=Weight::Secondary>{t!(words, "course-export")}</ButtonLink>
                </PageHeader>
                <Section title=t!(words, "course-in-classes")>
                    {with}
                    {give}
                </Section>
                {lessons}
            </StaffPage>
        }
    })
    .await
}

#[component]
fn Lessons(course: Course, lessons: Vec<ListedLesson>, may_change: bool, now: Now, words: Words) -> impl IntoView {
    let empty = lessons.is_empty();
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
        view! { <EmptyState title=t!(words, "lesson-none") text=t!(words, "course-no-lessons") /> }.into_any()
    } else {
        view! { <ol class="course-lessons">{rows}</ol> }.into_any()
    };
    let add = may_change.then(|| {
        let href = course.editor_path(None);
        view! {
            <Actions>
                <ButtonLink href weight=Weight::Secondary>
                    {t!(words, "editor-new")}
                </ButtonLink>
            </Actions>
        }
    });
    view! {
        <Section title=t!(words, "lesson-all")>
            {list}
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
fn Give(course: Course, classes: Vec<ClassOfCourse>, csrf: String, words: Words) -> impl IntoView {
    let choices = classes.into_iter().map(|class| Choice::new(class.id.to_string(), class.name)).collect::<Vec<_>>();
    let action = format!("{}/classes", course.path());
    view! {
        <PostForm action csrf>
            <Select label=t!(words, "course-give-to") name="classroom" choices />
            <Actions>
                <Button>{t!(words, "course-give")}</Button>
            </Actions>
        </PostForm>
    }
}
