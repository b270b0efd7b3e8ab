//! What surrounds the content of every page: document, top bar, notice, footer with the language switch.

use crate::{
    app::App,
    classroom::Classroom,
    safeguarding::REVIEW_PATH,
    t,
    web::{CsrfToken, Lang, Notice, Staff, Undo, Words, browser::Browser},
};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::Response,
};
use helper_ui::{
    document::{Document, IslandAssets, PageAssets},
    ui::{self, Button, Footer, HiddenField, Main, NavLink, PostForm, Tone, TopBar, Weight, Width},
};
use leptos::prelude::*;
use server_kit::{assets::Module, page};
use std::convert::Infallible;

/// What a page needs beside its own content. Everything that asks for one gets a fresh one.
#[derive(Clone)]
pub struct Frame {
    pub words: Words,
    /// For every form of the page.
    pub csrf: String,
    /// What to say once, after a redirect, and how to take back what was done.
    notice: Option<(Notice, Option<Undo>)>,
    assets: PageAssets,
    chat: IslandAssets,
    work: IslandAssets,
    teach: IslandAssets,
    /// Where the language switch comes back to.
    path: String,
    /// The page cannot be asked for again, so there is no language switch.
    shown_once: bool,
    /// Seconds after which the page loads itself again.
    refresh_s: Option<u32>,
    /// The page has a chat, to which a link skips.
    has_chat: bool,
}

impl Frame {
    /// The frame of an answer to `browser`.
    pub fn of(browser: &Browser, app: &App) -> Self {
        Self {
            words: Words(browser.lang()),
            csrf: CsrfToken::of(browser, app).0,
            notice: browser.take_notice(),
            assets: PageAssets { css: app.assets.css(), icon: app.assets.icon(), island: None },
            chat: islands(app, Module::Chat),
            work: islands(app, Module::Work),
            teach: islands(app, Module::Teach),
            path: browser.page().to_owned(),
            shown_once: false,
            refresh_s: None,
            has_chat: false,
        }
    }

    /// The same, for a student's page that keeps drafts or sends files: to be rendered with `render_with_island`.
    #[must_use]
    pub fn with_island(mut self) -> Self {
        self.assets.island = Some(self.work.clone());
        self
    }

    /// The same, for a student's page with the chat.
    #[must_use]
    pub fn with_chat(mut self) -> Self {
        self.has_chat = true;
        self.assets.island = Some(self.chat.clone());
        self
    }

    /// The same, for a teacher's page that is enhanced in the browser (helper-ui's `teach`).
    #[must_use]
    pub fn with_teaching_island(mut self) -> Self {
        self.assets.island = Some(self.teach.clone());
        self
    }

    /// The same, for a page that is gone when it is left.
    #[must_use]
    pub fn shown_once(mut self) -> Self {
        self.shown_once = true;
        self
    }

    /// The same, for a page that loads itself again to see what has changed.
    #[must_use]
    pub fn refreshing(mut self, every_s: u32) -> Self {
        self.refresh_s = Some(every_s);
        self
    }

    /// Somebody has just left this device for good: what it keeps of drafts is to go, which takes a script.
    pub const fn forgets_device(&self) -> bool {
        matches!(self.notice, Some((Notice::LeftForGood | Notice::EverythingDeleted, _)))
    }

    /// Where somebody on this page is at home.
    pub fn home(&self) -> &'static str {
        if self.path.starts_with("/teach") {
            "/teach"
        } else if self.path.starts_with("/student") {
            "/student"
        } else {
            "/"
        }
    }
}

impl FromRequestParts<App> for Frame {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let browser = Browser::from_request_parts(parts, app).await?;
        Ok(Self::of(&browser, app))
    }
}

fn islands(app: &App, module: Module) -> IslandAssets {
    IslandAssets { js: app.assets.js(module), wasm: app.assets.wasm(module) }
}

/// Renders a page without scripts.
pub async fn render<IV: IntoView + 'static>(view: impl FnOnce() -> IV + Send + 'static) -> Response {
    page::render(StatusCode::OK, view).await
}

/// Renders a page with an island on it; its frame comes from [`Frame::with_island`].
pub async fn render_with_island<IV: IntoView + 'static>(view: impl FnOnce() -> IV + Send + 'static) -> Response {
    page::render_with_island(StatusCode::OK, view).await
}

/// A page for whoever comes by.
#[component]
pub fn VisitorPage(
    frame: Frame,
    #[prop(into)] title: String,
    #[prop(optional)] width: Width,
    children: Children,
) -> impl IntoView {
    view! {
        <Page frame title home="/" width>
            {children()}
        </Page>
    }
}

/// A page for staff; in the class's colour where it is about one.
#[component]
pub fn StaffPage(
    frame: Frame,
    #[prop(into)] title: String,
    staff: Staff,
    #[prop(optional)] classroom: Option<Classroom>,
    #[prop(optional)] width: Width,
    children: Children,
) -> impl IntoView {
    let words = frame.words;
    let links = vec![
        NavLink::new("/teach", t!(words, "frame-classes"), frame.path == "/teach"),
        NavLink::new("/teach/courses", t!(words, "frame-courses"), frame.path.starts_with("/teach/courses")),
        NavLink::new("/teach/files", t!(words, "asset-title"), frame.path.starts_with("/teach/files")),
    ];
    let csrf = frame.csrf.clone();
    let waits = (staff.concerns > 0 && frame.path != REVIEW_PATH).then(|| {
        view! {
            <ui::Notice tone=Tone::Problem word=t!(words, "safeguarding-word")>
                <a href=REVIEW_PATH>{t!(words, "safeguarding-waits", concerns = staff.concerns)}</a>
            </ui::Notice>
        }
    });
    let end = view! {
        <span>{staff.display_name}</span>
        <PostForm action="/teach/logout" csrf inline=true>
            <Button weight=Weight::Quiet>{t!(words, "frame-sign-out")}</Button>
        </PostForm>
    }
    .into_any();
    view! {
        <Page frame title home="/teach" links classroom end width>
            {waits}
            {children()}
        </Page>
    }
}

/// A page for a student, in the class's colour. `end` is what stands at the end of the top bar beside the name.
#[component]
pub fn StudentPage(
    frame: Frame,
    #[prop(into)] title: String,
    #[prop(into)] student: String,
    classroom: Classroom,
    #[prop(optional)] links: Vec<NavLink>,
    #[prop(optional)] width: Width,
    children: Children,
) -> impl IntoView {
    // The name leads to what is kept under it, and to the way out.
    let end = view! { <a href="/student#leave">{student}</a> }.into_any();
    view! {
        <Page frame title home="/student" links classroom=Some(classroom) end width>
            {children()}
        </Page>
    }
}

#[component]
fn Page(
    frame: Frame,
    title: String,
    home: &'static str,
    #[prop(optional)] links: Vec<NavLink>,
    #[prop(optional_no_strip)] classroom: Option<Classroom>,
    #[prop(optional)] end: Option<AnyView>,
    width: Width,
    children: Children,
) -> impl IntoView {
    let Frame { words, csrf, notice, assets, path, shown_once, refresh_s, has_chat, .. } = frame;
    let skip_more = has_chat.then(|| NavLink::new("#chat-question", t!(words, "lesson-to-helper"), false));
    let told = notice.map(|(notice, undo)| view! { <Told notice undo words csrf=csrf.clone() /> });
    let accent = classroom.as_ref().and_then(Classroom::accent);
    let place = classroom.map(|classroom| classroom.name);
    view! {
        <Document title=format!("{title} · Class Hub") lang=words.tag() skip=t!(words, "frame-skip") skip_more assets accent refresh_s>
            <TopBar home label=t!(words, "frame-navigation") links place>
                {end}
            </TopBar>
            <Main width>{told} {children()}</Main>
            <Footer>
                {(!shown_once).then(|| view! { <LanguageSwitch words csrf path /> })}
            </Footer>
        </Document>
    }
}

#[component]
fn Told(notice: Notice, undo: Option<Undo>, words: Words, csrf: String) -> impl IntoView {
    let (tone, word) = notice.tone(words);
    let undo = undo.map(|undo| {
        let fields = undo.fields().iter().cloned();
        let fields = fields.map(|(name, value)| view! { <HiddenField name value /> }).collect_view();
        view! {
            <PostForm action=undo.action() csrf inline=true>
                {fields} <Button weight=Weight::Secondary>{t!(words, "notice-undo")}</Button>
            </PostForm>
        }
    });
    view! {
        <ui::Notice tone word announce=true>
            {notice.text(words)} " " {undo}
        </ui::Notice>
    }
}

/// The other languages, each called what its speakers call it.
#[component]
fn LanguageSwitch(words: Words, csrf: String, path: String) -> impl IntoView {
    let buttons = Lang::ALL
        .into_iter()
        .filter(|lang| *lang != words.0)
        .map(|lang| {
            view! {
                <Button weight=Weight::Quiet name="lang" value=lang.tag()>
                    <span lang=lang.tag()>{lang.own_name()}</span>
                </Button>
            }
        })
        .collect_view();
    view! {
        <PostForm action="/language" csrf inline=true>
            <HiddenField name="next" value=path />
            {buttons}
        </PostForm>
    }
}
