//! Before a course is deleted: what goes, and for how long it can be brought back; or which classes have it.

use crate::{
    course::{
        life::{UNDO_DAYS, store::Having},
        store::Course,
    },
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, ButtonLink, Notice, PageHeader, PostForm, Tone, Weight, Width};
use leptos::prelude::*;

/// A course, and what stands in the way.
pub struct Deletion {
    pub staff: Staff,
    pub course: Course,
    pub classes: Vec<Having>,
    pub lessons: usize,
}

/// Renders the page.
pub async fn deletion(frame: Frame, page: Deletion) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Deletion { staff, course, classes, lessons } = page;
        let title = t!(words, "course-delete-title", title = course.title.clone());
        let back = course.path();
        let rest = if classes.is_empty() {
            asks(&course, lessons, csrf, words)
        } else {
            let there = back.clone();
            let names = classes.into_iter().map(|class| named(class, words)).collect::<Vec<_>>().join(", ");
            view! {
                <Notice tone=Tone::Warning word=t!(words, "course-delete-not-yet")>
                    {t!(words, "course-delete-used", classes = names)}
                </Notice>
                <Actions>
                    <ButtonLink href=there>{t!(words, "course-delete-to-classes")}</ButtonLink>
                </Actions>
            }
            .into_any()
        };
        view! {
            <StaffPage frame title=title.clone() staff width=Width::Narrow>
                <BackLink href=back>{course.title}</BackLink>
                <PageHeader title />
                {rest}
            </StaffPage>
        }
    })
    .await
}

fn asks(course: &Course, lessons: usize, csrf: String, words: Words) -> AnyView {
    let (back, action) = (course.path(), format!("{}/deletion", course.path()));
    view! {
        <p>{t!(words, "course-delete-lead", lessons = lessons)}</p>
        <Notice tone=Tone::Info word=t!(words, "class-delete-back")>
            {t!(words, "course-delete-back", days = UNDO_DAYS)}
        </Notice>
        <PostForm action csrf>
            <Actions>
                <Button weight=Weight::Danger>{t!(words, "course-delete-button")}</Button>
                <ButtonLink href=back weight=Weight::Secondary>{t!(words, "form-keep")}</ButtonLink>
            </Actions>
        </PostForm>
    }
    .into_any()
}

/// The name of a class, with the word that says why it is not listed elsewhere.
fn named(class: Having, words: Words) -> String {
    if class.deleted {
        t!(words, "course-class-deleted", name = class.name)
    } else if class.archived {
        t!(words, "course-class-archived", name = class.name)
    } else {
        class.name
    }
}
