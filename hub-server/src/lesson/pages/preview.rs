//! A lesson as students of a class see it, for staff: without the chat and the mark.

use super::{
    LessonPage, LessonText, OpeningWord,
    lesson::{LessonHeader, WaysOn},
};
use crate::{
    lesson::for_teachers::ForTeachers,
    organisation::Role,
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, ButtonLink, Notice, Prose, Tone, Weight};
use leptos::prelude::*;

/// The lesson and who looks at it.
pub struct PreviewPage {
    pub page: LessonPage,
    pub for_teachers: ForTeachers,
    pub staff: Staff,
    pub role: Role,
    pub now: Now,
}

/// Renders the page.
pub async fn preview(frame: Frame, PreviewPage { page, for_teachers, staff, role, now }: PreviewPage) -> Response {
    render(move || {
        let words = frame.words;
        let LessonPage { lesson, classroom } = page;
        let base = format!("{}/lessons", classroom.path());
        let title = lesson.scope.title.clone();
        let opening = lesson.opening;
        let place = lesson.place.clone();
        let header = view! { <LessonHeader lesson=lesson.clone() words /> }.into_any();
        let closed = (!opening.is_open()).then(|| {
            view! {
                <Notice tone=Tone::Warning word=t!(words, "lesson-not-open")>
                    <OpeningWord opening now words />
                    " "
                    {t!(words, "lesson-not-open-text")}
                </Notice>
            }
        });
        let edit = role.may_teach().then(|| {
            let href = format!("/teach/courses/{}/lessons/{}/edit", lesson.course, lesson.scope.id);
            view! {
                <Actions>
                    <ButtonLink href weight=Weight::Secondary>
                        {t!(words, "history-edit")}
                    </ButtonLink>
                </Actions>
            }
        });
        let notes = view! { <Notes notes=for_teachers lang=lesson.language.clone() words /> }.into_any();
        let lang = lesson.language.clone();
        let text = view! { <LessonText lesson files=base.clone() words /> }.into_any();
        view! {
            <StaffPage frame title staff classroom>
                <BackLink href=base.clone()>{t!(words, "lesson-all")}</BackLink>
                {header}
                <Notice word=t!(words, "lesson-preview")>{t!(words, "lesson-preview-text")}</Notice>
                {closed}
                {edit}
                {notes}
                {text}
                <WaysOn base place lang words />
            </StaffPage>
        }
    })
    .await
}

/// What teachers read beside the lesson, folded away: a page may be shown to the class.
#[component]
fn Notes(notes: ForTeachers, lang: String, words: Words) -> impl IntoView {
    if notes.is_empty() {
        return ().into_any();
    }
    let ForTeachers { html, purpose, snags, assessment, prep } = notes;
    let purpose = (!purpose.is_empty()).then(|| view! { <p lang=lang.clone()>{purpose}</p> });
    let lists = [
        (t!(words, "lesson-teachers-prep"), prep),
        (t!(words, "lesson-teachers-snags"), snags),
        (t!(words, "lesson-teachers-assessment"), assessment),
    ]
    .into_iter()
    .filter(|(_, items)| !items.is_empty())
    .map(|(title, items)| {
        let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
        view! {
            <h3>{title}</h3>
            <ul lang=lang.clone()>{items}</ul>
        }
    })
    .collect_view();
    view! {
        <details class="card" data-testid="for-teachers">
            <summary>{t!(words, "lesson-for-teachers")}</summary>
            <div class="prose">
                {purpose}
                {lists}
                <div lang=lang>
                    <Prose sanitised_html=html />
                </div>
            </div>
        </details>
    }
    .into_any()
}
