//! The staff's home page.

use super::JoinState;
use crate::{
    classroom::{self, Enrolment, code, store::ListedClass},
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    ButtonLink, Drawing, EmptyState, IconName, LinkList, LinkRow, PageHeader, StatusWord, Tone, Weight,
};
use leptos::prelude::*;

/// My classes.
pub struct Home {
    pub staff: Staff,
    pub classes: Vec<ListedClass>,
    pub may_create: bool,
}

/// Renders the page.
pub async fn home(frame: Frame, Home { staff, classes, may_create }: Home) -> Response {
    render(move || {
        let words = frame.words;
        let first = classes.is_empty();
        let create = (may_create && !first).then(|| {
            view! { <ButtonLink href="/teach/classes/new" weight=Weight::Secondary>{t!(words, "class-create")}</ButtonLink> }
        });
        view! {
            <StaffPage frame title=t!(words, "home-title") staff>
                <PageHeader title=t!(words, "home-title")>{create}</PageHeader>
                {if first {
                    view! { <NoClasses may_create words /> }.into_any()
                } else {
                    let rows = classes.into_iter().map(|class| view! { <ClassRow class words /> }).collect_view();
                    view! { <LinkList>{rows}</LinkList> }.into_any()
                }}
            </StaffPage>
        }
    })
    .await
}

#[component]
fn ClassRow(class: ListedClass, words: Words) -> impl IntoView {
    let students = t!(words, "home-students", students = class.students);
    let detail = format!("{students} · {} · {}", code::shown(&class.code), class.organisation);
    let is_shut = class.locked || class.enrolment != Enrolment::Open;
    view! {
        <LinkRow href=classroom::path(class.id) title=class.name detail=Some(detail)>
            {(class.waiting > 0).then(|| {
                let word = t!(words, "home-waiting", waiting = class.waiting);
                view! { <StatusWord word tone=Tone::Warning icon=IconName::Person /> }
            })}
            {is_shut.then(|| view! { <JoinState locked=class.locked enrolment=class.enrolment words /> })}
        </LinkRow>
    }
}

#[component]
fn NoClasses(may_create: bool, words: Words) -> impl IntoView {
    let text = if may_create { t!(words, "home-empty-text") } else { t!(words, "home-empty-viewer") };
    view! {
        <EmptyState drawing=Drawing::Desks title=t!(words, "home-empty") text>
            {may_create.then(|| view! { <ButtonLink href="/teach/classes/new">{t!(words, "class-create")}</ButtonLink> })}
        </EmptyState>
    }
}
