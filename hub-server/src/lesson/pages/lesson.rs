//! A lesson, with the chat beside it.

use super::{LessonText, Neighbour, Neighbours};
use crate::{
    classroom::{Classroom, Student},
    lesson::store::Lesson,
    t,
    ui::frame::{Frame, StudentPage, render_with_island},
    web::Words,
};
use axum::response::Response;
use helper_ui::{
    chat::{ChatSetup, LessonChat},
    ui::{
        Actions, Breadcrumbs, Button, ButtonLink, HiddenField, NavLink, PageHeader, PostForm, StatusWord, Tone, Weight,
        Width, WithAside,
    },
};
use leptos::prelude::*;

/// A lesson as the class sees it.
pub struct LessonPage {
    pub lesson: Lesson,
    pub neighbours: Neighbours,
    pub classroom: Classroom,
}

/// Renders a student's page.
pub async fn lesson(
    frame: Frame,
    page: LessonPage,
    student: Student,
    setup: ChatSetup,
    teachers_may_read: bool,
) -> Response {
    render_with_island(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let LessonPage { lesson, neighbours, classroom } = page;
        let action = format!("/student/lessons/{}/finished", lesson.scope.id);
        let (title, lesson_id) = (lesson.scope.title.clone(), lesson.scope.id);
        let above = vec![NavLink::new("/student", t!(words, "lesson-all"), false)];
        let finished = neighbours.finished;
        // Kept apart: nested in one another, their types get too deep for the compiler.
        let header =
            view! { <LessonHeader lesson=lesson.clone() number=neighbours.number of=neighbours.of words /> }.into_any();
        let text = view! { <LessonText lesson files="/student/lessons" words /> }.into_any();
        let ends = view! {
            <Finish action csrf finished words />
            <WaysOn base="/student/lessons" neighbours words />
        }
        .into_any();
        let (token, renews) = (setup.token.clone(), setup.csrf.clone());
        let forget = format!("/student/lessons/{lesson_id}/conversation");
        let chat = view! {
            {teachers_may_read.then(|| view! { <p class="chat-told">{t!(words, "conversation-read-along")}</p> })}
            <LessonChat setup />
            <div class="chat-ways">
                // The helper believes the signed token; the other lets its page renew that one.
                <PostForm action="/helper/" csrf=renews inline=true>
                    <HiddenField name="scope" value=token />
                    <Button weight=Weight::Quiet>{t!(words, "conversation-page")}</Button>
                </PostForm>
                <a href=forget>{t!(words, "conversation-title")}</a>
            </div>
        }
        .into_any();
        view! {
            <StudentPage frame title=title.clone() student=student.display_name classroom width=Width::Wide>
                <Breadcrumbs label=t!(words, "lesson-crumbs") above here=title />
                {header}
                <WithAside aside=chat label=t!(words, "lesson-helper") jump=t!(words, "lesson-to-helper")>
                    <div class="prose">{text} {ends}</div>
                </WithAside>
            </StudentPage>
        }
    })
    .await
}

/// Title, place in the course, and how long it takes.
#[component]
pub fn LessonHeader(lesson: Lesson, number: usize, of: usize, words: Words) -> impl IntoView {
    let place = t!(words, "lesson-place", course = lesson.scope.course_title, number = number, of = of);
    let lead = match lesson.duration_minutes {
        Some(minutes) => format!("{place} · {}", t!(words, "lesson-minutes", minutes = minutes)),
        None => place,
    };
    view! { <PageHeader title=lesson.scope.title lead /> }
}

/// The student's own mark that the lesson is done.
#[component]
fn Finish(action: String, csrf: String, finished: bool, words: Words) -> impl IntoView {
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
                    view! { <Button weight=Weight::Secondary>{t!(words, "lesson-finish")}</Button> }.into_any()
                }}
            </Actions>
        </PostForm>
    }
}

/// To the lessons before and after.
#[component]
pub fn WaysOn(#[prop(into)] base: String, neighbours: Neighbours, words: Words) -> impl IntoView {
    let Neighbours { previous, next, .. } = neighbours;
    let link = move |neighbour: Option<Neighbour>, label: &'static str| {
        neighbour.map(|neighbour| {
            let href = format!("{base}/{}", neighbour.id);
            view! {
                <ButtonLink href weight=Weight::Secondary>
                    {label}
                    " "
                    {neighbour.title}
                </ButtonLink>
            }
        })
    };
    let previous = link(previous, t!(words, "lesson-previous"));
    let next = link(next, t!(words, "lesson-next"));
    view! {
        <nav aria-label=t!(words, "lesson-ways-on")>
            <Actions>{previous} {next}</Actions>
        </nav>
    }
}
