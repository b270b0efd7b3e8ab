//! E-mail and password.

use crate::{
    account::sign_in::SignInForm,
    t,
    ui::{
        fields::Problems,
        frame::{Frame, VisitorPage, render},
    },
    web::FormState,
};
use axum::response::Response;
use helper_ui::ui::{Actions, Button, Card, HiddenField, PageHeader, PasswordField, PostForm, TextField, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn sign_in(frame: Frame, form: FormState<SignInForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let SignInForm { email, next, .. } = form.typed;
        view! {
            <VisitorPage frame title=t!(words, "sign-in-title") width=Width::Narrow>
                <PageHeader title=t!(words, "sign-in-title") lead=t!(words, "sign-in-lead") />
                <Problems words problems />
                <Card>
                    <PostForm action="/teach/login" csrf>
                        <HiddenField name="next" value=next />
                        <TextField
                            label=t!(words, "sign-in-email")
                            name="email"
                            kind="email"
                            value=email
                            autocomplete="username"
                        />
                        <PasswordField label=t!(words, "sign-in-password") name="password" />
                        <Actions>
                            <Button>{t!(words, "sign-in-button")}</Button>
                        </Actions>
                    </PostForm>
                </Card>
                <p>
                    <a href="/">{t!(words, "sign-in-student")}</a>
                </p>
            </VisitorPage>
        }
    })
    .await
}
