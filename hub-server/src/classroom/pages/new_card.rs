//! A student's new return card, shown to the teacher once.

use crate::{
    classroom::{Classroom, store::KnownStudent},
    enrolment::{ReturnCode, pages::card_words},
    t,
    ui::frame::{Frame, StaffPage, render},
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{Actions, ButtonLink, PageHeader, ReturnCard, Width};
use leptos::prelude::*;

/// A card that can never be shown again.
pub struct NewCard {
    pub staff: Staff,
    pub classroom: Classroom,
    pub student: KnownStudent,
    pub code: ReturnCode,
    /// Where one comes back.
    pub address: String,
}

/// Renders the page.
pub async fn new_card(frame: Frame, card: NewCard) -> Response {
    render(move || {
        let words = frame.words;
        let NewCard { staff, classroom, student, code, address } = card;
        let frame = frame.shown_once();
        let title = t!(words, "new-card-title", name = student.display_name.clone());
        let card = card_words(words, student.display_name, &classroom, code, address);
        let back = classroom.student_path(student.id);
        view! {
            <StaffPage frame title=title.clone() staff classroom width=Width::Narrow>
                <PageHeader title lead=t!(words, "new-card-lead") />
                <ReturnCard words=card />
                <Actions>
                    <ButtonLink href=back>{t!(words, "new-card-done")}</ButtonLink>
                </Actions>
            </StaffPage>
        }
    })
    .await
}
