//! The switch of an organisation, and the students of a class whose conversation can be looked at.

use super::{path, settings_path, store::Asker};
use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    organisation::Organisation,
    safeguarding::REVIEW_PATH,
    t,
    ui::{
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, Checkbox, EmptyState, HiddenField, IconName, PageHeader, PostForm, Section, StatusWord,
    Table, Tone, Weight, Width,
};
use leptos::prelude::*;

/// Whether teachers of an organisation may read along.
pub async fn settings(frame: Frame, staff: Staff, organisation: Organisation, enabled: bool) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        view! {
            <StaffPage frame title=t!(words, "transcripts-title") staff>
                <BackLink href=REVIEW_PATH>{t!(words, "safeguarding-title")}</BackLink>
                <PageHeader title=t!(words, "transcripts-title") lead=organisation.name />
                <p>{switch_word(enabled, words)}</p>
                <p>{t!(words, "transcripts-text")}</p>
                <PostForm action=settings_path(organisation.id) csrf>
                    <Checkbox label=t!(words, "transcripts-enable") name="enabled" checked=enabled />
                    <Actions>
                        <Button>{t!(words, "transcripts-save")}</Button>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

/// Says whether it is switched on.
pub fn switch_word(enabled: bool, words: Words) -> AnyView {
    if enabled {
        view! { <StatusWord word=t!(words, "transcripts-on") tone=Tone::Success icon=IconName::Done /> }.into_any()
    } else {
        view! { <StatusWord word=t!(words, "transcripts-off") icon=IconName::Lock /> }.into_any()
    }
}

/// Who of a class has asked.
pub struct List {
    pub staff: Staff,
    pub classroom: Classroom,
    pub askers: Vec<Asker>,
    pub now: Now,
}

/// Renders the page.
pub async fn list(frame: Frame, List { staff, classroom, askers, now }: List) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (title, action) = (t!(words, "transcripts-title"), path(&classroom));
        let back = format!("{}/helper", classroom.path());
        let content = if askers.is_empty() {
            view! { <EmptyState title=t!(words, "transcripts-none") text=t!(words, "transcripts-none-text") /> }.into_any()
        } else {
            let headings = [
                t!(words, "concern-who"),
                t!(words, "counts-asked"),
                t!(words, "transcripts-last"),
                t!(words, "transcripts-look"),
            ]
            .map(str::to_owned)
            .to_vec();
            let rows = askers
                .into_iter()
                .map(|asker| {
                    let whom = format!(" ({})", asker.display_name);
                    view! {
                        <tr>
                            <th scope="row">{asker.display_name}</th>
                            <td>{asker.questions}</td>
                            <td>{now.moment(asker.last, words)}</td>
                            <td>
                                <PostForm action=action.clone() csrf=csrf.clone() inline=true>
                                    <HiddenField name="student" value=asker.id.to_string() />
                                    <Button weight=Weight::Quiet>
                                        {t!(words, "transcripts-read")} <span class="visually-hidden">{whom}</span>
                                    </Button>
                                </PostForm>
                            </td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <Table caption=title headings>
                    {rows}
                </Table>
            }
            .into_any()
        };
        view! {
            <StaffPage frame title=format!("{title} · {}", classroom.name) staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Settings words />
                <BackLink href=back>{t!(words, "rules-title")}</BackLink>
                <Section title>
                    <p>{t!(words, "transcripts-class-text")}</p>
                    {content}
                </Section>
            </StaffPage>
        }
    })
    .await
}
