//! What classmates show of a gallery: their small pictures under their names.

use crate::{
    submission::{file_path, gallery_path, store::SharedWork},
    t,
    ui::time::{Now, Since},
    web::Words,
};
use helper_ui::ui::{Button, EmptyState, PostForm, Section, Weight};
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

/// The same for staff, who may take each of them down.
#[component]
pub fn ShownToClass(
    class_path: String,
    shared: Vec<SharedWork>,
    may_change: bool,
    #[prop(into)] csrf: String,
    now: Now,
    words: Words,
) -> impl IntoView {
    let body = if shared.is_empty() {
        view! { <p>{t!(words, "gallery-none-shown")}</p> }.into_any()
    } else {
        let works = shared.into_iter().map(|work| {
            let path = format!("{class_path}/submissions/{}", work.id);
            let spoken = format!(": {}", work.by);
            let take_down = may_change.then(|| {
                view! {
                    <PostForm action=format!("{path}/takedown") csrf=csrf.clone() inline=true>
                        <Button weight=Weight::Quiet>
                            {t!(words, "gallery-take-down")}
                            <span class="visually-hidden">{spoken}</span>
                        </Button>
                    </PostForm>
                }
            });
            let picture = picture(&work, format!("{path}/thumbnail"), words);
            view! {
                <li class="gallery-item" data-testid="shared-work">
                    <a class="gallery-picture" href=format!("{path}/file")>
                        {picture}
                    </a>
                    <p class="gallery-by">{work.by}</p>
                    <p class="gallery-when">
                        <Since then=work.shared_at now words />
                    </p>
                    {take_down}
                </li>
            }
        });
        view! { <ul class="gallery">{works.collect_view()}</ul> }.into_any()
    };
    view! { <Section title=t!(words, "gallery-title")>{body}</Section> }.into_any()
}

fn picture(work: &SharedWork, thumbnail: String, words: Words) -> AnyView {
    if work.has_thumbnail {
        let alt = t!(words, "gallery-picture", name = work.by.clone());
        view! { <img src=thumbnail alt=alt loading="lazy" /> }.into_any()
    } else {
        view! { <span class="gallery-nothing">{work.file_name.clone()}</span> }.into_any()
    }
}

#[component]
fn Work(material: MaterialId, work: SharedWork, now: Now, words: Words) -> impl IntoView {
    let href = gallery_path(material, work.id);
    let picture = picture(&work, file_path(material, work.id).replace("/file", "/thumbnail"), words);
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
