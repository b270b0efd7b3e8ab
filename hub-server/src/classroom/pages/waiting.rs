//! Who is waiting to be let in, on top of the roster.

use crate::{
    classroom::Classroom,
    enrolment::{asking::store::Waiting, things::Thing},
    t,
    ui::time::{Now, Since},
    web::Words,
};
use helper_ui::ui::{Actions, Button, Card, PictureWords, PostForm, Weight};
use leptos::prelude::*;

/// A request with the pictures its browser shows.
pub type Request = ([Thing; 2], Waiting);

/// The requests, each with its two answers; nothing where nobody waits.
#[component]
pub fn WaitingList(
    classroom: Classroom,
    requests: Vec<Request>,
    may_change: bool,
    now: Now,
    words: Words,
    csrf: String,
) -> impl IntoView {
    if requests.is_empty() {
        return ().into_any();
    }
    let path = format!("{}/entry-requests", classroom.path());
    let cards = requests
        .into_iter()
        .map(|request| view! { <OneRequest path=path.clone() request may_change now words csrf=csrf.clone() /> })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="waiting">
            <h2 id="waiting">{t!(words, "entry-title")}</h2>
            <p>{t!(words, "entry-text")}</p>
            {cards}
        </section>
    }
    .into_any()
}

#[component]
fn OneRequest(path: String, request: Request, may_change: bool, now: Now, words: Words, csrf: String) -> impl IntoView {
    let (pictures, Waiting { id, display_name, asked_at }) = request;
    let pictures = pictures.map(|thing| thing.picture_word(words)).to_vec();
    let name = display_name.clone();
    let buttons = may_change.then(move || view! { <Answers path=format!("{path}/{id}") name words csrf /> });
    view! {
        <Card>
            <h3>{display_name}</h3>
            <p>{t!(words, "entry-asked")} " " <Since then=asked_at now words /></p>
            <PictureWords pictures />
            {buttons}
        </Card>
    }
    .into_any()
}

/// Yes and no.
#[component]
fn Answers(path: String, name: String, words: Words, csrf: String) -> impl IntoView {
    let (yes, no) = (format!("{path}/approval"), format!("{path}/refusal"));
    let (csrf_too, whom) = (csrf.clone(), name.clone());
    view! {
        <Actions>
            <PostForm action=yes csrf=csrf_too inline=true>
                <Button>{t!(words, "entry-approve")}<OfWhom name=whom /></Button>
            </PostForm>
            <PostForm action=no csrf inline=true>
                <Button weight=Weight::Secondary>{t!(words, "entry-refuse")}<OfWhom name /></Button>
            </PostForm>
        </Actions>
    }
    .into_any()
}

/// The name a button of a list is about, for those who hear the buttons alone.
#[component]
pub fn OfWhom(name: String) -> impl IntoView {
    view! { <span class="visually-hidden">{format!(" ({name})")}</span> }.into_any()
}
