//! What the student's home shows.

use crate::{
    classroom::{Classroom, Student},
    lesson::store::OutlineLine,
    t,
    ui::frame::{Frame, StudentPage, render},
    web::Words,
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, Card, EmptyState, IconName, LinkList, LinkRow, PageHeader, PostForm, Section,
    StatusWord, Tone, Weight,
};
use leptos::prelude::*;

/// Renders the page.
pub async fn home(frame: Frame, student: Student, classroom: Classroom, outline: Vec<OutlineLine>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let name = student.display_name;
        let next = outline.iter().find(|line| !line.finished).cloned();
        view! {
            <StudentPage frame title=t!(words, "student-home") student=name.clone() classroom>
                <PageHeader title=t!(words, "student-hello", name = name) />
                {if outline.is_empty() {
                    view! { <EmptyState title=t!(words, "student-nothing") text=t!(words, "student-nothing-text") /> }
                        .into_any()
                } else {
                    view! { <Next next words /> }.into_any()
                }}
                <Courses outline words />
                <EndSession csrf words />
            </StudentPage>
        }
    })
    .await
}

/// The first lesson that is not finished.
#[component]
fn Next(next: Option<OutlineLine>, words: Words) -> impl IntoView {
    match next {
        Some(lesson) => {
            let href = format!("/student/lessons/{}", lesson.id);
            view! {
                <Card>
                    <p class="lead">{t!(words, "student-next")}</p>
                    <h2 lang=lesson.language.clone()>{lesson.title}</h2>
                    <p lang=lesson.language>{lesson.introduction}</p>
                    <Actions>
                        <ButtonLink href>{t!(words, "student-open")}</ButtonLink>
                    </Actions>
                </Card>
            }
            .into_any()
        }
        None => view! {
            <Card>
                <h2>{t!(words, "student-all-done")}</h2>
                <p>{t!(words, "student-all-done-text")}</p>
            </Card>
        }
        .into_any(),
    }
}

/// Every lesson of every course, each with its state in words.
#[component]
fn Courses(outline: Vec<OutlineLine>, words: Words) -> impl IntoView {
    outline
        .chunk_by(|one, other| one.course == other.course)
        .map(|lessons| {
            let rows = lessons.iter().map(|lesson| view! { <Lesson lesson=lesson.clone() words /> }).collect_view();
            view! {
                <Section title=lessons[0].course_title.clone()>
                    <LinkList>{rows}</LinkList>
                </Section>
            }
        })
        .collect_view()
}

#[component]
fn Lesson(lesson: OutlineLine, words: Words) -> impl IntoView {
    let href = format!("/student/lessons/{}", lesson.id);
    let detail = (!lesson.makes.is_empty()).then_some(lesson.makes);
    let (word, tone, icon) = if lesson.finished {
        (t!(words, "student-finished"), Tone::Success, IconName::Done)
    } else {
        (t!(words, "student-to-do"), Tone::Info, IconName::ToDo)
    };
    view! {
        <LinkRow href title=lesson.title detail>
            <StatusWord word tone icon />
        </LinkRow>
    }
}

/// Two ways to leave: on one's own device and on a shared one.
#[component]
fn EndSession(csrf: String, words: Words) -> impl IntoView {
    view! {
        <Section title=t!(words, "student-leave")>
            <PostForm action="/student/session/end" csrf>
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "student-end-session")}</Button>
                    <Button weight=Weight::Quiet name="forget_device" value="yes">
                        {t!(words, "student-end-and-forget")}
                    </Button>
                </Actions>
            </PostForm>
            <p>{t!(words, "student-leave-hint")}</p>
        </Section>
    }
}
