//! What another class code does, before it is made.

use crate::{
    classroom::Classroom,
    code, t,
    ui::{
        fields::{ChangeForm, OnceOnly},
        frame::{Frame, StaffPage, render},
    },
    web::{Staff, idempotency::IdempotencyKey},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, PageHeader, Width};
use leptos::prelude::*;

/// Renders the question.
pub async fn new_code(frame: Frame, staff: Staff, classroom: Classroom, key: IdempotencyKey) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (action, back) = (format!("{}/code-rotation", classroom.path()), classroom.path());
        let (title, name) = (t!(words, "rotate-title"), classroom.name.clone());
        let lead = t!(words, "rotate-lead", code = code::shown(&classroom.code));
        view! {
            <StaffPage frame title staff classroom width=Width::Narrow>
                <BackLink href=back.clone()>{name}</BackLink>
                <PageHeader title lead />
                <p>{t!(words, "rotate-stays")}</p>
                <ChangeForm words action csrf back button=t!(words, "rotate-button")>
                    <OnceOnly key />
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}
