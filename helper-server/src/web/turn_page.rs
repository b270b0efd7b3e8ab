//! `GET /helper/turns/{id}`: a turn as a page, for where there is no JavaScript. It loads itself again until
//! the answer is there.

use super::{
    error::{Unexpected, broken_page, missing_page},
    language::BrowserWords,
    layout::{Frame, HelperPage},
    rating::RatingForm,
    reading::{NotLetIn, Reading},
    words::{Words, words},
};
use crate::{
    app::App,
    outgoing,
    turn::{
        log, place,
        scope::lesson_path,
        standing::{self, Standing},
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use helper_ui::ui::{
    Actions, Button, ButtonLink, IconName, Notice, PageHeader, Prose, Section, StatusWord, Tone, Weight,
};
use leptos::prelude::*;
use server_kit::page;
use shared_types::{
    event::{BackendKind, Rating},
    ids::TurnId,
    turn::{TurnState, is_help},
};

const REFRESH_S: u32 = 2;

/// Everything the page shows.
#[derive(Clone, Debug)]
struct TurnPage {
    words: &'static Words,
    turn: TurnId,
    state: TurnState,
    /// Where it stands, in words.
    status: String,
    question: String,
    answer_html: String,
    demonstration: bool,
    rating: Option<Rating>,
}

/// The turn's page.
pub async fn turn_page(
    State(app): State<App>,
    BrowserWords(browser_words): BrowserWords,
    reading: Result<Reading, NotLetIn>,
) -> Response {
    let standing = match reading {
        Ok(Reading(standing)) => standing,
        Err(NotLetIn::NoSuchTurn(words)) => return missing_page(&app, words).await,
        Err(NotLetIn::Unexpected(error)) => return broken_page(&app, browser_words, error).await,
    };
    let words = words(&standing.locale);
    match load(&app, &standing, words).await {
        Ok(Some(turn)) => turn.render(&app, &standing).await,
        Ok(None) => missing_page(&app, words).await,
        Err(error) => broken_page(&app, words, error).await,
    }
}

async fn load(app: &App, standing: &Standing, words: &'static Words) -> Result<Option<TurnPage>, Unexpected> {
    let Some(text) = standing::text(&app.db, standing.id).await? else { return Ok(None) };
    let lesson = standing.lesson.map(lesson_path).unwrap_or_default();
    let cited = text.cited();
    let sources = outgoing::sources(cited.iter().map(|cited| (&*cited.anchor, &*cited.quote)), &lesson);
    let answer = match (standing.state, text.answer) {
        (TurnState::Running, _) => log::assembled(&app.redis.read_whole_log(standing.id).await.unwrap_or_default()),
        (_, answer) => answer.unwrap_or_default(),
    };
    let status = match standing.state {
        TurnState::Queued => in_line(words, place::of(app, standing.id).await?.ahead),
        TurnState::Failed => standing.failure.map_or(words.failed, |code| words.failure(code)).to_owned(),
        _ => String::new(),
    };
    Ok(Some(TurnPage {
        words,
        turn: standing.id,
        state: standing.state,
        status,
        question: text.question,
        answer_html: outgoing::html(&answer) + &sources,
        demonstration: standing.backend == Some(BackendKind::Embedded),
        rating: standing.rating,
    }))
}

fn in_line(words: &Words, ahead: u32) -> String {
    if ahead == 0 { words.next_in_line.to_owned() } else { (words.places_ahead)(ahead) }
}

impl TurnPage {
    async fn render(self, app: &App, standing: &Standing) -> Response {
        let mut frame = Frame::new(app, self.words, self.words.ask_title, standing.lesson);
        frame.refresh_s = (!self.state.is_final()).then_some(REFRESH_S);
        let forget = standing.lesson.map(|lesson| lesson_path(lesson) + "/conversation");
        page::render(StatusCode::OK, move || {
            let (words, question) = (self.words, self.question.clone());
            view! {
                <HelperPage frame>
                    <PageHeader title=words.helper />
                    <Section title=words.your_question>
                        <div class="turn-question">
                            <p>{question}</p>
                        </div>
                    </Section>
                    <Section title=words.answer>{self.answer()}</Section>
                    {forget.map(|href| view! { <p><a href=href>{words.forget}</a></p> })}
                </HelperPage>
            }
        })
        .await
    }

    fn answer(self) -> impl IntoView {
        let Self { words, turn, state, status, answer_html, demonstration, rating, .. } = self;
        let (word, tone, icon) = word(words, state);
        let may_be_rated = state == TurnState::Answered && !is_help(&answer_html);
        let demonstration = (demonstration && !answer_html.is_empty()).then(|| {
            view! { <Notice tone=Tone::Warning word=words.demonstration>{words.demonstration_model}</Notice> }
        });
        view! {
            <p>
                <StatusWord word tone icon />
                " "
                {status}
            </p>
            {demonstration}
            <Prose sanitised_html=answer_html />
            {(!state.is_final()).then(|| waiting(words, turn))}
            {may_be_rated.then(|| view! { <RatingForm turn rating words /> })}
        }
    }
}

fn waiting(words: &'static Words, turn: TurnId) -> impl IntoView {
    let path = format!("/helper/turns/{turn}");
    let stop = format!("{path}/stop");
    view! {
        <p>{words.refreshes}</p>
        <form method="post" action=stop class="form">
            <Actions>
                <Button weight=Weight::Secondary>{words.stop}</Button>
                <ButtonLink href=path weight=Weight::Quiet>
                    {words.refresh_now}
                </ButtonLink>
            </Actions>
        </form>
    }
}

const fn word(words: &'static Words, state: TurnState) -> (&'static str, Tone, IconName) {
    match state {
        TurnState::Queued => (words.waiting, Tone::Info, IconName::Clock),
        TurnState::Running => (words.writing, Tone::Info, IconName::Chat),
        TurnState::Answered => (words.finished, Tone::Success, IconName::Done),
        TurnState::Stopped => (words.stopped, Tone::Info, IconName::Info),
        TurnState::Failed => (words.failed, Tone::Problem, IconName::Problem),
    }
}
