//! The lessons a class has, for staff.

use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    lesson::store::OutlineLine,
    t,
    ui::frame::{Frame, StaffPage, render},
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{EmptyState, LinkList, LinkRow, Section};
use leptos::prelude::*;

/// Renders the page.
pub async fn list(frame: Frame, staff: Staff, classroom: Classroom, outline: Vec<OutlineLine>) -> Response {
    render(move || {
        let words = frame.words;
        let base = format!("{}/lessons", classroom.path());
        let courses = outline
            .chunk_by(|one, other| one.course == other.course)
            .map(|lessons| {
                let rows = lessons
                    .iter()
                    .map(|lesson| {
                        let href = format!("{base}/{}", lesson.id);
                        view! { <LinkRow href title=lesson.title.clone() detail=lesson.makes.clone() /> }
                    })
                    .collect_view();
                view! {
                    <Section title=lessons[0].course_title.clone()>
                        <LinkList>{rows}</LinkList>
                    </Section>
                }
            })
            .collect_view();
        let empty = outline.is_empty().then(|| {
            view! { <EmptyState title=t!(words, "lesson-none") text=t!(words, "lesson-none-staff") /> }
        });
        view! {
            <StaffPage frame title=t!(words, "lesson-all") staff classroom=classroom.clone()>
                <ClassHeader classroom tab=Tab::Lessons words />
                {courses}
                {empty}
            </StaffPage>
        }
    })
    .await
}
