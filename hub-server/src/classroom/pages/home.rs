//! The staff's home page: what needs them now, then their classes, then those of their colleagues.

use super::JoinState;
use crate::{
    classroom::{self, Enrolment, life::PAST_PATH, store::ListedClass},
    code,
    material::teach::TO_GRADE,
    safeguarding::REVIEW_PATH,
    t,
    ui::frame::{Frame, StaffPage, render},
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    ButtonLink, Drawing, EmptyState, IconName, LinkList, LinkRow, PageHeader, Section, StatusWord, Tone, Weight,
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
        let content = if first {
            view! { <NoClasses may_create words /> }.into_any()
        } else {
            view! { <Classes classes words /> }.into_any()
        };
        view! {
            <StaffPage frame title=t!(words, "home-title") staff>
                <PageHeader title=t!(words, "home-title")>{create}</PageHeader>
                {content}
                <p>
                    <a href=PAST_PATH>{t!(words, "past-title")}</a>
                    " · "
                    <a href=REVIEW_PATH>{t!(words, "safeguarding-title")}</a>
                </p>
            </StaffPage>
        }
    })
    .await
}

#[component]
fn Classes(classes: Vec<ListedClass>, words: Words) -> impl IntoView {
    let needs: Vec<AnyView> = classes.iter().filter(|class| class.own).flat_map(|class| needs(class, words)).collect();
    let needs = (!needs.is_empty()).then(|| {
        view! {
            <Section title=t!(words, "home-needs")>
                <LinkList>{needs}</LinkList>
            </Section>
        }
    });
    let (own, others): (Vec<_>, Vec<_>) = classes.into_iter().partition(|class| class.own);
    // Where nobody has said which classes are theirs, a second heading would only stand in the way.
    let sections = [(t!(words, "home-own"), own), (t!(words, "home-others"), others)]
        .into_iter()
        .filter(|(_, classes)| !classes.is_empty())
        .map(|(title, classes)| {
            let rows = classes.into_iter().map(|class| view! { <ClassRow class words /> }).collect_view();
            view! {
                <Section title>
                    <LinkList>{rows}</LinkList>
                </Section>
            }
        })
        .collect_view();
    view! {
        {needs}
        {sections}
    }
    .into_any()
}

/// What of a class wants to be looked at, each leading to where it is done.
fn needs(class: &ListedClass, words: Words) -> Vec<AnyView> {
    let path = classroom::path(class.id);
    let waiting = (class.waiting > 0)
        .then(|| (t!(words, "home-waiting", waiting = class.waiting), format!("{path}/roster"), IconName::Person));
    let stuck =
        (class.stuck > 0).then(|| (t!(words, "home-stuck", students = class.stuck), path.clone(), IconName::Warning));
    let ungraded = (class.ungraded > 0).then(|| {
        (t!(words, "home-ungraded", count = class.ungraded), format!("{path}/materials#{TO_GRADE}"), IconName::Returned)
    });
    [waiting, stuck, ungraded]
        .into_iter()
        .flatten()
        .map(|(what, href, icon)| {
            let name = class.name.clone();
            view! {
                <LinkRow href title=what detail=Some(name)>
                    <StatusWord word=t!(words, "home-needs-word") tone=Tone::Warning icon />
                </LinkRow>
            }
            .into_any()
        })
        .collect()
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
