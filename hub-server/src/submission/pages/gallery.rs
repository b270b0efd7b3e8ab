//! What classmates show of a gallery: their small pictures under their names.

use crate::{
    submission::{file_path, gallery_path, store::SharedWork},
    t,
    ui::time::{Now, Since},
    web::Words,
};
use helper_ui::ui::{EmptyState, Section};
use leptos::prelude::*;
use shared_types::ids::MaterialId;

/// Everything that is shared.
#[component]
pub(super) fn Gallery(material: MaterialId, shared: Vec<SharedWork>, now: Now, words: Words) -> impl IntoView {
    let body = if shared.is_empty() {
        view! { <EmptyState title=t!(words, "gallery-empty") text=t!(words, "gallery-empty-text") /> }.into_any()
    } else {
        let works = shared.into_iter().map(|work| view! { <Work material work now words /> }).collect_view();
        view! { <ul class="gallery">{works}</ul> }.into_any()
    };
    view! { <Section title=t!(words, "gallery-title")>{body}</Section> }.into_any()
}

#[component]
fn Work(material: MaterialId, work: SharedWork, now: Now, words: Words) -> impl IntoView {
    let href = gallery_path(material, work.id);
    let picture = if work.has_thumbnail {
        let src = file_path(material, work.id).replace("/file", "/thumbnail");
        let alt = t!(words, "gallery-picture", name = work.by.clone());
        view! { <img src=src alt=alt loading="lazy" /> }.into_any()
    } else {
        view! { <span class="gallery-nothing">{work.file_name.clone()}</span> }.into_any()
    };
    let by = if work.own { t!(words, "gallery-you", name = work.by) } else { work.by };
    view! {
        <li class="gallery-item" data-testid="shared-work">
            <a class="gallery-picture" href=href>
                {picture}
            </a>
            <p class="gallery-by">{by}</p>
            <p class="gallery-when">
                <Since then=work.shared_at now words />
            </p>
        </li>
    }
    .into_any()
}
