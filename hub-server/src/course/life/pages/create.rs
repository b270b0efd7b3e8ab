//! The form for a new course.

use crate::{
    course::life::{
        NEW_PATH,
        form::{CourseForm, LANGUAGES, MAX_TITLE_CHARS},
    },
    organisation::Organisation,
    t,
    ui::{
        fields::{OnceOnly, Problems},
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff},
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, Button, Choice, PageHeader, PostForm, Select, TextField, Width};
use leptos::prelude::*;

/// The form, and where a course can be made.
pub struct Create {
    pub staff: Staff,
    pub organisations: Vec<Organisation>,
    pub form: FormState<CourseForm>,
}

/// Renders the page.
pub async fn create(frame: Frame, Create { staff, organisations, form }: Create) -> Response {
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let problems = form.problems(words);
        let [title_error, language_error] = ["title", "language"].map(|field| form.error(field, words));
        let CourseForm { title, language, organisation, idempotency_key } = form.typed;
        let languages: Vec<Choice> = LANGUAGES.iter().map(|(tag, name)| Choice::new(*tag, *name)).collect();
        let organisations = (organisations.len() > 1).then(|| {
            let choices =
                organisations.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect::<Vec<_>>();
            let value = organisation.map(|id| id.to_string()).unwrap_or_default();
            view! { <Select label=t!(words, "class-organisation") name="organisation" choices value /> }
        });
        view! {
            <StaffPage frame title=t!(words, "course-new") staff width=Width::Narrow>
                <BackLink href="/teach/courses">{t!(words, "frame-courses")}</BackLink>
                <PageHeader title=t!(words, "course-new") lead=t!(words, "course-new-lead") />
                <Problems words problems />
                <PostForm action=NEW_PATH csrf>
                    {idempotency_key.map(|key| view! { <OnceOnly key /> })}
                    <TextField
                        label=t!(words, "course-title")
                        name="title"
                        value=title
                        error=title_error
                        maxlength=MAX_TITLE_CHARS
                    />
                    <Select
                        label=t!(words, "course-language")
                        name="language"
                        choices=languages
                        value=language
                        hint=t!(words, "course-language-hint")
                        error=language_error
                    />
                    {organisations}
                    <Actions>
                        <Button>{t!(words, "course-create")}</Button>
                    </Actions>
                </PostForm>
            </StaffPage>
        }
    })
    .await
}
