//! The return card, right after joining.

use crate::{
    classroom::{Classroom, Student, code},
    enrolment::ReturnCode,
    t,
    ui::frame::{Frame, StudentPage, render},
};
use axum::response::Response;
use helper_ui::ui::{Actions, Button, PageHeader, PictureWord, PostForm, ReturnCard, ReturnCardWords, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn card(frame: Frame, student: Student, classroom: Classroom, code: ReturnCode) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let name = student.display_name.clone();
        let picture = |thing: crate::enrolment::things::Thing| PictureWord {
            picture: thing.picture.to_owned(),
            word: thing.word(words.0).to_owned(),
        };
        let card = ReturnCardWords {
            title: t!(words, "card-title").to_owned(),
            facts: vec![
                (t!(words, "card-name").to_owned(), student.display_name),
                (t!(words, "card-class").to_owned(), classroom.name.clone()),
                (t!(words, "join-code").to_owned(), code::shown(&classroom.code)),
            ],
            code_label: t!(words, "return-code").to_owned(),
            code: code.to_string(),
            pictures_label: t!(words, "card-pictures").to_owned(),
            pictures: code.things().into_iter().map(picture).collect(),
        };
        view! {
            <StudentPage frame title=t!(words, "card-heading") student=name classroom width=Width::Narrow>
                <PageHeader title=t!(words, "card-heading") lead=t!(words, "card-lead") />
                <ReturnCard words=card />
                <PostForm action="/student/return-code" csrf>
                    <Actions>
                        <Button>{t!(words, "card-written-down")}</Button>
                    </Actions>
                </PostForm>
                <p>{t!(words, "card-print")}</p>
            </StudentPage>
        }
    })
    .await
}
