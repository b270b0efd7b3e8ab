//! The form for a new class.

use crate::{
    classroom::{
        archive::IMPORTS_PATH,
        create::{ClassForm, MAX_NAME_CHARS},
    },
    organisation::Organisation,
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, Choice, PageHeader, PostForm, Select, TextField, Width};
use leptos::prelude::*;

/// The form, and where a class can be made.
pub struct Create {
    pub staff: Staff,
    pub organisations: Vec<Organisation>,
    pub form: FormState<ClassForm>,
}

/// Renders the page.
pub async fn create(frame: Frame, Create { staff, organisations, form }: Create) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let errors = [form.error("name", words), form.error("accent", words)];
        let ClassForm { name, organisation, accent, idempotency_key } = form.typed;
        view! {
            <StaffPage frame title=t!(words, "class-create") staff width=Width::Narrow>
                <BackLink href="/teach">{t!(words, "frame-classes")}</BackLink>
                <PageHeader title=t!(words, "class-create") />
                <Problems words problems />
                <PostForm action="/teach/classes/new" csrf>
                    {idempotency_key.map(|key| view! { <OnceOnly key /> })}
                    <LookFields name accent errors words />
                    <Organisations organisations chosen=organisation.map(|id| id.to_string()).unwrap_or_default() words />
                    <Actions>
                        <Button>{t!(words, "class-create-button")}</Button>
                    </Actions>
                </PostForm>
                <p>
                    <a href=IMPORTS_PATH>{t!(words, "class-archive-import")}</a>
                </p>
            </StaffPage>
        }
    })
    .await
}

/// What a class is called and which colour it has; `errors` are those of the two.
#[component]
pub fn LookFields(name: String, accent: String, errors: [Option<String>; 2], words: Words) -> impl IntoView {
    let [name_error, accent_error] = errors;
    view! {
        <TextField
            label=t!(words, "class-name")
            name="name"
            value=name
            hint=t!(words, "class-name-hint")
            error=name_error
            maxlength=MAX_NAME_CHARS
        />
        <Select
            label=t!(words, "class-accent")
            name="accent"
            choices=accents(words)
            value=accent
            hint=t!(words, "class-accent-hint")
            error=accent_error
        />
    }
    .into_any()
}

/// Asked only of those who teach in several.
#[component]
pub fn Organisations(organisations: Vec<Organisation>, chosen: String, words: Words) -> impl IntoView {
    (organisations.len() > 1).then(|| {
        let choices =
            organisations.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect::<Vec<_>>();
        view! { <Select label=t!(words, "class-organisation") name="organisation" choices value=chosen /> }
    })
}

fn accents(words: Words) -> Vec<Choice> {
    [
        t!(words, "accent-1"),
        t!(words, "accent-2"),
        t!(words, "accent-3"),
        t!(words, "accent-4"),
        t!(words, "accent-5"),
        t!(words, "accent-6"),
        t!(words, "accent-7"),
        t!(words, "accent-8"),
    ]
    .into_iter()
    .zip(1..)
    .map(|(name, number): (_, u8)| Choice::new(number.to_string(), name))
    .collect()
}
