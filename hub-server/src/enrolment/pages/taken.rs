//! What is shown where the wished name or the class is not free: never a dead end.

use super::join::NameField;
use crate::{
    classroom::{Classroom, code},
    enrolment::{DisplayName, join::JoinForm},
    t,
    ui::{
        fields::OnceOnly,
        frame::{Frame, VisitorPage, render},
    },
    web::Words,
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, Drawing, EmptyState, HiddenField, PageHeader, PostForm, Section, TextField, Weight,
    Width,
};
use leptos::prelude::*;

/// Someone of that name is in the class: come back as them with the return code, or choose another name.
pub async fn taken(frame: Frame, classroom: Classroom, name: DisplayName, form: JoinForm, offer: String) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let title = t!(words, "taken-title", name = name.as_str().to_owned());
        let lead = t!(words, "taken-lead", class = classroom.name);
        let class_code = code::shown(&classroom.code);
        let name = name.as_str().to_owned();
        view! {
            <VisitorPage frame title=title.clone() width=Width::Narrow>
                <PageHeader title lead />
                <ReturnFields class_code=class_code.clone() name words csrf=csrf.clone() />
                <OtherName class_code form offer words csrf />
            </VisitorPage>
        }
    })
    .await
}

#[component]
fn OtherName(class_code: String, form: JoinForm, offer: String, words: Words, csrf: String) -> impl IntoView {
    view! {
        <Section title=t!(words, "taken-other-name")>
            <PostForm action="/" csrf>
                {form.idempotency_key.map(|key| view! { <OnceOnly key /> })}
                <HiddenField name="class_code" value=class_code />
                <NameField value=String::new() error=None words />
                <Actions>
                    <Button weight=Weight::Secondary>{t!(words, "taken-join")}</Button>
                    <Button weight=Weight::Quiet name="pseudonym" value=offer.clone()>
                        {t!(words, "join-as", name = offer)}
                    </Button>
                </Actions>
            </PostForm>
        </Section>
    }
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

/// The class takes nobody new now.
pub async fn not_open(frame: Frame, classroom: Classroom) -> Response {
    render(move || {
        let words = frame.words;
        let title = t!(words, "not-open-title", class = classroom.name);
        view! {
            <VisitorPage frame title=title.clone() width=Width::Narrow>
                <EmptyState whole_page=true drawing=Drawing::Desks title text=t!(words, "not-open-text")>
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
