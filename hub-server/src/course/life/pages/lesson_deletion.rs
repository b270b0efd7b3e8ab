//! Before a lesson is deleted: where it is used, what goes and what stays.

use crate::{
    course::{
        life::{
            UNDO_DAYS, arrange_path, lesson_path,
            lesson_store::{InOrder, Use},
        },
        store::Course,
    },
    t,
    ui::frame::{Frame, StaffPage, render},
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, ButtonLink, Notice, PageHeader, PostForm, Tone, Weight, Width};
use leptos::prelude::*;

/// A lesson, and the classes that see it.
pub struct LessonDeletion {
    pub staff: Staff,
    pub course: Course,
    pub lesson: InOrder,
    pub uses: Vec<Use>,
}

/// Renders the page.
pub async fn lesson_deletion(frame: Frame, page: LessonDeletion) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let LessonDeletion { staff, course, lesson, uses } = page;
        let title = t!(words, "lesson-delete-title", title = lesson.title);
        let (back, action) = (arrange_path(&course), format!("{}/deletion", lesson_path(&course, lesson.id)));
        let uses = if uses.is_empty() {
            view! { <p>{t!(words, "lesson-delete-unused")}</p> }.into_any()
        } else {
            let line = |one: Use| t!(words, "lesson-delete-class", name = one.class, students = one.students);
            let lines = uses.into_iter().map(|one| view! { <li>{line(one)}</li> }).collect_view();
            view! {
                <p>{t!(words, "lesson-delete-used")}</p>
                <ul>{lines}</ul>
                <p>{t!(words, "lesson-delete-goes")}</p>
            }
            .into_any()
        };
        view! {
            <StaffPage frame title=title.clone() staff width=Width::Narrow>
                <BackLink href=back.clone()>{t!(words, "course-arrange")}</BackLink>
                <PageHeader title />
                {uses}
                <Notice tone=Tone::Info word=t!(words, "class-delete-back")>
                    {t!(words, "lesson-delete-back", days = UNDO_DAYS)}
                </Notice>
                <PostForm action csrf>
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "lesson-delete-button")}</Button>
                        <ButtonLink href=back weight=Weight::Secondary>{t!(words, "form-keep")}</ButtonLink>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}
