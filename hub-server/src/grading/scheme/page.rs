//! The page of a material's grading rules.

use super::{Late, form::SchemeForm};
use crate::{
    classroom::Classroom,
    grading, t,
    ui::{
        fields::ChangeForm,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, Checkbox, Choice, PageHeader, Select, TextArea, TextField};
use leptos::prelude::*;
use shared_types::ids::MaterialId;

/// The rules and whose they are.
pub struct Rules {
    pub staff: Staff,
    pub classroom: Classroom,
    pub material: MaterialId,
    pub title: String,
    pub form: FormState<SchemeForm>,
}

/// Renders the page.
pub async fn rules(frame: Frame, page: Rules) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let Rules { staff, classroom, material, title, form } = page;
        let back = grading::path(material);
        let (problems, action) = (form.problems(words), format!("{back}/rules"));
        let fields = view! { <Fields form words /> };
        view! {
            <StaffPage frame title=t!(words, "scheme-title") staff classroom>
                <BackLink href=back.clone()>{t!(words, "scheme-back")}</BackLink>
                <PageHeader title=t!(words, "scheme-title") lead=title />
                <ChangeForm words problems action csrf back>
                    {fields}
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}

#[component]
fn Fields(form: FormState<SchemeForm>, words: Words) -> impl IntoView {
    let [most_error, criteria_error, late_error, percent_error] =
        ["most", "criteria", "late", "late_percent"].map(|name| form.error(name, words));
    let typed = form.typed;
    let late = Late::ALL.map(|late| Choice::new(late.slug(), late_word(late, words))).to_vec();
    view! {
        <TextArea
            label=t!(words, "scheme-rubric")
            name="criteria"
            value=typed.criteria
            hint=t!(words, "scheme-rubric-hint")
            error=criteria_error
            rows=14
            required=false
        />
        <TextField
            label=t!(words, "scheme-most")
            name="most"
            value=typed.most
            hint=t!(words, "scheme-most-hint")
            error=most_error
            required=false
        />
        <Select label=t!(words, "scheme-late") name="late" choices=late value=typed.late error=late_error />
        <TextField
            label=t!(words, "scheme-percent")
            name="late_percent"
            value=typed.late_percent
            kind="number"
            hint=t!(words, "scheme-percent-hint")
            error=percent_error
            required=false
        />
        <Checkbox label=t!(words, "scheme-resubmission") name="resubmission" checked=typed.resubmission.is_some() />
        <Checkbox label=t!(words, "scheme-counts") name="counts" checked=typed.counts.is_some() />
    }
    .into_any()
}

fn late_word(late: Late, words: Words) -> &'static str {
    match late {
        Late::Mark => t!(words, "scheme-late-mark"),
        Late::Deduct => t!(words, "scheme-late-deduct"),
        Late::Close => t!(words, "scheme-late-close"),
    }
}
