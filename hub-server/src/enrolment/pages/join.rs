//! The front page: class code, name, and the way back for whoever has been here.

use crate::{
    classroom::{Classroom, Student},
    enrolment::{
        asking::{self, store::Asked},
        join::JoinForm,
        name,
        store::DeviceOwner,
    },
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, VisitorPage, render, render_with_island},
    },
    web::{FormState, Words, next::NextPath},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Button, ButtonLink, Card, CodeField, CodeKind, HiddenField, PageHeader, PostForm, TextField, Weight, Width,
};
use leptos::prelude::*;

/// Who seems to be sitting there.
pub enum Welcome {
    Stranger,
    /// This browser has asked a teacher to be let in.
    Waiting(Asked),
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

/// Renders the page; where this device is to forget, with the script for that.
pub async fn join(frame: Frame, page: Join) -> Response {
    if frame.forgets_device() {
        render_with_island(move || view(frame.with_island(), page)).await
    } else {
        render(move || view(frame, page)).await
    }
}

fn view(frame: Frame, Join { welcome, form, offer }: Join) -> impl IntoView {
    let forgets = frame.forgets_device().then(|| view! { <div data-forget-drafts hidden></div> });
    let next = NextPath::of_student(&form.typed.next);
    let with_code = next.as_ref().map_or_else(|| "/return".to_owned(), |next| next.after("/return"));
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
            {forgets}
            <WelcomeBack welcome next words csrf=csrf.clone() />
            {match lead {
                Some(lead) => view! { <PageHeader title lead /> }.into_any(),
                None => view! { <h2>{title}</h2> }.into_any(),
            }}
            <Problems words problems />
            <JoinFields form offer words csrf />
            <p>
                {t!(words, "join-been-here")} " "
                <a href=with_code>{t!(words, "join-use-return-code")}</a>
            </p>
            <p>
                {t!(words, "join-teaching")} " " <a href="/teach">{t!(words, "join-sign-in")}</a>
            </p>
        </VisitorPage>
    }
}

#[component]
fn WelcomeBack(welcome: Welcome, next: Option<NextPath>, words: Words, csrf: String) -> impl IntoView {
    let next = next.map(|next| next.as_str().to_owned());
    match welcome {
        Welcome::Stranger => ().into_any(),
        Welcome::Waiting(asked) => {
            let lead = t!(words, "join-waiting-lead", class = asked.classroom.name);
            view! {
                <Card>
                    <PageHeader title=t!(words, "waiting-title", name = asked.display_name) lead />
                    <Actions>
                        <ButtonLink href=asking::PATH>{t!(words, "join-waiting-look")}</ButtonLink>
                    </Actions>
                </Card>
            }
            .into_any()
        }
        Welcome::KnownDevice(owner) => {
            let lead = t!(words, "join-welcome-back-lead", class = owner.classroom);
            let go_on = t!(words, "join-go-on-as", name = owner.display_name.clone());
            view! {
                <Card>
                    <PageHeader title=t!(words, "join-welcome-back", name = owner.display_name) lead />
                    <PostForm action="/return/device" csrf>
                        {next.map(|value| view! { <HiddenField name="next" value /> })}
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
                        <ButtonLink href=next.unwrap_or_else(|| "/student".to_owned())>
                            {t!(words, "join-to-lessons")}
                        </ButtonLink>
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
    let JoinForm { class_code, display_name, idempotency_key, next, .. } = form.typed;
    let next = NextPath::of_student(&next).map(|next| next.as_str().to_owned());
    view! {
        <PostForm action="/" csrf>
            {next.map(|value| view! { <HiddenField name="next" value /> })}
            {idempotency_key.map(|key| view! { <OnceOnly key /> })}
            <CodeField
                label=t!(words, "join-code")
                name="class_code"
                kind=CodeKind::Letters
                value=class_code
                hint=t!(words, "join-code-hint")
                error=code_error
            />
            <NameField value=display_name hint=t!(words, "join-name-hint") error=name_error words />
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
pub fn NameField(value: String, hint: &'static str, error: Option<String>, words: Words) -> impl IntoView {
    view! {
        <TextField
            label=t!(words, "join-name")
            name="display_name"
            value
            hint
            error
            required=false
            maxlength=u32::try_from(name::MAX_CHARS).unwrap_or(u32::MAX)
        />
    }
}
