//! `POST /helper/ask`: the same question from a plain form, where there is no JavaScript.

use super::{
    cookie,
    error::{log, retry_after},
    language::BrowserWords,
    layout::{Frame, HelperPage, STUDENT_HOME},
    words::{Words, words},
};
use crate::{
    app::App,
    turn::{self, AskRequest, Refusal, scope::verify_token},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{CookieJar, Form, FormRejection};
use helper_ui::ui::{Actions, Button, ButtonLink, ErrorSummary, FieldProblem, HiddenField, PageHeader, TextArea};
use leptos::prelude::*;
use serde::Deserialize;
use server_kit::page;
use shared_types::{ids::LessonId, turn::MAX_QUESTION_CHARS};
use uuid::Uuid;

/// The form's fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    scope: String,
    question: String,
    idempotency_key: String,
}

/// Takes a question and leads to its page, or shows the form again with what was typed.
pub async fn ask(
    State(app): State<App>,
    BrowserWords(browser_words): BrowserWords,
    cookies: CookieJar,
    form: Result<Form<AskForm>, FormRejection>,
) -> Response {
    // A form that cannot be read is one that was made too long.
    let Ok(Form(form)) = form else {
        return form_again(&app, browser_words, AskForm::default(), &Refusal::TooLong).await;
    };
    let AskForm { scope, question, idempotency_key } = form.clone();
    let key = key_of(&question, idempotency_key);
    match turn::accept(&app, AskRequest::new(scope, question, key)).await {
        Ok(turn) => {
            let cookies = cookies.add(cookie::opening(turn.id(), turn.pass(), app.config.https));
            (cookies, Redirect::to(&format!("/helper/turns/{}", turn.id()))).into_response()
        }
        Err(refusal) => form_again(&app, browser_words, form, &refusal).await,
    }
}

/// The key of this question from this form. A browser that goes back, or opens the page again while nothing in it has
/// changed, has the same form once more: what is asked with it then is another question, and the same one is the same.
fn key_of(question: &str, form: String) -> String {
    form.parse().map_or(form, |form: Uuid| Uuid::new_v5(&form, question.as_bytes()).to_string())
}

/// The form with the question kept; without a token that holds, the question alone, to be copied.
struct FormAgain {
    words: &'static Words,
    message: String,
    question: String,
    scope: Option<String>,
    key: Uuid,
}

async fn form_again(app: &App, browser_words: &'static Words, form: AskForm, refusal: &Refusal) -> Response {
    log(refusal);
    let scope = if refusal.is_about_scope() { None } else { verify_token(app, &form.scope).await.ok() };
    let (words, lesson) = match &scope {
        Some(scope) => (words(&scope.claims().locale), scope.claims().lesson.map(|lesson| lesson.id)),
        None => (browser_words, None),
    };
    let again = FormAgain {
        words,
        message: words.refusal(refusal),
        question: form.question,
        scope: scope.map(|_| form.scope),
        key: app.entropy.id(app.clock.now()),
    };
    let mut response = again.render(app, lesson, refusal).await;
    retry_after(&mut response, refusal);
    response
}

impl FormAgain {
    async fn render(self, app: &App, lesson: Option<LessonId>, refusal: &Refusal) -> Response {
        let frame = Frame::new(app, self.words, self.words.not_sent, lesson);
        page::render(refusal.status(), move || {
            let problems = vec![FieldProblem { field: "question".into(), message: self.message.clone() }];
            view! {
                <HelperPage frame>
                    <PageHeader title=self.words.ask_title />
                    <ErrorSummary title=self.words.not_sent problems />
                    {self.view()}
                </HelperPage>
            }
        })
        .await
    }

    fn view(self) -> AnyView {
        let Self { words, message, question, scope, key } = self;
        let Some(scope) = scope else {
            return view! {
                <TextArea
                    label=words.your_question
                    name="question"
                    value=question
                    hint=words.copy_question.to_owned()
                    required=false
                />
                <Actions>
                    <ButtonLink href=STUDENT_HOME>{words.back_home}</ButtonLink>
                </Actions>
            }
            .into_any();
        };
        view! {
            <form method="post" action="/helper/ask" class="form">
                <HiddenField name="scope" value=scope />
                <HiddenField name="idempotency_key" value=key.to_string() />
                <TextArea
                    label=words.your_question
                    name="question"
                    value=question
                    error=Some(message)
                    maxlength=u32::try_from(MAX_QUESTION_CHARS).unwrap_or(u32::MAX)
                />
                <Actions>
                    <Button>{words.ask_again}</Button>
                </Actions>
            </form>
        }
        .into_any()
    }
}
