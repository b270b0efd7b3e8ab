//! What a stranger sees: the field for the code, and what the paper says.

use crate::{
    certificate::{Certificate, store::Found, verify::CodeQuery},
    t,
    ui::{
        fields::Problems,
        frame::{Frame, VisitorPage, render},
        time::Now,
    },
    web::{FormState, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Button, ButtonLink, Card, DefinitionList, GetForm, Notice, PageHeader, TextField, Tone, Weight, Width,
};
use leptos::prelude::*;

/// Asks for the code.
pub async fn ask(frame: Frame, form: FormState<CodeQuery>) -> Response {
    render(move || {
        let words = frame.words;
        let (problems, error) = (form.problems(words), form.error("code", words));
        view! {
            <VisitorPage frame title=t!(words, "verify-title") width=Width::Narrow>
                <PageHeader title=t!(words, "verify-title") lead=t!(words, "verify-lead") />
                <Problems words problems />
                <GetForm action="/verify">
                    <TextField
                        label=t!(words, "verify-code")
                        name="code"
                        hint=t!(words, "verify-code-hint")
                        value=form.typed.code
                        error
                        maxlength=40
                    />
                    <Button>{t!(words, "verify-button")}</Button>
                </GetForm>
            </VisitorPage>
        }
    })
    .await
}

/// What the certificate of a code says.
pub async fn found(frame: Frame, code: String, found: Found, now: Now) -> Response {
    render(move || {
        let words = frame.words;
        let content = match found {
            Found::Certificate(certificate) => certified(*certificate, code, now, words),
            Found::Erased { organisation, issued_at, revoked } => {
                let facts = [
                    (t!(words, "certificate-school"), organisation),
                    (t!(words, "certificate-issued"), now.day(issued_at, words)),
                    (t!(words, "verify-code"), code),
                ];
                let withdrawn = revoked.then(|| t!(words, "verify-revoked-text"));
                view! {
                    <Notice tone=Tone::Info word=t!(words, "verify-erased")>
                        {t!(words, "verify-erased-text")} " " {withdrawn}
                    </Notice>
                    <Card>
                        <DefinitionList items=named(facts) />
                    </Card>
                }
                .into_any()
            }
        };
        view! {
            <VisitorPage frame title=t!(words, "verify-title") width=Width::Narrow>
                <PageHeader title=t!(words, "verify-title") />
                {content}
                <p>{t!(words, "verify-compare")}</p>
                <ButtonLink href="/verify" weight=Weight::Secondary>{t!(words, "verify-another")}</ButtonLink>
            </VisitorPage>
        }
    })
    .await
}

fn certified(certificate: Certificate, code: String, now: Now, words: Words) -> AnyView {
    let state = match (certificate.revoked_at, certificate.replaced_by) {
        (None, _) => view! {
            <Notice tone=Tone::Success word=t!(words, "verify-valid")>{t!(words, "verify-valid-text")}</Notice>
        }
        .into_any(),
        (Some(at), replaced) => {
            let on = t!(words, "verify-revoked-on", day = now.day(at, words));
            let replaced = replaced.map(|_| t!(words, "verify-replaced"));
            view! {
                <Notice tone=Tone::Problem word=t!(words, "verify-revoked")>{on} " " {replaced}</Notice>
            }
            .into_any()
        }
    };
    let facts = [
        (t!(words, "certificate-name"), certificate.name),
        (t!(words, "outcomes-name"), certificate.title),
        (t!(words, "outcomes-statement"), certificate.statement),
        (t!(words, "certificate-school"), certificate.organisation),
        (t!(words, "certificate-issued"), now.day(certificate.issued_at, words)),
        (t!(words, "outcomes-signatory"), certificate.signatory),
        (t!(words, "verify-code"), code),
    ];
    view! {
        {state}
        <Card>
            <DefinitionList items=named(facts) />
        </Card>
    }
    .into_any()
}

/// What was left empty on the paper is left out here.
fn named<const N: usize>(facts: [(&'static str, String); N]) -> Vec<(String, String)> {
    facts.into_iter().filter(|(_, fact)| !fact.is_empty()).map(|(name, fact)| (name.to_owned(), fact)).collect()
}
