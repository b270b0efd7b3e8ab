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
use helper_ui::ui::{Breadcrumbs, NavLink, PageHeader, Width};
use leptos::prelude::*;

/// A material as a student sees it.
pub struct MaterialPage {
    pub student: Student,
    pub classroom: Classroom,
    pub material: Material,
    pub around: Around,
    pub feedback: Feedback,
    pub form: Form,
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
    let MaterialPage { student, classroom, material, around, feedback, form, now } = page;
    let title = material.title.clone();
    let width = if material.settings.kind() == Kind::Rubric { Width::Wide } else { Width::Reading };
    let head = view! { <MaterialHead material=material.clone() now words /> };
    let feedback = view! { <ReturnedGrade feedback now words /> };
    let ended = form.is_handed_in();
    let body = view! { <Body material form csrf now words /> };
    let ways_on = view! { <WaysOn around first=ended words /> };
    view! {
        <StudentPage frame title student=student.display_name classroom width>
            {head}
            {feedback}
            {body}
            {ways_on}
        </StudentPage>
    }
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
