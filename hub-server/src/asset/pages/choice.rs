//! For those who belong to several organisations, or to none: whose files.

use crate::{
    asset::show::path_of,
    organisation::Organisation,
    t,
    ui::frame::{Frame, StaffPage, render},
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{ButtonLink, EmptyState, LinkList, LinkRow, PageHeader};
use leptos::prelude::*;

/// Renders the page.
pub async fn choice(frame: Frame, staff: Staff, organisations: Vec<Organisation>) -> Response {
    render(move || {
        let words = frame.words;
        let content = if organisations.is_empty() {
            view! {
                <EmptyState title=t!(words, "asset-no-organisation") text=t!(words, "asset-no-organisation-text")>
                    <ButtonLink href="/teach">{t!(words, "frame-classes")}</ButtonLink>
                </EmptyState>
            }
            .into_any()
        } else {
            let rows = organisations
                .into_iter()
                .map(|one| view! { <LinkRow href=path_of(one.id, "") title=one.name /> })
                .collect_view();
            view! { <LinkList>{rows}</LinkList> }.into_any()
        };
        view! {
            <StaffPage frame title=t!(words, "asset-title") staff>
                <PageHeader title=t!(words, "asset-title") />
                {content}
            </StaffPage>
        }
    })
    .await
}
