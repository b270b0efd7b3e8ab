//! The page to come back on another device.

use super::join::NameField;
use crate::{
    enrolment::{asking, come_back::ComeBackForm},
    t,
    ui::{
        fields::Problems,
        frame::{Frame, VisitorPage, render},
    },
    web::{FormState, Words, next::NextPath},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, CodeField, CodeKind, HiddenField, PageHeader, PostForm, TextField, Weight, Width,
};
use leptos::prelude::*;

/// Renders the page. What was typed as return code is shown again: it was wrong, or a letter of it.
pub async fn come_back(frame: Frame, form: FormState<ComeBackForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let code_error = form.error("class_code", words);
        let name_error = form.error("display_name", words);
        let return_error = form.error("return_code", words);
        let ComeBackForm { class_code, display_name, return_code, next } = form.typed;
        let next = NextPath::of_student(&next);
        let typed = !class_code.is_empty() && !display_name.is_empty();
        let back = next.as_ref().map_or_else(|| "/".to_owned(), |next| next.after("/"));
        let next = next.map(|next| view! { <HiddenField name="next" value=next.as_str() /> });
        view! {
            <VisitorPage frame title=t!(words, "return-title") width=Width::Narrow>
                <BackLink href=back>{t!(words, "return-back")}</BackLink>
                <PageHeader title=t!(words, "return-title") lead=t!(words, "return-lead") />
                <Problems words problems />
                <PostForm action="/return" csrf>
                    {next}
                    <CodeField
                        label=t!(words, "join-code")
                        name="class_code"
                        kind=CodeKind::Letters
                        value=class_code
                        error=code_error
                    />
                    <NameField value=display_name hint=t!(words, "return-name-hint") error=name_error words />
                    <TextField
                        label=t!(words, "return-code")
                        name="return_code"
                        value=return_code
                        hint=t!(words, "return-code-hint")
                        error=return_error
                        maxlength=80_u32
                    />
                    <Actions>
                        <Button>{t!(words, "return-button")}</Button>
                    </Actions>
                    {typed.then(|| view! { <AskWithTyped words /> })}
                </PostForm>
                {(!typed)
                    .then(|| {
                        view! {
                            <p>
                                {t!(words, "return-lost")} " " <a href=asking::PATH>{t!(words, "ask-title")}</a>
                            </p>
                        }
                    })}
            </VisitorPage>
        }
    })
    .await
}

/// Asks the teacher for the class code and name that stand in the form: nobody has to type them again.
#[component]
fn AskWithTyped(words: Words) -> impl IntoView {
    view! {
        <p>
            {t!(words, "return-lost")} " "
            <Button weight=Weight::Quiet formaction=asking::PATH unchecked=true>
                {t!(words, "ask-title")}
            </Button>
        </p>
    }
}
