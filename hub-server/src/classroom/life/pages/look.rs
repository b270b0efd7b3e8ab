//! Name and colour of a class.

use crate::{
    classroom::{Classroom, create::ClassForm, pages::LookFields},
    t,
    ui::{
        fields::ChangeForm,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, PageHeader, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn look(frame: Frame, staff: Staff, classroom: Classroom, form: FormState<ClassForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let errors = [form.error("name", words), form.error("accent", words)];
        let (action, back) = (format!("{}/name", classroom.path()), classroom.settings_path());
        let fields = view! { <LookFields name=form.typed.name accent=form.typed.accent errors words /> };
        view! {
            <StaffPage frame title=t!(words, "class-look") staff classroom=classroom.clone() width=Width::Narrow>
                <BackLink href=back.clone()>{classroom.name}</BackLink>
                <PageHeader title=t!(words, "class-look") />
                <ChangeForm words problems action csrf back>
                    {fields}
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}
