//! A lesson before it opens: its title, what it is about, and when it will be here.

use super::{OpeningWord, lesson::WaysOn};
use crate::{
    classroom::{Classroom, Student},
    lesson::store::ClosedLesson,
    t,
    ui::{
        frame::{Frame, StudentPage, render},
        time::Now,
    },
};
use axum::response::Response;
use helper_ui::ui::{Actions, Breadcrumbs, ButtonLink, Card, NavLink, PageHeader};
use leptos::prelude::*;

/// All a student may know of it.
pub struct ClosedPage {
    pub lesson: ClosedLesson,
    pub classroom: Classroom,
    pub now: Now,
}

/// Renders the page.
pub async fn closed(frame: Frame, page: ClosedPage, student: Student) -> Response {
    let ClosedPage { lesson, classroom, now } = page;
    render(move || {
        let words = frame.words;
        let above = vec![NavLink::new("/student", t!(words, "student-home"), false)];
        let place =
            t!(words, "lesson-place", course = lesson.course_title, number = lesson.place.number, of = lesson.place.of);
        let (title, lang) = (lesson.title.clone(), lesson.language.clone());
        view! {
            <StudentPage frame title=title.clone() student=student.display_name classroom>
                <Breadcrumbs label=t!(words, "lesson-crumbs") above here=title.clone() lang=lang.clone() />
                <PageHeader title lang=lang.clone() lead=place />
                <Card>
                    <p>
                        <OpeningWord opening=lesson.opening now words />
                    </p>
                    <p lang=lesson.language>{lesson.introduction}</p>
                    <p>{t!(words, "lesson-closed-text")}</p>
                    <Actions>
                        <ButtonLink href="/student">{t!(words, "lesson-closed-back")}</ButtonLink>
                    </Actions>
                </Card>
                <WaysOn base="/student/lessons" place=lesson.place lang words />
            </StudentPage>
        }
    })
    .await
}
