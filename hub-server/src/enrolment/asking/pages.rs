//! The pages of whoever asks to be let in: the form, the wait, the answer.

use super::{State, ask::AskForm, store::Asked};
use crate::{
    enrolment::{pages::NameField, things::Thing},
    t,
    ui::{
        fields::Problems,
        frame::{Frame, VisitorPage, render},
    },
    web::{FormState, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, CodeField, CodeKind, Drawing, EmptyState, PageHeader, PictureWords,
    PostForm, Weight, Width,
};
use leptos::prelude::*;

/// How often the waiting page looks, in seconds: a class may wait at once.
const LOOKS_EVERY_S: u32 = 8;

/// A request, as its browser sees it.
pub struct Wait {
    pub asked: Asked,
    pub pictures: [Thing; 2],
    /// The reader looks, not the page.
    pub by_hand: bool,
}

/// The form to ask with.
pub async fn ask(frame: Frame, form: FormState<AskForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let (code_error, name_error) = (form.error("class_code", words), form.error("display_name", words));
        let AskForm { class_code, display_name } = form.typed;
        view! {
            <VisitorPage frame title=t!(words, "ask-title") width=Width::Narrow>
                <BackLink href="/return">{t!(words, "ask-back")}</BackLink>
                <PageHeader title=t!(words, "ask-title") lead=t!(words, "ask-lead") />
                <Problems words problems />
                <PostForm action=super::PATH csrf>
                    <CodeField
                        label=t!(words, "join-code")
                        name="class_code"
                        kind=CodeKind::Letters
                        value=class_code
                        error=code_error
                    />
                    <NameField value=display_name hint=t!(words, "return-name-hint") error=name_error words />
                    <Actions>
                        <Button>{t!(words, "ask-button")}</Button>
                    </Actions>
                </PostForm>
            </VisitorPage>
        }
    })
    .await
}

/// How a request stands.
pub async fn waiting(frame: Frame, wait: Wait) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let looks = wait.goes_on() && !wait.by_hand;
        let frame = if looks { frame.refreshing(LOOKS_EVERY_S) } else { frame };
        let name = wait.asked.display_name.clone();
        let (title, content) = match wait.asked.state {
            State::Waiting => {
                (t!(words, "waiting-title", name = name), view! { <StillWaiting wait words csrf /> }.into_any())
            }
            State::Approved => {
                (t!(words, "waiting-approved", name = name), view! { <Approved words csrf /> }.into_any())
            }
            State::Refused => (t!(words, "waiting-refused").to_owned(), view! { <Refused words csrf /> }.into_any()),
        };
        view! {
            <VisitorPage frame title=title.clone() width=Width::Narrow>
                <PageHeader title />
                {content}
            </VisitorPage>
        }
    })
    .await
}

#[component]
fn StillWaiting(wait: Wait, words: Words, csrf: String) -> impl IntoView {
    let lead = t!(words, "waiting-lead", class = wait.asked.classroom.name.clone());
    let by_hand = format!("{}?by=hand", super::PATH);
    let by_itself = super::PATH.to_owned();
    let (look, here, other_way, other_way_is) = if wait.by_hand {
        (t!(words, "waiting-by-hand"), by_hand, by_itself, t!(words, "waiting-by-itself-again"))
    } else {
        (t!(words, "waiting-by-itself"), by_itself, by_hand, t!(words, "waiting-stop-looking"))
    };
    view! {
        <p>{lead}</p>
        <p>{t!(words, "waiting-pictures")}</p>
        <PictureWords pictures=wait.pictures.map(|thing| thing.picture_word(words)).to_vec() />
        <p>{look}</p>
        <Actions>
            <ButtonLink href=here>{t!(words, "waiting-look-now")}</ButtonLink>
            <PostForm action="/waiting/end" csrf inline=true>
                <Button weight=Weight::Secondary>{t!(words, "waiting-withdraw")}</Button>
            </PostForm>
        </Actions>
        <p>
            <a href=other_way>{other_way_is}</a>
        </p>
        <p>
            <a href="/return">{t!(words, "waiting-found-card")}</a>
        </p>
    }
}

#[component]
fn Approved(words: Words, csrf: String) -> impl IntoView {
    view! {
        <p>{t!(words, "waiting-approved-text")}</p>
        <PostForm action="/waiting/entry" csrf>
            <Actions>
                <Button>{t!(words, "waiting-enter")}</Button>
            </Actions>
        </PostForm>
    }
}

#[component]
fn Refused(words: Words, csrf: String) -> impl IntoView {
    view! {
        <p>{t!(words, "waiting-refused-text")}</p>
        <Actions>
            <ButtonLink href="/return">{t!(words, "join-use-return-code")}</ButtonLink>
            <PostForm action="/waiting/end" csrf inline=true>
                <Button weight=Weight::Secondary>{t!(words, "waiting-other-name")}</Button>
            </PostForm>
        </Actions>
    }
}

/// Nobody answered in time, or the request is over.
pub async fn ended(frame: Frame) -> Response {
    render(move || {
        let words = frame.words;
        let title = t!(words, "waiting-ended");
        view! {
            <VisitorPage frame title=title width=Width::Narrow>
                <EmptyState whole_page=true drawing=Drawing::Signpost title text=t!(words, "waiting-ended-text")>
                    <ButtonLink href=super::PATH>{t!(words, "waiting-ask-again")}</ButtonLink>
                    <ButtonLink href="/" weight=Weight::Secondary>
                        {t!(words, "return-back")}
                    </ButtonLink>
                </EmptyState>
            </VisitorPage>
        }
    })
    .await
}
