//! The form for a course's title.

use crate::{
    course::{
        life::form::{CourseForm, MAX_TITLE_CHARS},
        store::Course,
    },
    t,
    ui::{
        fields::ChangeForm,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff},
};
use axum::response::Response;
use helper_ui::ui::{BackLink, PageHeader, TextField, Width};
use leptos::prelude::*;

/// Renders the page.
pub async fn title(frame: Frame, staff: Staff, course: Course, form: FormState<CourseForm>) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (problems, error) = (form.problems(words), form.error("title", words));
        let (back, action) = (course.path(), format!("{}/title", course.path()));
        view! {
            <StaffPage frame title=t!(words, "course-change-title") staff width=Width::Narrow>
                <BackLink href=back.clone()>{course.title}</BackLink>
                <PageHeader title=t!(words, "course-change-title") />
                <ChangeForm words problems action csrf back>
                    <TextField
                        label=t!(words, "course-title")
                        name="title"
                        value=form.typed.title
                        error
                        maxlength=MAX_TITLE_CHARS
                    />
                </ChangeForm>
            </StaffPage>
        }
    })
    .await
}
