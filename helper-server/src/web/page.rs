//! `/helper/`: the chat on a page of its own.
//!
//! The helper knows a student by the scope token alone, so the page is opened by a form of the lesson page that posts one.
//! The token is then kept in Redis until it ends, under a random pass that the browser holds as a cookie: a reload shows
//! the conversation again, and no address ever holds a token. The pass is good together with the student session it was
//! given under only. Where that ends or another begins in the same browser, as on a shared computer, it opens nothing.

use super::{
    cookie,
    error::broken_page,
    language::BrowserWords,
    layout::{self, Frame, HelperPage, Plain, Surroundings},
    rating::RatingForm,
    words::{Words, words},
};
use crate::{
    app::App,
    outgoing,
    turn::{Refusal, Scope, conversation::past_turns, scope::verify_token},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{CookieJar, Form};
use helper_ui::{
    chat::{ChatSetup, LessonChat},
    document::Accent,
    ui::{Drawing, PageHeader, Prose},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_kit::page;
use shared_types::{
    scope::renewal_path,
    turn::{PastTurn, TurnState, is_help},
};

/// What opens the page: the form's fields, kept as they are.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Opening {
    /// The signed scope token.
    scope: String,
    /// The hub's token for the student's session, with which the chat renews the scope token.
    csrf: String,
    /// What the page is to look like, from the same page of the hub: the class's colour and name, and who asks. The token
    /// does not say it, and nothing hangs on it.
    accent: String,
    class_name: String,
    student_name: String,
}

/// Longer names are cut.
const NAME_CHARS: usize = 80;

impl Opening {
    fn surroundings(&self) -> Surroundings {
        let name = |name: &str| Some(name.chars().take(NAME_CHARS).collect::<String>()).filter(|name| !name.is_empty());
        Surroundings {
            accent: self.accent.parse().ok().and_then(Accent::new),
            place: name(&self.class_name),
            person: name(&self.student_name),
        }
    }
}

/// `POST /helper/`: keeps the token and leads to the page.
pub async fn open(
    State(app): State<App>,
    BrowserWords(browser_words): BrowserWords,
    cookies: CookieJar,
    headers: HeaderMap,
    Form(opening): Form<Opening>,
) -> Response {
    // Another site could put somebody into a conversation that is not theirs.
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return closed(&app, browser_words, &Refusal::NoScope).await;
    }
    let scope = match verify_token(&app, &opening.scope).await {
        Ok(scope) => scope,
        Err(refusal) => return closed(&app, browser_words, &refusal).await,
    };
    let pass = app.entropy.token();
    let kept = serde_json::to_string(&opening).expect("two strings are JSON");
    let lives_s = scope.claims().exp - app.clock.unix();
    if let Err(error) = app.redis.keep_page(&cookie::page_key(&cookies, &pass), &kept, lives_s).await {
        return closed(&app, words(&scope.claims().locale), &error.into()).await;
    }
    (cookies.add(cookie::opening_page(&pass, app.config.https)), Redirect::to("/helper/")).into_response()
}

/// `GET /helper`: the same address as people type it.
pub async fn without_slash() -> Redirect {
    Redirect::permanent("/helper/")
}

/// `GET /helper/`: the chat; for a browser that has opened none, or whose token has ended, the way to the lessons.
pub async fn show(State(app): State<App>, BrowserWords(browser_words): BrowserWords, cookies: CookieJar) -> Response {
    let opened = match Opened::by(&cookies, &app).await {
        Ok(opened) => opened,
        Err(refusal) => return closed(&app, browser_words, &refusal).await,
    };
    match past_turns(&app.db, &opened.scope).await {
        Ok(turns) => render(&app, opened, turns).await,
        Err(error) => broken_page(&app, browser_words, error.into()).await,
    }
}

/// A page that was opened: whose, and with what.
#[derive(Debug)]
pub struct Opened {
    pub scope: Scope,
    opening: Opening,
}

impl Opened {
    /// The page this browser has opened, as long as its token holds.
    pub async fn by(cookies: &CookieJar, app: &App) -> Result<Self, Refusal> {
        let pass = cookie::page_pass(cookies).ok_or(Refusal::NoScope)?;
        let kept = app.redis.kept_page(&cookie::page_key(cookies, pass)).await?.ok_or(Refusal::NoScope)?;
        let opening: Opening = serde_json::from_str(&kept).map_err(|_| Refusal::NoScope)?;
        let scope = verify_token(app, &opening.scope).await?;
        Ok(Self { scope, opening })
    }

    fn setup(self, app: &App) -> ChatSetup {
        let Self { scope, opening } = self;
        let claims = scope.claims();
        ChatSetup {
            token: opening.scope,
            token_expires_at: claims.exp,
            actor: claims.actor.uuid().to_string(),
            lesson: claims.lesson.map(|lesson| lesson.id.to_string()),
            lang: claims.locale.clone(),
            csrf: opening.csrf,
            availability: claims.availability,
            renew_url: renewal_path(claims.may_be_read).to_owned(),
            sign_in_url: "/".to_owned(),
            idempotency_key: app.entropy.id(app.clock.now()).to_string(),
        }
    }
}

/// Nothing is open here: says what the helper belongs to, and the way there.
async fn closed(app: &App, words: &'static Words, refusal: &Refusal) -> Response {
    tracing::info!(code = refusal.code(), "the chat's own page was not opened");
    let (status, text) = match refusal {
        Refusal::NoScope => (StatusCode::OK, words.no_page_open_more.to_owned()),
        refusal => (refusal.status(), words.refusal(refusal)),
    };
    let plain = Plain { title: words.no_page_open, text, drawing: Drawing::Signpost };
    layout::plain_page(app, words, status, plain).await
}

async fn render(app: &App, opened: Opened, turns: Vec<PastTurn>) -> Response {
    let claims = opened.scope.claims();
    let (words, lesson) = (words(&claims.locale), claims.lesson.map(|lesson| lesson.id));
    let mut frame = Frame::new(app, words, words.helper, lesson).with_island(app);
    frame.surroundings = opened.opening.surroundings();
    let (lead, may_be_read) = (claims.context.clone(), claims.may_be_read);
    let lesson_path = opened.scope.lesson_path().unwrap_or_default();
    let forget = opened.scope.lesson_path().map(|lesson| format!("{lesson}/conversation"));
    let setup = opened.setup(app);
    page::render_with_island(StatusCode::OK, move || {
        view! {
            <HelperPage frame>
                <PageHeader title=words.helper lead />
                {may_be_read.then(|| view! { <p class="chat-told">{words.read_along}</p> })}
                // With JavaScript the chat shows it by itself.
                <noscript>{turns.into_iter().map(|turn| past(words, turn, &lesson_path)).collect_view()}</noscript>
                <div class="chat-page">
                    <LessonChat setup />
                </div>
                {forget
                    .map(|href| {
                        view! {
                            <p class="chat-ways">
                                <a href=href>{words.forget}</a>
                            </p>
                        }
                    })}
            </HelperPage>
        }
    })
    .await
}

fn past(words: &'static Words, past: PastTurn, lesson: &str) -> impl IntoView + use<> {
    let PastTurn { turn, state, question, answer_html, rating, citations, .. } = past;
    let sources = outgoing::sources(citations.iter().map(|cited| (&*cited.anchor, &*cited.quote)), lesson);
    let rated =
        (state == TurnState::Answered && !is_help(&answer_html)).then(|| view! { <RatingForm turn rating words /> });
    let unanswered = match state {
        TurnState::Stopped => Some(words.stopped_here),
        TurnState::Failed => Some(words.no_answer),
        _ => None,
    };
    view! {
        <section class="section">
            <div class="turn-question">
                <h2 class="turn-who">{words.your_question}</h2>
                <p>{question}</p>
            </div>
            <h2 class="turn-who">{words.answer}</h2>
            {(!state.is_final())
                .then(|| view! { <p><a href=format!("/helper/turns/{turn}")>{words.refresh_now}</a></p> })}
            {unanswered.map(|said| view! { <p class="turn-state">{said}</p> })}
            <Prose sanitised_html=answer_html + &sources />
            {rated}
        </section>
    }
}
