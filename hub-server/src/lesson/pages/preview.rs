//! A lesson as students of a class see it, for staff: without the chat and the mark.

use super::{
    LessonPage,
    lesson::{LessonHeader, LessonText, WaysOn},
};
use crate::{
    t,
    ui::frame::{Frame, StaffPage, render},
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{BackLink, Notice};
use leptos::prelude::*;

/// Renders the page.
pub async fn preview(frame: Frame, page: LessonPage, staff: Staff) -> Response {
    render(move || {
        let words = frame.words;
        let LessonPage { lesson, neighbours, classroom } = page;
        let base = format!("{}/lessons", classroom.path());
        let title = lesson.scope.title.clone();
        view! {
            <StaffPage frame title staff classroom>
                <BackLink href=base.clone()>{t!(words, "lesson-all")}</BackLink>
                <LessonHeader lesson=lesson.clone() number=neighbours.number of=neighbours.of words />
                <Notice word=t!(words, "lesson-preview")>{t!(words, "lesson-preview-text")}</Notice>
                <LessonText lesson words />
                <WaysOn base neighbours words />
            </StaffPage>
        }
    })
    .await
}
