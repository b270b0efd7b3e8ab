//! A film of another site, in a frame.

use crate::{
    classroom::{Classroom, Student},
    lesson::watch::PLAYER,
    t,
    ui::frame::{Frame, StaffPage, StudentPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, PageHeader, Width};
use leptos::prelude::*;

/// The film, and where one came from.
#[derive(Clone)]
pub struct Watched {
    pub title: String,
    /// As YouTube knows it.
    pub id: String,
    pub back: String,
    pub lesson: String,
    pub language: String,
}

/// Renders a student's page.
pub async fn watch_as_student(frame: Frame, watched: Watched, student: Student, classroom: Classroom) -> Response {
    render(move || {
        let words = frame.words;
        let film = view! { <Film watched=watched.clone() words /> }.into_any();
        view! {
            <StudentPage frame title=watched.title student=student.display_name classroom width=Width::Wide>
                {film}
            </StudentPage>
        }
    })
    .await
}

/// Renders the page for staff.
pub async fn watch_as_staff(frame: Frame, watched: Watched, staff: Staff, classroom: Classroom) -> Response {
    render(move || {
        let words = frame.words;
        let film = view! { <Film watched=watched.clone() words /> }.into_any();
        view! {
            <StaffPage frame title=watched.title staff classroom width=Width::Wide>
                {film}
            </StaffPage>
        }
    })
    .await
}

#[component]
fn Film(watched: Watched, words: Words) -> impl IntoView {
    let Watched { title, id, back, lesson, language } = watched;
    // The player wants to know which site it is on, and gets no more than that.
    view! {
        <BackLink href=back>
            <span lang=language>{lesson}</span>
        </BackLink>
        <PageHeader title=title.clone() lead=t!(words, "video-from-youtube") />
        <div class="film">
            <iframe
                src=format!("{PLAYER}/embed/{id}?rel=0")
                title=title
                referrerpolicy="strict-origin-when-cross-origin"
                sandbox="allow-scripts allow-same-origin allow-presentation"
                allow="fullscreen; encrypted-media; picture-in-picture"
                allowfullscreen
            ></iframe>
        </div>
    }
}
