//! The form of what a class asks for, and of what its certificates say.

use crate::{
    certificate::{
        list_path,
        outcomes::{MAX_SIGNATORY_CHARS, MAX_STATEMENT_CHARS, MAX_TITLE_CHARS, OutcomesForm},
    },
    classroom::Classroom,
    t,
    ui::{
        fields::ChangeForm,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Lang, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, Choice, PageHeader, Select, TextField, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn rules(frame: Frame, staff: Staff, classroom: Classroom, form: FormState<OutcomesForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (problems, back) = (form.problems(words), list_path(&classroom));
        let (asked, printed) = (thresholds(&form, words), printed(&form, words));
        view! {
            <StaffPage frame title=t!(words, "outcomes-title") staff classroom=classroom width=Width::Narrow>
                <BackLink href=back.clone()>{t!(words, "certificates-title")}</BackLink>
                <PageHeader title=t!(words, "outcomes-title") lead=t!(words, "outcomes-lead") />
                <ChangeForm words problems action=format!("{back}/rules") csrf back>
                    <h2>{t!(words, "outcomes-asked")}</h2>
                    {asked}
                    <h2>{t!(words, "outcomes-printed")}</h2>
                    {printed}
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}

/// Three percentages, each of which may be left out.
fn thresholds(form: &FormState<OutcomesForm>, words: Words) -> AnyView {
    let typed = &form.typed;
    [
        ("lessons", t!(words, "outcomes-lessons"), t!(words, "outcomes-lessons-hint"), typed.lessons.clone()),
        ("work", t!(words, "outcomes-work"), t!(words, "outcomes-work-hint"), typed.work.clone()),
        ("grade", t!(words, "outcomes-grade"), t!(words, "outcomes-grade-hint"), typed.grade.clone()),
    ]
    .map(|(name, label, hint, value)| {
        let error = form.error(name, words);
        view! { <TextField label name hint value error required=false maxlength=5_u32 /> }
    })
    .collect_view()
    .into_any()
}

fn printed(form: &FormState<OutcomesForm>, words: Words) -> AnyView {
    let OutcomesForm { title, statement, signatory, language, .. } = form.typed.clone();
    let choices = Lang::ALL.map(|lang| Choice::new(lang.tag(), lang.own_name())).to_vec();
    view! {
        <TextField
            label=t!(words, "outcomes-name")
            name="title"
            hint=t!(words, "outcomes-name-hint")
            value=title
            error=form.error("title", words)
            maxlength=MAX_TITLE_CHARS
        />
        <TextField
            label=t!(words, "outcomes-statement")
            name="statement"
            hint=t!(words, "outcomes-statement-hint")
            value=statement
            error=form.error("statement", words)
            required=false
            maxlength=MAX_STATEMENT_CHARS
        />
        <TextField
            label=t!(words, "outcomes-signatory")
            name="signatory"
            value=signatory
            error=form.error("signatory", words)
            maxlength=MAX_SIGNATORY_CHARS
        />
        <Select
            label=t!(words, "outcomes-language")
            name="language"
            choices
            value=language
            error=form.error("language", words)
        />
    }
    .into_any()
}
