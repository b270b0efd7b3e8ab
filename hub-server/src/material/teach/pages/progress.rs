//! How far the work on one material is, in words.

use crate::{
    grading::{self, progress::Progress},
    material::Kind,
    t,
    web::Words,
};
use helper_ui::ui::{IconName, StatusWord, Tone};
use leptos::prelude::*;
use shared_types::ids::MaterialId;

/// How far the work on a material is, leading to where it is graded.
#[component]
pub(super) fn WorkProgress(
    material: MaterialId,
    /// Of the material, read out.
    title: String,
    progress: Progress,
    kind: Kind,
    words: Words,
) -> impl IntoView {
    let Progress { students, handed_in, to_grade } = progress;
    let handed = if kind == Kind::Checklist {
        t!(words, "progress-done", count = handed_in, students = students)
    } else {
        t!(words, "progress-handed-in", count = handed_in, students = students)
    };
    let (href, said) = if to_grade > 0 {
        let waiting = t!(words, "progress-to-grade", count = to_grade);
        let said = view! { <StatusWord word=waiting tone=Tone::Warning icon=IconName::Returned /> };
        (grading::to_grade_path(material), Some(said))
    } else {
        (grading::path(material), None)
    };
    view! {
        <a class="progress-link" href=href>
            <span class="visually-hidden">{title} ": "</span>
            <span>{handed}</span>
            {said.is_some().then_some(" · ")}
            {said}
        </a>
    }
    .into_any()
}
