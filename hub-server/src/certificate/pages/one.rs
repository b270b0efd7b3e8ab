//! One certificate: what it says, the paper, and taking it back.

use crate::{
    certificate::{
        Certificate, list_path,
        one::{MAX_REASON_CHARS, RevocationForm},
        paper::Paper,
        path,
    },
    classroom::Classroom,
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
        time::Now,
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, DefinitionList, Measure, PageHeader, PostForm, Section, StatusWord,
    TextField, Tone, Weight,
};
use leptos::prelude::*;

/// A certificate, and the form for taking it back where that can be done.
pub struct One {
    pub staff: Staff,
    pub classroom: Classroom,
    pub certificate: Certificate,
    pub paper: Paper,
    pub form: Option<FormState<RevocationForm>>,
    pub now: Now,
}

/// Renders the page.
pub async fn one(frame: Frame, page: One) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let One { staff, classroom, certificate, paper, form, now } = page;
        let (back, here) = (list_path(&classroom), path(&classroom, certificate.id));
        let student = classroom.student_path(certificate.student);
        let problems = form.as_ref().map(|form| form.problems(words)).unwrap_or_default();
        let state = if certificate.holds() {
            view! { <StatusWord word=t!(words, "verify-valid") tone=Tone::Success /> }
        } else {
            view! { <StatusWord word=t!(words, "verify-revoked") tone=Tone::Problem /> }
        };
        let new = certificate.replaced_by.map(|new| {
            view! {
                <p>
                    <a href=path(&classroom, new)>{t!(words, "certificate-replaced-by")}</a>
                </p>
            }
        });
        let items = facts(&certificate, &paper, now, words);
        let taking_back = form.map(|form| view! { <TakingBack here=here.clone() form words csrf /> });
        view! {
            <StaffPage frame title=t!(words, "certificate-word") staff classroom>
                <BackLink href=back>{t!(words, "certificates-title")}</BackLink>
                <PageHeader title=paper.name.clone() lead=paper.title.clone() />
                <Problems words problems />
                <p>{state}</p>
                {new}
                <DefinitionList items />
                <Actions>
                    <ButtonLink href=format!("{here}/certificate.pdf")>{t!(words, "certificate-pdf")}</ButtonLink>
                    <ButtonLink href=student weight=Weight::Secondary>{t!(words, "certificate-student")}</ButtonLink>
                </Actions>
                {taking_back}
            </StaffPage>
        }
    })
    .await
}

fn facts(certificate: &Certificate, paper: &Paper, now: Now, words: Words) -> Vec<(String, String)> {
    let mut facts = vec![
        (t!(words, "certificate-school"), certificate.organisation.clone()),
        (t!(words, "certificate-issued"), now.day(certificate.issued_at, words)),
        (t!(words, "outcomes-signatory"), certificate.signatory.clone()),
        (t!(words, "certificate-address"), paper.address.clone()),
    ];
    if let (Some(at), Some(reason)) = (certificate.revoked_at, &certificate.reason) {
        facts.push((t!(words, "certificate-revoked-at"), now.moment(at, words)));
        facts.push((t!(words, "certificate-reason"), reason.clone()));
    }
    facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect()
}

#[component]
fn TakingBack(here: String, form: FormState<RevocationForm>, words: Words, csrf: String) -> impl IntoView {
    let error = form.error("reason", words);
    view! {
        <Section title=t!(words, "certificate-take-back")>
            <p>{t!(words, "certificate-take-back-text")}</p>
            <Measure>
                <PostForm action=format!("{here}/revocation") csrf>
                    <TextField
                        label=t!(words, "certificate-reason")
                        name="reason"
                        hint=t!(words, "certificate-reason-hint")
                        value=form.typed.reason
                        error
                        maxlength=MAX_REASON_CHARS
                    />
                    <Actions>
                        <Button weight=Weight::Secondary formaction=format!("{here}/replacement")>
                            {t!(words, "certificate-replace")}
                        </Button>
                        <Button weight=Weight::Danger>{t!(words, "certificate-revoke")}</Button>
                    </Actions>
                </PostForm>
            </Measure>
        </Section>
    }
    .into_any()
}
