//! The recovery codes, shown once.

use crate::{
    t,
    ui::frame::{Frame, StaffPage, render},
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{Actions, ButtonLink, Card, Notice, PageHeader, Tone, Width};
use leptos::prelude::*;

/// Ten codes that can never be shown again.
pub struct RecoveryCodes {
    pub staff: Staff,
    pub codes: Vec<String>,
    /// Where to go from here.
    pub next: String,
}

/// Renders the page.
pub async fn recovery_codes(frame: Frame, RecoveryCodes { staff, codes, next }: RecoveryCodes) -> Response {
    render(move || {
        let words = frame.words;
        let frame = frame.shown_once();
        let codes = codes.into_iter().map(|code| view! { <li class="code">{code}</li> }).collect_view();
        view! {
            <StaffPage frame title=t!(words, "recovery-title") staff width=Width::Narrow>
                <PageHeader title=t!(words, "recovery-title") lead=t!(words, "recovery-lead") />
                <Card>
                    <ol data-testid="recovery-codes">
                        {codes}
                    </ol>
                    <Notice tone=Tone::Warning word=t!(words, "recovery-careful")>
                        {t!(words, "recovery-print")}
                    </Notice>
                </Card>
                <Actions>
                    <ButtonLink href=next>{t!(words, "recovery-button")}</ButtonLink>
                </Actions>
            </StaffPage>
        }
    })
    .await
}
