//! The second factor.

use crate::{
    account::code_step::CodeForm,
    t,
    ui::{
        fields::Problems,
        frame::{Frame, VisitorPage, render},
    },
    web::FormState,
};
use axum::response::Response;
use helper_ui::ui::{Actions, Button, Card, CodeField, CodeKind, HiddenField, PageHeader, PostForm, Weight, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn code(frame: Frame, form: FormState<CodeForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let elsewhere = csrf.clone();
        let problems = form.problems(words);
        let error = form.error("code", words);
        let next = form.typed.next;
        view! {
            <VisitorPage frame title=t!(words, "code-title") width=Width::Narrow>
                <PageHeader title=t!(words, "code-title") lead=t!(words, "code-lead") />
                <Problems words problems />
                <Card>
                    <PostForm action="/teach/login/code" csrf>
                        <HiddenField name="next" value=next />
                        <CodeField
                            label=t!(words, "code-label")
                            name="code"
                            kind=CodeKind::OneTime
                            hint=t!(words, "code-hint")
                            error
                        />
                        <Actions>
                            <Button>{t!(words, "code-button")}</Button>
                        </Actions>
                    </PostForm>
                </Card>
                <PostForm action="/teach/logout" csrf=elsewhere inline=true>
                    <Button weight=Weight::Quiet>{t!(words, "code-other-account")}</Button>
                </PostForm>
            </VisitorPage>
        }
    })
    .await
}
