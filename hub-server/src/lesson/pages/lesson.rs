//! A lesson, with the chat beside it.

use super::LessonText;
use crate::{
    classroom::{Classroom, Student},
    lesson::store::{Lesson, Neighbour, Place},
    material::{
        outline::{Item, Module},
        pages::row_of_student,
    },
    t,
    ui::{
        frame::{Frame, StudentPage, render_with_island},
        time::Now,
        written::WrittenList,
    },
    web::Words,
};
use axum::response::Response;
use helper_ui::{
    chat::{ChatSetup, LessonChat},
    ui::{
        Actions, Breadcrumbs, Button, ButtonLink, HiddenField, NavLink, PageHeader, PostForm, Section, StatusWord,
        Tone, Weight, Width, WithAside,
    },
};
use leptos::prelude::*;
use maud::html;
use shared_types::ids::LessonId;

/// Anchor of what there is to do with a lesson.
const WORK: &str = "to-do-with-it";

/// A lesson as the class sees it.
pub struct LessonPage {
    pub lesson: Lesson,
    pub classroom: Classroom,
}

/// What the class does with a lesson, and where the student stands with it.
pub struct Work {
    pub items: Vec<Item>,
    pub now: Now,
}

impl Work {
    /// Of the modules that go with `lesson` everything but the way to the lesson itself.
    pub fn of(lesson: LessonId, modules: Vec<Module>, now: Now) -> Self {
        let items = modules.into_iter().flat_map(|module| module.items);
        Self { items: items.filter(|item| item.lesson != Some(lesson)).collect(), now }
    }

    /// What is to do next.
    fn next(&self) -> Option<&Item> {
        self.items.iter().find(|item| item.is_open_work())
    }
}

/// Renders a student's page.
pub async fn lesson(
    frame: Frame,
    page: LessonPage,
    student: Student,
    work: Work,
    setup: ChatSetup,
    teachers_may_read: bool,
) -> Response {
    render_with_island(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let LessonPage { lesson, classroom } = page;
        let action = format!("/student/lessons/{}/finished", lesson.scope.id);
        let (title, lang, lesson_id) = (lesson.scope.title.clone(), lesson.language.clone(), lesson.scope.id);
        let above = vec![NavLink::new("/student", t!(words, "student-home"), false)];
        let place = lesson.place.clone();
        let finished = place.finished;
        // Kept apart: nested in one another, their types get too deep for the compiler.
        let header = view! { <LessonHeader lesson=lesson.clone() words /> }.into_any();
        let below = (!work.items.is_empty()).then_some((WORK, t!(words, "lesson-work")));
        let text = view! { <LessonText lesson files="/student/lessons" below words /> }.into_any();
        // One thing leads on: the work first, then the mark, then the next lesson.
        let all_done = work.next().is_none();
        let ends = view! {
            <LessonWork work words />
            <Finish action csrf finished leads=all_done words />
            <WaysOn base="/student/lessons" place lang=lang.clone() leads=all_done && finished words />
        }
        .into_any();
        let (token, renews) = (setup.token.clone(), setup.csrf.clone());
        // The helper knows neither.
        let accent = classroom.accent().map(|accent| accent.number().to_string()).unwrap_or_default();
        let (class_name, student_name) = (classroom.name.clone(), student.display_name.clone());
        let forget = format!("/student/lessons/{lesson_id}/conversation");
        let chat = view! {
            {teachers_may_read.then(|| view! { <p class="chat-told">{t!(words, "conversation-read-along")}</p> })}
            <LessonChat setup />
            <div class="chat-ways">
                // The helper believes the signed token; the other lets its page renew that one.
                <PostForm action="/helper/" csrf=renews inline=true>
                    <HiddenField name="scope" value=token />
                    <HiddenField name="accent" value=accent />
                    <HiddenField name="class_name" value=class_name />
                    <HiddenField name="student_name" value=student_name />
                    <Button weight=Weight::Quiet>
                        <span class="with-script">{t!(words, "conversation-page")}</span>
                        <span class="without-script">{t!(words, "conversation-before")}</span>
                    </Button>
                </PostForm>
                <a href=forget>{t!(words, "conversation-title")}</a>
            </div>
        }
        .into_any();
        view! {
            <StudentPage frame title=title.clone() student=student.display_name classroom width=Width::Wide>
                <Breadcrumbs label=t!(words, "lesson-crumbs") above here=title lang />
                {header}
                <WithAside aside=chat label=t!(words, "lesson-helper") jump=t!(words, "lesson-to-helper")>
                    <div class="lesson">{text} {ends}</div>
                </WithAside>
            </StudentPage>
        }
    })
    .await
}

/// Title, place in the course, and how long it takes.
#[component]
pub fn LessonHeader(lesson: Lesson, words: Words) -> impl IntoView {
    let Place { number, of, .. } = lesson.place;
    let place = t!(words, "lesson-place", course = lesson.scope.course_title, number = number, of = of);
    let lead = match lesson.duration_minutes {
        Some(minutes) => format!("{place} · {}", t!(words, "lesson-minutes", minutes = minutes)),
        None => place,
    };
    view! { <PageHeader title=lesson.scope.title lang=lesson.language lead /> }
}

/// What there is to do with the lesson; nothing where there is nothing.
#[component]
fn LessonWork(work: Work, words: Words) -> impl IntoView {
    if work.items.is_empty() {
        return ().into_any();
    }
    let rows = html! { @for item in &work.items { (row_of_student(item, work.now, words)) } };
    let next = work.next().map(|item| {
        let (href, title) = (item.path(), item.title.clone());
        view! {
            <Actions>
                <ButtonLink href>{t!(words, "lesson-work-next", title = title)}</ButtonLink>
            </Actions>
        }
    });
    view! {
        <Section id=WORK title=t!(words, "lesson-work")>
            <WrittenList rows />
            {next}
        </Section>
    }
    .into_any()
}

/// The student's own mark that the lesson is done.
#[component]
fn Finish(action: String, csrf: String, finished: bool, leads: bool, words: Words) -> impl IntoView {
    let weight = if leads { Weight::Primary } else { Weight::Secondary };
    view! {
        <PostForm action csrf>
            <HiddenField name="finished" value=if finished { "no" } else { "yes" } />
            <Actions>
                {if finished {
                    view! {
                        <StatusWord word=t!(words, "lesson-finished") tone=Tone::Success />
                        <Button weight=Weight::Quiet>{t!(words, "lesson-reopen")}</Button>
                    }
                        .into_any()
                } else {
                    view! { <Button weight>{t!(words, "lesson-finish")}</Button> }.into_any()
                }}
            </Actions>
        </PostForm>
    }
}

/// To the lessons before and after.
#[component]
pub fn WaysOn(
    #[prop(into)] base: String,
    place: Place,
    /// What the lessons are written in.
    lang: String,
    /// The next lesson is what to go on with.
    #[prop(optional)]
    leads: bool,
    words: Words,
) -> impl IntoView {
    let Place { previous, next, .. } = place;
    let link = move |neighbour: Option<Neighbour>, label: &'static str, leads: bool| {
        neighbour.map(|Neighbour { id, title, open }| {
            let href = format!("{base}/{id}");
            let weight = if leads && open { Weight::Primary } else { Weight::Secondary };
            let closed = (!open).then(|| format!(" ({})", t!(words, "lesson-next-closed")));
            let title = view! { <span lang=lang.clone()>{title}</span> };
            view! { <ButtonLink href weight>{label} " " {title} {closed}</ButtonLink> }
        })
    };
    let previous = link(previous, t!(words, "lesson-previous"), false);
    let next = link(next, t!(words, "lesson-next"), leads);
    view! {
        <nav aria-label=t!(words, "lesson-ways-on")>
            <Actions>{previous} {next}</Actions>
        </nav>
    }
}
