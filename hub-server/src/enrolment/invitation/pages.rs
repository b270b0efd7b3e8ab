//! The pages of a link: the form, and why it lets nobody in.

use super::{Standing, join::InvitedForm};
use crate::{
    classroom::Classroom,
    enrolment::pages::NameField,
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, VisitorPage, render},
    },
    web::FormState,
};
use axum::{http::StatusCode, response::Response};
use helper_ui::ui::{Actions, Button, ButtonLink, Drawing, EmptyState, PageHeader, PostForm, Weight, Width};
use leptos::prelude::*;

/// The form of a link.
pub struct Join {
    pub classroom: Classroom,
    pub path: String,
    pub form: FormState<InvitedForm>,
    /// A name to use instead of one's own.
    pub offer: String,
}

/// Renders the form.
pub async fn join(frame: Frame, Join { classroom, path, form, offer }: Join) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let name_error = form.error("display_name", words);
        let title = t!(words, "invited-title", class = classroom.name);
        let InvitedForm { display_name, idempotency_key, .. } = form.typed;
        view! {
            <VisitorPage frame title=title.clone() width=Width::Narrow>
                <PageHeader title lead=t!(words, "invited-lead") />
                <Problems words problems />
                <PostForm action=path csrf>
                    {idempotency_key.map(|key| view! { <OnceOnly key /> })}
                    <NameField value=display_name hint=t!(words, "join-name-hint") error=name_error words />
                    <Actions>
                        <Button>{t!(words, "join-button")}</Button>
                        <Button weight=Weight::Quiet name="pseudonym" value=offer.clone()>
                            {t!(words, "join-as", name = offer)}
                        </Button>
                    </Actions>
                </PostForm>
                <p>
                    {t!(words, "join-been-here")} " "
                    <a href="/return">{t!(words, "join-use-return-code")}</a>
                </p>
            </VisitorPage>
        }
    })
    .await
}

/// The link lets nobody in any more.
pub async fn over(frame: Frame, classroom: Classroom, standing: Standing) -> Response {
    render(move || {
        let words = frame.words;
        let title = match standing {
            Standing::Full => t!(words, "invited-full").to_owned(),
            Standing::ClassClosed => t!(words, "not-open-title", class = classroom.name),
            Standing::Expired | Standing::Disabled | Standing::Open => t!(words, "invited-over").to_owned(),
        };
        let text = t!(words, "invited-over-text");
        view! {
            <VisitorPage frame title=title.clone() width=Width::Narrow>
                <EmptyState whole_page=true drawing=Drawing::Desks title text>
                    <ButtonLink href="/return">{t!(words, "join-use-return-code")}</ButtonLink>
                    <ButtonLink href="/" weight=Weight::Secondary>
                        {t!(words, "invited-with-code")}
                    </ButtonLink>
                </EmptyState>
            </VisitorPage>
        }
    })
    .await
}

/// There is no such link.
pub async fn unknown(frame: Frame) -> Response {
    let mut page = render(move || {
        let words = frame.words;
        let title = t!(words, "invited-unknown");
        view! {
            <VisitorPage frame title=title width=Width::Narrow>
                <EmptyState whole_page=true drawing=Drawing::Signpost title text=t!(words, "invited-unknown-text")>
                    <ButtonLink href="/">{t!(words, "invited-with-code")}</ButtonLink>
                </EmptyState>
            </VisitorPage>
        }
    })
    .await;
    *page.status_mut() = StatusCode::NOT_FOUND;
    page
}
