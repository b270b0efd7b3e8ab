//! A material behind a lesson that is not released: its title, and from when.

use super::{MaterialHead, words::status};
use crate::{
    classroom::{Classroom, Student},
    material::{Material, state::State},
    t,
    ui::{
        frame::{Frame, StudentPage, render},
        time::Now,
    },
};
use axum::response::Response;
use helper_ui::ui::{Actions, ButtonLink, Card};
use leptos::prelude::*;

/// Renders the page. Nothing of the material but its title and kind goes into it.
pub async fn locked(frame: Frame, student: Student, classroom: Classroom, material: Material, now: Now) -> Response {
    render(move || {
        let words = frame.words;
        let title = material.title.clone();
        let state = State::Locked(material.opens_at);
        let head = view! { <MaterialHead material now words /> };
        view! {
            <StudentPage frame title student=student.display_name classroom>
                {head}
                <Card>
                    <p>{status(state, now, words)}</p>
                    <p>{t!(words, "material-locked-text")}</p>
                    <Actions>
                        <ButtonLink href="/student">{t!(words, "material-to-home")}</ButtonLink>
                    </Actions>
                </Card>
            </StudentPage>
        }
    })
    .await
}
