//! The return card, right after joining.

use crate::{
    classroom::{Classroom, Student},
    code,
    enrolment::{ReturnCode, things::Thing},
    t,
    ui::frame::{Frame, StudentPage, render},
    web::Words,
};
use axum::response::Response;
use helper_ui::ui::{Actions, Button, PageHeader, PictureWord, PostForm, ReturnCard, ReturnCardWords, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn card(frame: Frame, student: Student, classroom: Classroom, code: ReturnCode, address: String) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let name = student.display_name;
        let card = card_words(words, name.clone(), &classroom, code, address);
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

/// What a student's card says; also for the teacher who prints one. `address` is where one comes back.
pub fn card_words(
    words: Words,
    name: String,
    classroom: &Classroom,
    code: ReturnCode,
    address: String,
) -> ReturnCardWords {
    ReturnCardWords {
        title: t!(words, "card-title").to_owned(),
        facts: vec![
            (t!(words, "card-name").to_owned(), name),
            (t!(words, "card-class").to_owned(), classroom.name.clone()),
            (t!(words, "join-code").to_owned(), code::shown(&classroom.code)),
            (t!(words, "card-address").to_owned(), address),
        ],
        code_label: t!(words, "return-code").to_owned(),
        code: code.to_string(),
        pictures_label: t!(words, "card-pictures").to_owned(),
        pictures: code.things().into_iter().map(|thing| thing.picture_word(words)).collect(),
    }
}

impl Thing {
    /// It with its word, as pages show it.
    pub fn picture_word(self, words: Words) -> PictureWord {
        PictureWord { picture: self.picture.to_owned(), word: self.word(words.0).to_owned() }
    }
}
