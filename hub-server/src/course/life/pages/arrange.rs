//! The order of a course's lessons, with buttons that move them; and what was deleted, with the way back.

use crate::{
    course::{
        life::{
            UNDO_DAYS, arrange_path, lesson_path,
            lesson_store::{DeletedLesson, InOrder},
        },
        store::Course,
    },
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, Button, LinkList, PageHeader, PostForm, Section, Weight};
use leptos::prelude::*;

/// The lessons in order, and those that can be brought back.
pub struct Arrange {
    pub staff: Staff,
    pub course: Course,
    pub lessons: Vec<InOrder>,
    pub deleted: Vec<DeletedLesson>,
    pub now: Now,
}

/// Renders the page. All buttons stand in one form: each names its own address.
pub async fn arrange(frame: Frame, page: Arrange) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Arrange { staff, course, lessons, deleted, now } = page;
        let count = lessons.len();
        let rows = lessons.into_iter().zip(1..).map(|(lesson, place)| row(&course, lesson, (place, count), words));
        let rows = rows.collect_view();
        let list = if count == 0 {
            view! { <p>{t!(words, "arrange-nothing")}</p> }.into_any()
        } else {
            view! { <LinkList>{rows}</LinkList> }.into_any()
        };
        let gone = (!deleted.is_empty()).then(|| {
            let rows = deleted.into_iter().map(|lesson| deleted_row(&course, lesson, now, words)).collect_view();
            view! {
                <Section title=t!(words, "arrange-deleted")>
                    <p>{t!(words, "arrange-deleted-text", days = UNDO_DAYS)}</p>
                    <LinkList>{rows}</LinkList>
                </Section>
            }
        });
        let title = format!("{} · {}", t!(words, "course-arrange"), course.title);
        let (back, action) = (course.path(), arrange_path(&course));
        view! {
            <StaffPage frame title staff>
                <BackLink href=back>{course.title}</BackLink>
                <PageHeader title=t!(words, "course-arrange") lead=t!(words, "course-arrange-lead") />
                <PostForm action csrf>
                    {list} {gone}
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

fn row(course: &Course, lesson: InOrder, (place, count): (usize, usize), words: Words) -> AnyView {
    let path = lesson_path(course, lesson.id);
    let title = lesson.title;
    let button = |to: usize, label: &'static str| {
        let about = of(&title);
        view! {
            <Button weight=Weight::Quiet formaction=format!("{path}/place") name="place" value=to.to_string()>
                {label}
                {about}
            </Button>
        }
        .into_any()
    };
    let up = (place > 1).then(|| button(place - 1, t!(words, "arrange-up")));
    let down = (place < count).then(|| button(place + 1, t!(words, "arrange-down")));
    view! {
        <li class="link-row" id=format!("lesson-{}", lesson.id)>
            <div class="link-row-words">
                <a href=course.editor_path(Some(lesson.id)) lang=course.language.clone()>
                    {title.clone()}
                </a>
            </div>
            <div class="row-actions">
                {up} {down} <a href=format!("{path}/deletion")>{t!(words, "arrange-delete")}{of(&title)}</a>
            </div>
        </li>
    }
    .into_any()
}

fn deleted_row(course: &Course, lesson: DeletedLesson, now: Now, words: Words) -> AnyView {
    let action = format!("{}/restoration", lesson_path(course, lesson.id));
    view! {
        <li class="link-row">
            <div class="link-row-words">
                <span class="link-row-title" lang=course.language.clone()>
                    {lesson.title.clone()}
                </span>
                <p class="link-row-detail">{now.since(lesson.deleted_at, words)}</p>
            </div>
            <div class="link-row-end">
                <Button weight=Weight::Secondary formaction=action>
                    {t!(words, "class-bring-back")}
                    {of(&lesson.title)}
                </Button>
            </div>
        </li>
    }
    .into_any()
}

/// What a button of a list is about, for those who hear the buttons alone.
fn of(title: &str) -> AnyView {
    view! { <span class="visually-hidden">": " {title.to_owned()}</span> }.into_any()
}
