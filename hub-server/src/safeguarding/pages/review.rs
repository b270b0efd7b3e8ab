//! What waits for me: open concerns, then what came of the last ones, then where contacts are chosen.

use super::{ConcernList, concern_text};
use crate::{
    safeguarding::{Concern, REVIEW_PATH, contacts::Administered, contacts_path},
    t, transcripts,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::Staff,
};
use axum::response::Response;
use helper_ui::ui::{BackLink, EmptyState, IconName, LinkList, LinkRow, PageHeader, Section, StatusWord, Tone, Width};
use leptos::prelude::*;

/// Everything the page shows.
pub struct Review {
    pub staff: Staff,
    pub concerns: Vec<Concern>,
    pub administered: Vec<Administered>,
    pub now: Now,
}

/// Renders the page.
pub async fn review(frame: Frame, Review { staff, concerns, administered, now }: Review) -> Response {
    render(move || {
        let (words, csrf, csrf_again) = (frame.words, frame.csrf.clone(), frame.csrf.clone());
        let (settled, open): (Vec<_>, Vec<_>) = concerns.into_iter().partition(|concern| concern.outcome.is_some());
        let path = || REVIEW_PATH.to_owned();
        let open = if open.is_empty() {
            view! { <EmptyState title=t!(words, "concern-nothing") text=t!(words, "concern-nothing-text") /> }.into_any()
        } else {
            let (title, text) = (t!(words, "concern-title"), concern_text(&open, words));
            view! {
                <Section title>
                    <p>{text}</p>
                    <ConcernList title path=path() concerns=open with_class=true now words csrf=Some(csrf) />
                </Section>
            }
            .into_any()
        };
        let settled = (!settled.is_empty()).then(|| {
            let title = t!(words, "concern-settled");
            view! {
                <Section title>
                    <ConcernList title path=path() concerns=settled with_class=true now words csrf=Some(csrf_again) />
                </Section>
            }
        });
        let contacts = (!administered.is_empty()).then(|| {
            let readings = administered
                .iter()
                .map(|one| {
                    let (href, title) =
                        (transcripts::settings_path(one.organisation.id), one.organisation.name.clone());
                    let state = transcripts::pages::switch_word(one.read_along, words);
                    view! {
                        <LinkRow href title>
                            {state}
                        </LinkRow>
                    }
                    .into_any()
                })
                .collect::<Vec<_>>();
            let rows = administered
                .into_iter()
                .map(|Administered { organisation, enabled, .. }| {
                    let state = if enabled {
                        view! { <StatusWord word=t!(words, "safeguarding-on") tone=Tone::Success icon=IconName::Done /> }
                    } else {
                        view! { <StatusWord word=t!(words, "safeguarding-off") tone=Tone::Warning icon=IconName::Warning /> }
                    };
                    view! {
                        <LinkRow href=contacts_path(organisation.id) title=organisation.name>
                            {state}
                        </LinkRow>
                    }
                })
                .collect_view();
            view! {
                <Section title=t!(words, "safeguarding-contacts")>
                    <LinkList>{rows}</LinkList>
                </Section>
                <Section title=t!(words, "transcripts-title")>
                    <LinkList>{readings}</LinkList>
                </Section>
            }
        });
        view! {
            <StaffPage frame title=t!(words, "safeguarding-title") staff width=Width::Wide>
                <BackLink href="/teach">{t!(words, "frame-classes")}</BackLink>
                <PageHeader title=t!(words, "safeguarding-title") lead=t!(words, "safeguarding-lead") />
                {open}
                {settled}
                {contacts}
            </StaffPage>
        }
    })
    .await
}
