//! What a student sees of a material: one struct for the page, one component for each kind.

mod around;
mod body;
mod checklist;
mod drafted;
mod form;
mod locked;
mod reading;
mod reflection;
mod row;
mod rubric;
mod signed_out;
mod words;

pub use around::{Around, WaysOn, WaysOnProps};
pub use body::{Body, BodyProps};
pub use form::{Form, Trouble};
pub use locked::locked;
pub use reading::{HandingTask, HandingTaskProps};
pub use row::{row_about, row_of_student};
pub use signed_out::signed_out;
pub use words::{kind_word, state_word, status, written_status};

use super::{Kind, Material};
use crate::{
    classroom::{Classroom, Student},
    grading::returned::{Feedback, ReturnedGrade},
    t,
    ui::{
        frame::{Frame, StudentPage, render, render_with_island},
        time::Now,
    },
    web::Words,
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Breadcrumbs, Button, HiddenField, NavLink, PageHeader, PostForm, StatusWord, Tone, Weight, Width,
};
use leptos::prelude::*;

/// A material as a student sees it.
pub struct MaterialPage {
    pub student: Student,
    pub classroom: Classroom,
    pub material: Material,
    pub around: Around,
    pub feedback: Feedback,
    pub form: Form,
    /// It is a reading, and marked as read.
    pub read: bool,
    pub now: Now,
}

/// Renders the page; one that keeps drafts brings its script.
pub async fn show(frame: Frame, page: MaterialPage) -> Response {
    let kind = page.material.settings.kind();
    if matches!(kind, Kind::Checklist | Kind::Reflection | Kind::Rubric) {
        render_with_island(move || view(frame.with_island(), page)).await
    } else {
        render(move || view(frame, page)).await
    }
}

fn view(frame: Frame, page: MaterialPage) -> impl IntoView {
    let (words, csrf) = (frame.words, frame.csrf.clone());
    let MaterialPage { student, classroom, material, around, feedback, form, read, now } = page;
    let title = material.title.clone();
    let width = if material.settings.kind() == Kind::Rubric { Width::Wide } else { Width::Reading };
    let head = view! { <MaterialHead material=material.clone() now words /> };
    let feedback = view! { <ReturnedGrade feedback now words /> };
    let ended = form.is_handed_in() || read;
    let mark =
        material.is_reading().then(|| view! { <ReadMark material=material.clone() read csrf=csrf.clone() words /> });
    let body = view! { <Body material form csrf now words /> };
    let ways_on = view! { <WaysOn around first=ended words /> };
    view! {
        <StudentPage frame title student=student.display_name classroom width>
            {head}
            {feedback}
            {body}
            {mark}
            {ways_on}
        </StudentPage>
    }
}

/// The student's own mark that a reading is done.
#[component]
fn ReadMark(material: Material, read: bool, csrf: String, words: Words) -> impl IntoView {
    let is_link = material.settings.kind() == Kind::Link;
    // To follow a link comes before having followed it.
    let weight = if is_link { Weight::Secondary } else { Weight::Primary };
    let label = if is_link { t!(words, "material-looked-at") } else { t!(words, "material-read") };
    view! {
        <PostForm action=format!("/student/materials/{}/reading", material.id) csrf>
            <HiddenField name="read" value=if read { "no" } else { "yes" } />
            <Actions>
                {if read {
                    view! {
                        <StatusWord word=t!(words, "state-done") tone=Tone::Success />
                        <Button weight=Weight::Quiet>{t!(words, "material-unread")}</Button>
                    }
                        .into_any()
                } else {
                    view! { <Button weight>{label}</Button> }.into_any()
                }}
            </Actions>
        </PostForm>
    }
    .into_any()
}

/// Where one is, and what this is: the same for every kind.
#[component]
pub fn MaterialHead(material: Material, now: Now, words: Words) -> impl IntoView {
    let Material { title, module, module_title, due_at, settings, .. } = material;
    let above = vec![
        NavLink::new("/student", t!(words, "student-home"), false),
        NavLink::new(format!("/student#module-{module}"), module_title, false),
    ];
    let kind = kind_word(settings.kind(), words);
    let lead = match due_at {
        Some(due_at) => format!("{kind} · {}", t!(words, "material-due", at = now.moment(due_at, words))),
        None => kind.to_owned(),
    };
    view! {
        <Breadcrumbs label=t!(words, "lesson-crumbs") above here=title.clone() />
        <PageHeader title lead />
    }
    .into_any()
}
