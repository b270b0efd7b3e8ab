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
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, LinkList, Notice, PageHeader, PostForm, Tone, Weight, Width,
};
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
            let rows = classes.into_iter().map(|class| taking_away(&course, class, &csrf, words)).collect_view();
            view! {
                <Notice tone=Tone::Warning word=t!(words, "course-delete-not-yet")>
                    {t!(words, "course-delete-used")}
                </Notice>
                <LinkList>{rows}</LinkList>
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

/// A class, and the button that takes the course away from it: from the course's page none leads to a deleted one.
fn taking_away(course: &Course, class: Having, csrf: &str, words: Words) -> AnyView {
    let (action, csrf) = (format!("{}/classes/{}/removal", course.path(), class.id), csrf.to_owned());
    let name = named(class, words);
    let spoken = format!(": {name}");
    view! {
        <li class="link-row">
            <span class="link-row-words">{name}</span>
            <PostForm action csrf inline=true>
                <Button weight=Weight::Quiet>
                    {t!(words, "course-take-away")}
                    <span class="visually-hidden">{spoken}</span>
                </Button>
            </PostForm>
        </li>
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
