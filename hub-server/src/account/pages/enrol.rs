//! Setting up the second factor.

use crate::{
    account::enrol_totp::EnrolForm,
    t,
    ui::{
        fields::Problems,
        frame::{Frame, VisitorPage, render},
        qr::{Qr, QrDrawing},
    },
    web::{FormState, Words},
};
use axum::response::Response;
use helper_ui::ui::{Actions, Button, Card, CodeField, CodeKind, HiddenField, PageHeader, PostForm, Width};
use leptos::prelude::*;

/// A new secret to be taken into an authenticator app.
pub struct Enrol {
    pub qr: QrDrawing,
    /// The same as text.
    pub secret: String,
    pub form: FormState<EnrolForm>,
}

/// Renders the page.
pub async fn enrol(frame: Frame, Enrol { qr, secret, form }: Enrol) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let error = form.error("code", words);
        let EnrolForm { sealed, next, .. } = form.typed;
        view! {
            <VisitorPage frame title=t!(words, "enrol-title") width=Width::Narrow>
                <PageHeader title=t!(words, "enrol-title") lead=t!(words, "enrol-lead") />
                <Problems words problems />
                <Card>
                    <Secret qr secret words />
                    <PostForm action="/teach/enrol-totp" csrf>
                        <HiddenField name="sealed" value=sealed />
                        <HiddenField name="next" value=next />
                        <CodeField
                            label=t!(words, "code-label")
                            name="code"
                            kind=CodeKind::OneTime
                            hint=t!(words, "enrol-code-hint")
                            error
                        />
                        <Actions>
                            <Button>{t!(words, "enrol-button")}</Button>
                        </Actions>
                    </PostForm>
                </Card>
            </VisitorPage>
        }
    })
    .await
}

/// The secret, to be scanned or typed.
#[component]
fn Secret(qr: QrDrawing, secret: String, words: Words) -> impl IntoView {
    let shown: Vec<String> =
        secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    view! {
        <Qr drawing=qr label=t!(words, "enrol-qr") />
        <p>{t!(words, "enrol-by-hand")}</p>
        <p>
            <span class="code" data-testid="totp-secret">{shown.join(" ")}</span>
        </p>
    }
}
