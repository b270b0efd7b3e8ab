//! Whether a conversation with the helper is to go.

use crate::{
    classroom::{Classroom, Student},
    lesson::store::LessonScope,
    t,
    ui::frame::{Frame, StudentPage, render},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, ButtonLink, HiddenField, PageHeader, Weight};
use leptos::prelude::*;

/// Everything the page shows.
pub struct ConversationPage {
    pub student: Student,
    pub classroom: Classroom,
    pub lesson: LessonScope,
    /// For the helper, which is asked to delete.
    pub token: String,
}

/// Renders the page.
pub async fn conversation(frame: Frame, page: ConversationPage) -> Response {
    let ConversationPage { student, classroom, lesson, token } = page;
    render(move || {
        let words = frame.words;
        let back = format!("/student/lessons/{}", lesson.id);
        view! {
            <StudentPage frame title=t!(words, "conversation-title") student=student.display_name classroom>
                <BackLink href=back.clone()>{lesson.title}</BackLink>
                <PageHeader title=t!(words, "conversation-title") />
                <p>{t!(words, "conversation-text")}</p>
                // No token of the hub's own: the helper believes the signed one, and nothing else.
                <form method="post" action="/helper/conversation/clear" class="form">
                    <HiddenField name="scope" value=token />
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "conversation-delete")}</Button>
                        <ButtonLink href=back weight=Weight::Secondary>
                            {t!(words, "conversation-keep")}
                        </ButtonLink>
                    </Actions>
                </form>
            </StudentPage>
        }
    })
    .await
}
