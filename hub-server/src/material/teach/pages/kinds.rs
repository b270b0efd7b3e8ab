//! Which kind a new material is to be.

use crate::{
    classroom::Classroom,
    material::{
        Kind,
        pages::kind_word,
        teach::{list_path, module_path},
    },
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, LinkList, LinkRow, PageHeader};
use leptos::prelude::*;
use shared_types::ids::ModuleId;

/// Renders the page.
pub async fn kinds(frame: Frame, staff: Staff, classroom: Classroom, module: ModuleId, title: String) -> Response {
    render(move || {
        let words = frame.words;
        let (list, path) = (list_path(&classroom), module_path(&classroom, module));
        let rows = Kind::ALL
            .into_iter()
            .map(|kind| {
                let href = format!("{path}/materials/new?kind={}", kind.word());
                view! { <LinkRow href title=kind_word(kind, words) detail=Some(what_for(kind, words).to_owned()) /> }
            })
            .collect_view();
        view! {
            <StaffPage frame title=t!(words, "material-add") staff classroom>
                <BackLink href=list>{t!(words, "class-tab-work")}</BackLink>
                <PageHeader title=t!(words, "material-add") lead=t!(words, "material-add-to", module = title) />
                <LinkList>{rows}</LinkList>
            </StaffPage>
        }
    })
    .await
}

fn what_for(kind: Kind, words: Words) -> &'static str {
    match kind {
        Kind::Link => t!(words, "material-for-link"),
        Kind::Text => t!(words, "material-for-text"),
        Kind::Upload => t!(words, "material-for-upload"),
        Kind::Gallery => t!(words, "material-for-gallery"),
        Kind::Checklist => t!(words, "material-for-checklist"),
        Kind::Reflection => t!(words, "material-for-reflection"),
        Kind::Rubric => t!(words, "material-for-rubric"),
    }
}
