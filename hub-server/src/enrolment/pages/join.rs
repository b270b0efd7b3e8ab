//! The front page: class code, name, and the way back for whoever has been here.

use crate::{
    classroom::{Classroom, Student},
    enrolment::{join::JoinForm, name, store::DeviceOwner},
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, VisitorPage, render},
    },
    web::{FormState, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, Card, CodeField, CodeKind, PageHeader, PostForm, TextField, Weight, Width,
};
use leptos::prelude::*;

/// Who seems to be sitting there.
pub enum Welcome {
    Stranger,
    /// This device was used by a student before.
    KnownDevice(DeviceOwner),
    /// A student is signed in.
    Joined {
        student: Student,
        classroom: Classroom,
    },
}

/// The front page.
pub struct Join {
    pub welcome: Welcome,
    pub form: FormState<JoinForm>,
    /// A name to use instead of one's own.
    pub offer: String,
}

/// Renders the page.
pub async fn join(frame: Frame, Join { welcome, form, offer }: Join) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let known = !matches!(welcome, Welcome::Stranger);
        let (title, lead) = if known {
            (t!(words, "join-someone-else"), None)
        } else {
            (t!(words, "join-title"), Some(t!(words, "join-lead").to_owned()))
        };
        view! {
            <VisitorPage frame title=t!(words, "join-title") width=Width::Narrow>
                <WelcomeBack welcome words csrf=csrf.clone() />
                {match lead {
                    Some(lead) => view! { <PageHeader title lead /> }.into_any(),
                    None => view! { <h2>{title}</h2> }.into_any(),
                }}
                <Problems words problems />
                <JoinFields form offer words csrf />
                <p>
                    {t!(words, "join-been-here")} " "
                    <a href="/return">{t!(words, "join-use-return-code")}</a>
                </p>
                <p>
                    {t!(words, "join-teaching")} " " <a href="/teach">{t!(words, "join-sign-in")}</a>
                </p>
            </VisitorPage>
        }
    })
    .await
}

#[component]
fn WelcomeBack(welcome: Welcome, words: Words, csrf: String) -> impl IntoView {
    match welcome {
        Welcome::Stranger => ().into_any(),
        Welcome::KnownDevice(owner) => {
            let lead = t!(words, "join-welcome-back-lead", class = owner.classroom);
            let go_on = t!(words, "join-go-on-as", name = owner.display_name.clone());
            view! {
                <Card>
                    <PageHeader title=t!(words, "join-welcome-back", name = owner.display_name) lead />
                    <PostForm action="/return/device" csrf>
                        <Actions>
                            <Button>{go_on}</Button>
                        </Actions>
                    </PostForm>
                </Card>
            }
            .into_any()
        }
        Welcome::Joined { student, classroom } => {
            let lead = t!(words, "join-here-lead", class = classroom.name);
            view! {
                <Card>
                    <PageHeader title=t!(words, "join-here", name = student.display_name) lead />
                    <Actions>
                        <ButtonLink href="/student">{t!(words, "join-to-lessons")}</ButtonLink>
                    </Actions>
                </Card>
            }
            .into_any()
        }
    }
}

/// Class code, name, and the offered name as a second button.
#[component]
fn JoinFields(form: FormState<JoinForm>, offer: String, words: Words, csrf: String) -> impl IntoView {
    let (code_error, name_error) = (form.error("class_code", words), form.error("display_name", words));
    let JoinForm { class_code, display_name, idempotency_key, .. } = form.typed;
    view! {
        <PostForm action="/" csrf>
            {idempotency_key.map(|key| view! { <OnceOnly key /> })}
            <CodeField
                label=t!(words, "join-code")
                name="class_code"
                kind=CodeKind::Letters
                value=class_code
                hint=t!(words, "join-code-hint")
                error=code_error
            />
            <NameField value=display_name error=name_error words />
            <Actions>
                <Button>{t!(words, "join-button")}</Button>
                <Button weight=Weight::Quiet name="pseudonym" value=offer.clone()>
                    {t!(words, "join-as", name = offer)}
                </Button>
            </Actions>
        </PostForm>
    }
}

/// The name; not marked as required, because the offered one can be taken instead.
#[component]
pub fn NameField(value: String, error: Option<String>, words: Words) -> impl IntoView {
    view! {
        <TextField
            label=t!(words, "join-name")
            name="display_name"
            value
            hint=t!(words, "join-name-hint")
            error
            required=false
            maxlength=u32::try_from(name::MAX_CHARS).unwrap_or(u32::MAX)
        />
    }
}
