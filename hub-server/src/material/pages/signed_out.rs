//! A form that was sent after its session had ended: what was typed is not lost.

use crate::{
    material::answer::Fields,
    t,
    ui::frame::{Frame, VisitorPage},
};
use axum::{http::StatusCode, response::Response};
use helper_ui::ui::{Actions, ButtonLink, PageHeader, TextArea};
use leptos::prelude::*;
use server_kit::page;

/// Renders the page, with what was typed.
pub async fn signed_out(frame: Frame, fields: &Fields) -> Response {
    let typed: Vec<&str> = fields
        .0
        .iter()
        .filter(|(name, value)| (name == "text" || name.starts_with("why-")) && !value.trim().is_empty())
        .map(|(_, value)| value.as_str())
        .collect();
    let typed = typed.join("\n\n");
    page::render(StatusCode::UNAUTHORIZED, move || {
        let words = frame.words;
        let text = (!typed.is_empty()).then(|| {
            view! { <TextArea label=t!(words, "signed-out-typed") name="typed" value=typed rows=12 required=false /> }
        });
        let hint = text.is_some().then(|| view! { <p>{t!(words, "signed-out-copy")}</p> });
        view! {
            <VisitorPage frame title=t!(words, "signed-out-title")>
                <PageHeader title=t!(words, "signed-out-title") lead=t!(words, "signed-out-text") />
                {text}
                {hint}
                <Actions>
                    <ButtonLink href="/">{t!(words, "signed-out-back")}</ButtonLink>
                </Actions>
            </VisitorPage>
        }
    })
    .await
}
