//! Before certificates are given out: who gets one.

use super::missing_words;
use crate::{
    certificate::{list_path, policy::Missing, store::Outcomes},
    classroom::Classroom,
    t,
    ui::{
        fields::OnceOnly,
        frame::{Frame, StaffPage, render},
    },
    web::{Staff, Words, idempotency::IdempotencyKey},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, DefinitionList, HiddenField, IconName, Notice, PageHeader, PostForm,
    StatusWord, Table, Tone, Weight,
};
use leptos::prelude::*;
use shared_types::ids::StudentId;

/// Someone who was chosen.
pub struct Candidate {
    pub student: StudentId,
    pub name: String,
    pub missing: Vec<Missing>,
    /// They have one that holds, and keep it.
    pub has_one: bool,
    /// The name has letters for which there is no font.
    pub unwritable: bool,
}

/// What would be given to whom.
pub struct Preview {
    pub staff: Staff,
    pub classroom: Classroom,
    pub outcomes: Outcomes,
    pub lines: Vec<Candidate>,
    pub key: IdempotencyKey,
}

/// Renders the page.
pub async fn preview(frame: Frame, page: Preview) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let frame = frame.shown_once();
        let Preview { staff, classroom, outcomes, lines, key } = page;
        let here = list_path(&classroom);
        let getting: Vec<StudentId> = lines.iter().filter(|line| !line.has_one).map(|line| line.student).collect();
        let count = getting.len();
        let below = lines.iter().filter(|line| !line.has_one && !line.missing.is_empty()).count();
        let careful = (below > 0).then(|| {
            view! {
                <Notice tone=Tone::Warning word=t!(words, "cards-careful")>
                    {t!(words, "certificates-below", count = below)}
                </Notice>
            }
        });
        let unwritable = lines.iter().any(|line| line.unwritable).then(|| {
            view! {
                <Notice tone=Tone::Warning word=t!(words, "cards-careful")>
                    {t!(words, "certificates-unwritable")}
                </Notice>
            }
        });
        let fields =
            getting.into_iter().map(|id| view! { <HiddenField name="student" value=id.to_string() /> }).collect_view();
        let facts = vec![
            (t!(words, "outcomes-name").to_owned(), outcomes.title),
            (t!(words, "outcomes-statement").to_owned(), or_dash(outcomes.statement)),
            (t!(words, "outcomes-signatory").to_owned(), outcomes.signatory),
        ];
        let headings = vec![t!(words, "certificate-name").to_owned(), t!(words, "certificate-state").to_owned()];
        let rows = lines.into_iter().map(|line| row(line, words)).collect_view();
        let button = (count > 0).then(|| view! { <Button>{t!(words, "certificates-issue", count = count)}</Button> });
        view! {
            <StaffPage frame title=t!(words, "certificates-preview") staff classroom>
                <BackLink href=here.clone()>{t!(words, "certificates-title")}</BackLink>
                <PageHeader
                    title=t!(words, "certificates-preview")
                    lead=t!(words, "certificates-preview-lead", count = count)
                />
                {careful}
                {unwritable}
                <DefinitionList items=facts />
                <Table caption=t!(words, "certificates-preview") headings>
                    {rows}
                </Table>
                <PostForm action=here.clone() csrf>
                    <OnceOnly key />
                    {fields}
                    <Actions>
                        {button}
                        <ButtonLink href=here weight=Weight::Secondary>{t!(words, "form-cancel")}</ButtonLink>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

fn row(line: Candidate, words: Words) -> AnyView {
    let state = if line.has_one {
        view! { <StatusWord word=t!(words, "certificate-has-one") icon=IconName::Person /> }.into_any()
    } else if line.missing.is_empty() {
        view! { <StatusWord word=t!(words, "certificate-gets-one") tone=Tone::Success /> }.into_any()
    } else {
        let missing = t!(words, "certificate-gets-one-though", missing = missing_words(&line.missing, words));
        view! {
            <StatusWord word=t!(words, "certificate-gets-one") tone=Tone::Warning />
            <p class="field-hint">{missing}</p>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">
                <bdi>{line.name}</bdi>
            </th>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}
