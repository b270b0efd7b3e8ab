//! A copy of a class: what it is called, and whether the dates come along.

use crate::{
    classroom::{Classroom, life::copy::CopyForm, pages::LookFields},
    t,
    ui::{
        fields::{ChangeForm, OnceOnly},
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, Checkbox, PageHeader, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn copy(frame: Frame, staff: Staff, classroom: Classroom, form: FormState<CopyForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let errors = [form.error("name", words), form.error("accent", words)];
        let (action, back) = (format!("{}/copy", classroom.path()), classroom.settings_path());
        let CopyForm { name, accent, dates, idempotency_key } = form.typed;
        let title = t!(words, "class-copy-title", name = classroom.name.clone());
        let fields = view! { <LookFields name accent errors words /> };
        view! {
            <StaffPage frame title=title.clone() staff classroom=classroom.clone() width=Width::Narrow>
                <BackLink href=back.clone()>{classroom.name}</BackLink>
                <PageHeader title lead=t!(words, "class-copy-lead") />
                <ChangeForm words problems action csrf back button=t!(words, "class-copy-button")>
                    {idempotency_key.map(|key| view! { <OnceOnly key /> })}
                    {fields}
                    <Checkbox label=t!(words, "class-copy-dates") name="dates" checked=dates == "on" />
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}
