//! Error pages: what happened in one sentence, and a way on.

use crate::{
    t,
    ui::frame::{Frame, VisitorPage},
    web::{Error, Words},
};
use axum::response::Response;
use helper_ui::ui::{ButtonLink, Drawing, EmptyState, Width};
use leptos::prelude::*;
use server_kit::page;

/// What an error page says.
struct Problem {
    title: &'static str,
    text: String,
    way_on: &'static str,
    href: &'static str,
    drawing: Drawing,
}

/// The page for `error`.
pub async fn page(frame: Frame, error: &Error) -> Response {
    let problem = Problem::of(error, &frame);
    let status = error.status();
    page::render(status, move || {
        view! {
            <VisitorPage frame title=problem.title width=Width::Narrow>
                <EmptyState whole_page=true drawing=problem.drawing title=problem.title text=problem.text>
                    <ButtonLink href=problem.href>{problem.way_on}</ButtonLink>
                </EmptyState>
            </VisitorPage>
        }
    })
    .await
}

impl Problem {
    fn of(error: &Error, frame: &Frame) -> Self {
        let words = frame.words;
        let (title, text) = sentence(error, words);
        let away = matches!(error, Error::Unavailable(_) | Error::Internal(_));
        let home = frame.home();
        Self {
            title,
            text,
            way_on: match home {
                "/teach" => t!(words, "problem-to-classes"),
                "/student" => t!(words, "problem-to-work"),
                _ => t!(words, "problem-to-start"),
            },
            href: home,
            drawing: if away { Drawing::Resting } else { Drawing::Signpost },
        }
    }
}

fn sentence(error: &Error, words: Words) -> (&'static str, String) {
    let (title, text) = match error {
        Error::TooMany { wait_s } => {
            let minutes = wait_s.div_ceil(60);
            return (t!(words, "problem-too-many"), t!(words, "problem-too-many-text", minutes = minutes));
        }
        Error::Forbidden => (t!(words, "problem-forbidden"), t!(words, "problem-forbidden-text")),
        Error::FormExpired => (t!(words, "problem-form-expired"), t!(words, "problem-form-expired-text")),
        Error::NotFound => (t!(words, "problem-not-found"), t!(words, "problem-not-found-text")),
        Error::MethodNotAllowed => (t!(words, "problem-method"), t!(words, "problem-method-text")),
        Error::TooLarge => (t!(words, "problem-too-large"), t!(words, "problem-too-large-text")),
        Error::Unavailable(_) => (t!(words, "problem-unavailable"), t!(words, "problem-unavailable-text")),
        Error::Internal(_) => (t!(words, "problem-internal"), t!(words, "problem-internal-text")),
        Error::BadRequest
        | Error::Unprocessable
        | Error::SignedOut { .. }
        | Error::SecondFactorMissing { .. }
        | Error::NotJoined => (t!(words, "problem-bad-request"), t!(words, "problem-bad-request-text")),
    };
    (title, text.to_owned())
}
