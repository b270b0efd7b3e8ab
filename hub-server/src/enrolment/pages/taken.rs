//! What is shown where the wished name or the class is not free: never a dead end.

use super::join::NameField;
use crate::{
    app::App,
    classroom::{Classroom, Enrolment},
    code,
    enrolment::{DisplayName, asking, pseudonym},
    t,
    ui::{
        fields::OnceOnly,
        frame::{Frame, VisitorPage, render},
    },
    web::{Words, browser::Browser, idempotency::IdempotencyKey},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, Drawing, EmptyState, HiddenField, PageHeader, PostForm, Section, TextField, Weight,
    Width,
};
use leptos::prelude::*;

/// Someone of that name is in the class: three ways on.
pub struct Taken {
    classroom: Classroom,
    name: String,
    /// Where the form for another name is sent: the class code's or an invitation's.
    again: String,
    offer: String,
    key: IdempotencyKey,
}

impl Taken {
    /// What `browser` is shown that wished to be `name`.
    pub fn new(app: &App, browser: &Browser, classroom: Classroom, name: &DisplayName, again: String) -> Self {
        let offer = pseudonym::offer(browser.lang(), &app.entropy);
        Self { classroom, name: name.as_str().to_owned(), again, offer, key: IdempotencyKey::new(app) }
    }
}

/// Come back with the return code, choose another name, or ask the teacher.
pub async fn taken(frame: Frame, taken: Taken) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Taken { classroom, name, again, offer, key } = taken;
        let title = t!(words, "taken-title", name = name.clone());
        let lead = t!(words, "taken-lead", class = classroom.name);
        let class_code = code::shown(&classroom.code);
        view! {
            <VisitorPage frame title=title.clone() width=Width::Narrow>
                <PageHeader title lead />
                <ReturnFields class_code=class_code.clone() name=name.clone() words csrf=csrf.clone() />
                <OtherName again class_code=class_code.clone() key offer words csrf=csrf.clone() />
                <AskTeacher class_code name words csrf />
            </VisitorPage>
        }
    })
    .await
}

#[component]
fn OtherName(
    again: String,
    class_code: String,
    key: IdempotencyKey,
    offer: String,
    words: Words,
    csrf: String,
) -> impl IntoView {
    view! {
        <Section title=t!(words, "taken-other-name")>
            <PostForm action=again csrf>
                <OnceOnly key />
                <HiddenField name="class_code" value=class_code />
                <NameField value=String::new() hint=t!(words, "join-name-hint") error=None words />
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "taken-join")}</Button>
                    <Button weight=Weight::Quiet name="pseudonym" value=offer.clone()>
                        {t!(words, "join-as", name = offer)}
                    </Button>
                </Actions>
            </PostForm>
        </Section>
    }
    .into_any()
}

#[component]
fn AskTeacher(class_code: String, name: String, words: Words, csrf: String) -> impl IntoView {
    view! {
        <Section title=t!(words, "taken-card-lost")>
            <p>{t!(words, "taken-card-lost-text")}</p>
            <PostForm action=asking::PATH csrf>
                <HiddenField name="class_code" value=class_code />
                <HiddenField name="display_name" value=name />
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "ask-button")}</Button>
                </Actions>
            </PostForm>
        </Section>
    }
    .into_any()
}

#[component]
fn ReturnFields(class_code: String, name: String, words: Words, csrf: String) -> impl IntoView {
    view! {
        <Section title=t!(words, "taken-is-it-you")>
            <PostForm action="/return" csrf>
                <HiddenField name="class_code" value=class_code />
                <HiddenField name="display_name" value=name />
                <TextField
                    label=t!(words, "return-code")
                    name="return_code"
                    hint=t!(words, "return-code-hint")
                    maxlength=80_u32
                />
                <Actions>
                    <Button>{t!(words, "return-button")}</Button>
                </Actions>
            </PostForm>
        </Section>
    }
}

/// The class takes nobody new by its code.
pub async fn not_open(frame: Frame, classroom: Classroom) -> Response {
    render(move || {
        let words = frame.words;
        let (title, text) = if classroom.takes() == Enrolment::Invite {
            (t!(words, "not-open-invite-title", class = classroom.name), t!(words, "not-open-invite-text"))
        } else {
            (t!(words, "not-open-title", class = classroom.name), t!(words, "not-open-text"))
        };
        view! {
            <VisitorPage frame title=title.clone() width=Width::Narrow>
                <EmptyState whole_page=true drawing=Drawing::Desks title text>
                    <ButtonLink href="/return">{t!(words, "join-use-return-code")}</ButtonLink>
                    <ButtonLink href="/" weight=Weight::Secondary>
                        {t!(words, "not-open-other-class")}
                    </ButtonLink>
                </EmptyState>
            </VisitorPage>
        }
    })
    .await
}
