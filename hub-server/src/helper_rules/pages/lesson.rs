//! One lesson's own rules: off, another highest rung, and what the helper must never say.

use super::path;
use crate::{
    classroom::{
        Classroom,
        pages::{ClassHeader, Tab},
    },
    helper_rules::lesson_form::LessonForm,
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render},
    },
    web::{FormState, Staff, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, BackLink, Button, ButtonLink, Checkbox, Choice, Measure, PostForm, Select, TextArea, Weight, Width,
};
use leptos::prelude::*;
use shared_types::ids::LessonId;

/// Everything the page shows.
pub struct LessonPage {
    pub staff: Staff,
    pub classroom: Classroom,
    pub may_change: bool,
    pub lesson: LessonId,
    pub title: String,
    pub form: FormState<LessonForm>,
}

/// Renders the page.
pub async fn lesson(frame: Frame, page: LessonPage) -> Response {
    let LessonPage { staff, classroom, may_change, lesson, title, form } = page;
    render(move || {
        let (words, csrf) = (frame.words, frame.csrf.clone());
        let (back, problems) = (path(&classroom), form.problems(words));
        let heading = t!(words, "rules-of-lesson", lesson = title);
        let page_title = format!("{heading} · {}", classroom.name);
        let form = if may_change {
            view! { <Form action=format!("{back}/lessons/{lesson}") back=back.clone() form words csrf /> }.into_any()
        } else {
            view! { <p>{t!(words, "rules-look-only")}</p> }.into_any()
        };
        view! {
            <StaffPage frame title=page_title staff classroom=classroom.clone() width=Width::Wide>
                <ClassHeader classroom tab=Tab::Settings words />
                <BackLink href=back.clone()>{t!(words, "rules-title")}</BackLink>
                <Problems words problems />
                <h2>{heading}</h2>
                {form}
            </StaffPage>
        }
    })
    .await
}

#[component]
fn Form(action: String, back: String, form: FormState<LessonForm>, words: Words, csrf: String) -> impl IntoView {
    let (rung_error, answers_error) = (form.error("max_rung", words), form.error("answers", words));
    let LessonForm { enabled, max_rung, answers } = form.typed;
    let mut choices = vec![Choice::new("", t!(words, "rules-as-class"))];
    choices.extend(super::rungs(words));
    view! {
        <Measure>
            <PostForm action csrf>
                <Checkbox label=t!(words, "rules-enabled-lesson") name="enabled" checked=enabled.is_some() />
                <Select label=t!(words, "rules-highest") name="max_rung" choices value=max_rung error=rung_error />
                <TextArea
                    label=t!(words, "rules-answers")
                    name="answers"
                    value=answers
                    hint=t!(words, "rules-answers-hint").to_owned()
                    error=answers_error
                    required=false
                />
                <Actions>
                    <Button>{t!(words, "rules-save")}</Button>
                    <ButtonLink href=back weight=Weight::Quiet>{t!(words, "rules-back")}</ButtonLink>
                </Actions>
            </PostForm>
        </Measure>
    }
    .into_any()
}
