//! Classes that were put away or deleted, each with the way back.

use crate::{
    classroom::{
        life::{UNDO_DAYS, store::PastClass},
        path,
    },
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    BackLink, Button, Drawing, EmptyState, HiddenField, LinkList, LinkRow, PageHeader, PostForm, Section, Weight,
};
use leptos::prelude::*;

/// The classes, newest first.
pub struct Past {
    pub staff: Staff,
    pub classes: Vec<PastClass>,
    pub now: Now,
}

/// Renders the page.
pub async fn past(frame: Frame, Past { staff, classes, now }: Past) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (deleted, archived): (Vec<_>, Vec<_>) = classes.into_iter().partition(|class| class.deleted_at.is_some());
        let empty = (deleted.is_empty() && archived.is_empty()).then(|| {
            view! { <EmptyState drawing=Drawing::Desks title=t!(words, "past-empty") text=t!(words, "past-empty-text") /> }
        });
        let archived = (!archived.is_empty()).then(|| {
            let rows = archived.into_iter().map(|class| archived_row(class, now, words, csrf.clone())).collect_view();
            view! {
                <Section title=t!(words, "past-archived")>
                    <LinkList>{rows}</LinkList>
                </Section>
            }
        });
        let deleted = (!deleted.is_empty()).then(|| {
            let rows = deleted.into_iter().map(|class| deleted_row(class, now, words, csrf.clone())).collect_view();
            view! {
                <Section title=t!(words, "past-deleted")>
                    <p>{t!(words, "past-deleted-text", days = UNDO_DAYS)}</p>
                    <LinkList>{rows}</LinkList>
                </Section>
            }
        });
        view! {
            <StaffPage frame title=t!(words, "past-title") staff>
                <BackLink href="/teach">{t!(words, "frame-classes")}</BackLink>
                <PageHeader title=t!(words, "past-title") />
                {empty}
                {archived}
                {deleted}
            </StaffPage>
        }
    })
    .await
}

fn archived_row(class: PastClass, now: Now, words: Words, csrf: String) -> AnyView {
    let since = t!(words, "past-since", at = now.since(class.archived_at, words));
    let detail =
        format!("{} · {since} · {}", t!(words, "home-students", students = class.students), class.organisation);
    let here = path(class.id);
    let (action, name) = (format!("{here}/archival"), class.name.clone());
    let back = class.may_change.then(move || {
        view! {
            <PostForm action csrf inline=true>
                <HiddenField name="archived" value="false" />
                <Button weight=Weight::Secondary>
                    {t!(words, "class-unarchive")} <span class="visually-hidden">": " {name}</span>
                </Button>
            </PostForm>
        }
    });
    view! { <LinkRow href=here title=class.name detail=Some(detail)>{back}</LinkRow> }.into_any()
}

fn deleted_row(class: PastClass, now: Now, words: Words, csrf: String) -> AnyView {
    let since = class.deleted_at.map(|at| t!(words, "past-gone-since", at = now.since(at, words))).unwrap_or_default();
    let detail =
        format!("{} · {since} · {}", t!(words, "home-students", students = class.students), class.organisation);
    let (action, name) = (format!("{}/restoration", path(class.id)), class.name.clone());
    let back = class.may_change.then(move || {
        view! {
            <PostForm action csrf inline=true>
                <Button weight=Weight::Secondary>
                    {t!(words, "class-bring-back")} <span class="visually-hidden">": " {name}</span>
                </Button>
            </PostForm>
        }
    });
    view! {
        <li class="link-row">
            <div class="link-row-words">
                <span class="link-row-title">{class.name}</span>
                <p class="link-row-detail">{detail}</p>
            </div>
            <div class="link-row-end">{back}</div>
        </li>
    }
    .into_any()
}
