//! A lesson as students of a class see it, for staff: without the chat and the mark.

use super::{
    LessonPage, LessonText, OpeningWord,
    lesson::{LessonHeader, WaysOn},
};
use crate::{
    organisation::Role,
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, ButtonLink, Notice, Tone, Weight};
use leptos::prelude::*;

/// The lesson and who looks at it.
pub struct PreviewPage {
    pub page: LessonPage,
    pub staff: Staff,
    pub role: Role,
    pub now: Now,
}

/// Renders the page.
pub async fn preview(frame: Frame, PreviewPage { page, staff, role, now }: PreviewPage) -> Response {
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
        let text = view! { <LessonText lesson files=base.clone() words /> }.into_any();
        view! {
            <StaffPage frame title staff classroom>
                <BackLink href=base.clone()>{t!(words, "lesson-all")}</BackLink>
                {header}
                <Notice word=t!(words, "lesson-preview")>{t!(words, "lesson-preview-text")}</Notice>
                {closed}
                {edit}
                {text}
                <WaysOn base place words />
            </StaffPage>
        }
    })
    .await
}
