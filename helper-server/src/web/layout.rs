//! What all pages of the helper have around them.

use super::words::Words;
use crate::{app::App, turn::scope::lesson_path};
use axum::{http::StatusCode, response::Response};
use helper_ui::{
    document::{Accent, Document, IslandAssets, PageAssets},
    ui::{BackLink, ButtonLink, Drawing, EmptyState, Main, TopBar, Width},
};
use leptos::prelude::*;
use server_kit::{assets::Module, page};
use shared_types::ids::LessonId;

/// Where a student's lessons are.
pub const STUDENT_HOME: &str = "/student";

/// Whose page it is, where that is known.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    pub accent: Option<Accent>,
    /// The class.
    pub place: Option<String>,
    pub person: Option<String>,
}

/// What surrounds a page's own part.
#[derive(Clone, Debug)]
pub struct Frame {
    pub words: &'static Words,
    pub assets: PageAssets,
    pub title: String,
    pub lesson: Option<LessonId>,
    /// Seconds after which the page loads itself again.
    pub refresh_s: Option<u32>,
    pub surroundings: Surroundings,
}

impl Frame {
    pub fn new(app: &App, words: &'static Words, title: &str, lesson: Option<LessonId>) -> Self {
        let assets = PageAssets { css: app.assets.css(), icon: app.assets.icon(), island: None };
        Self {
            words,
            assets,
            title: format!("{title} · Class Hub"),
            lesson,
            refresh_s: None,
            surroundings: Surroundings::default(),
        }
    }

    /// The same, for a page with the chat: to be rendered with `render_with_island`.
    #[must_use]
    pub fn with_island(mut self, app: &App) -> Self {
        let (js, wasm) = (app.assets.js(Module::Chat), app.assets.wasm(Module::Chat));
        self.assets.island = Some(IslandAssets { js, wasm });
        self
    }
}

/// A page: head, bar, the way back to the lesson, and its own part.
#[component]
pub fn HelperPage(frame: Frame, children: Children) -> impl IntoView {
    let Frame { words, assets, title, lesson, refresh_s, surroundings } = frame;
    let Surroundings { accent, place, person } = surroundings;
    let place = place.unwrap_or_else(|| words.helper.to_owned());
    let end = person.map(|person| view! { <span>{person}</span> });
    let (href, label) = way_back(words, lesson);
    view! {
        <Document title lang=words.lang skip=words.skip assets accent refresh_s>
            <TopBar home=STUDENT_HOME label=words.navigation place>
                {end}
            </TopBar>
            <Main width=Width::Reading>
                <BackLink href>{label}</BackLink>
                {children()}
            </Main>
        </Document>
    }
}

fn way_back(words: &Words, lesson: Option<LessonId>) -> (String, &'static str) {
    match lesson {
        Some(lesson) => (lesson_path(lesson), words.back_to_lesson),
        None => (STUDENT_HOME.to_owned(), words.back_home),
    }
}

/// A page that says one thing.
#[derive(Debug)]
pub struct Plain {
    pub title: &'static str,
    pub text: String,
    pub drawing: Drawing,
}

/// Renders a page that says one thing and shows the way on.
pub async fn plain_page(app: &App, words: &'static Words, status: StatusCode, plain: Plain) -> Response {
    let frame = Frame::new(app, words, plain.title, None);
    page::render(status, move || {
        let Plain { title, text, drawing } = plain;
        view! {
            <HelperPage frame>
                <h1>{title}</h1>
                <EmptyState drawing title=words.helper text>
                    <ButtonLink href=STUDENT_HOME>{words.back_home}</ButtonLink>
                </EmptyState>
            </HelperPage>
        }
    })
    .await
}
