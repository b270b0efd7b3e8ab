//! One work of a gallery: the picture as large as the page, and ways to the ones beside it.

use crate::{
    classroom::{Classroom, Student},
    material::Material,
    submission::{file_path, gallery_path, path, picture, store::SharedWork},
    t,
    ui::{
        frame::{Frame, StudentPage, render},
        time::{Now, Since},
    },
    web::Words,
};
use axum::response::Response;
use helper_ui::ui::{Actions, BackLink, ButtonLink, PageHeader, Weight, Width};
use leptos::prelude::*;
use shared_types::ids::{MaterialId, SubmissionId};

/// Everything the page shows.
pub struct ShownWork {
    pub student: Student,
    pub classroom: Classroom,
    pub material: Material,
    pub work: SharedWork,
    /// Shared after it, and before it: the newest comes first.
    pub previous: Option<SubmissionId>,
    pub next: Option<SubmissionId>,
    /// The first is 1.
    pub place: usize,
    pub of: usize,
    pub now: Now,
}

/// Renders the page.
pub async fn shown_work(frame: Frame, page: ShownWork) -> Response {
    render(move || {
        let words = frame.words;
        let ShownWork { student, classroom, material, work, previous, next, place, of, now } = page;
        let by = if work.own { t!(words, "gallery-you", name = work.by.clone()) } else { work.by.clone() };
        let title = t!(words, "gallery-picture", name = by);
        let place = t!(words, "gallery-place", place = place, of = of);
        let shared_at = work.shared_at;
        let id = material.id;
        view! {
            <StudentPage frame title=title.clone() student=student.display_name classroom width=Width::Wide>
                <BackLink href=path(id)>{material.title}</BackLink>
                <PageHeader title lead=place />
                <Seen material=id work words />
                <p class="gallery-when">
                    <Since then=shared_at now words />
                </p>
                <Beside material=id previous next words />
            </StudentPage>
        }
    })
    .await
}

/// The work itself, and a way to save it.
#[component]
fn Seen(material: MaterialId, work: SharedWork, words: Words) -> impl IntoView {
    let file = file_path(material, work.id);
    let base = file.trim_end_matches("/file");
    let is_picture = picture::picture_kind(&work.file_name).is_some();
    let alt = t!(words, "gallery-picture", name = work.by);
    let seen = if is_picture {
        view! { <img class="work-stage" data-testid="shared-picture" src=format!("{base}/picture") alt=alt /> }
            .into_any()
    } else if work.has_thumbnail {
        view! { <img class="work-stage" src=format!("{base}/thumbnail") alt=alt /> }.into_any()
    } else {
        view! { <p>{work.file_name}</p> }.into_any()
    };
    view! {
        {seen}
        <Actions>
            <ButtonLink href=file weight=Weight::Quiet>{t!(words, "gallery-save")}</ButtonLink>
        </Actions>
    }
    .into_any()
}

#[component]
fn Beside(
    material: MaterialId,
    previous: Option<SubmissionId>,
    next: Option<SubmissionId>,
    words: Words,
) -> impl IntoView {
    let link = move |work: Option<SubmissionId>, label: &'static str| {
        work.map(|work| {
            view! { <ButtonLink href=gallery_path(material, work) weight=Weight::Secondary>{label}</ButtonLink> }
        })
    };
    view! {
        <nav class="ways-on" aria-label=t!(words, "gallery-ways")>
            <Actions>
                {link(previous, t!(words, "gallery-previous"))} {link(next, t!(words, "gallery-next"))}
            </Actions>
        </nav>
    }
    .into_any()
}
