//! The films of a lesson. Our own are played here; those of other sites only where somebody chooses to go there.

use crate::{
    course::video::{Source, Video},
    t,
    web::Words,
};
use helper_ui::ui::{Icon, IconName};
use leptos::prelude::*;
use shared_types::ids::LessonId;

/// Every film, each with what it is for.
#[component]
pub fn Videos(
    videos: Vec<Video>,
    lesson: LessonId,
    /// Where the lesson's own files lie.
    files: String,
    lang: String,
    words: Words,
) -> impl IntoView {
    (!videos.is_empty()).then(|| {
        let films = videos
            .into_iter()
            .zip(1_usize..)
            .map(|(video, number)| {
                let watch = format!("{files}/{lesson}/videos/{number}");
                one(video, &files, watch, lang.clone(), words)
            })
            .collect_view();
        view! {
            <section class="videos" aria-label=t!(words, "video-all")>
                {films}
            </section>
        }
    })
}

fn one(video: Video, files: &str, watch: String, lang: String, words: Words) -> AnyView {
    let Video { title, minutes, outcome, source, .. } = video;
    let length = minutes.map(|minutes| format!(" · {}", t!(words, "lesson-minutes", minutes = minutes)));
    let player = match source {
        Source::File(address) => player(format!("{files}/{address}"), title.clone(), words),
        Source::Site(path) => player(path, title.clone(), words),
        Source::Web(url) => link(url, title.clone(), t!(words, "video-elsewhere"), words),
        Source::Youtube(_) => link(watch, title.clone(), t!(words, "video-choose"), words),
    };
    view! {
        <div class="video">
            <h2 class="video-title">
                <span lang=lang.clone()>{title}</span>
                <span class="video-length">{length}</span>
            </h2>
            {(!outcome.is_empty()).then(|| view! { <p lang=lang>{outcome}</p> })}
            {player}
            <p class="on-paper">{t!(words, "video-on-paper")}</p>
        </div>
    }
    .into_any()
}

fn player(address: String, title: String, words: Words) -> AnyView {
    let save = address.clone();
    view! {
        <video controls preload="metadata" src=address aria-label=title>
            <a href=save>{t!(words, "video-save")}</a>
        </video>
    }
    .into_any()
}

/// A film of another site: what happens is said before it happens.
fn link(address: String, title: String, hint: &'static str, words: Words) -> AnyView {
    view! {
        <p class="video-away">
            <a class="button button-secondary" href=address rel="noopener noreferrer">
                <Icon name=IconName::Next />
                {t!(words, "video-play")}
                <span class="visually-hidden">": " {title}</span>
            </a>
            <span class="field-hint">{hint}</span>
        </p>
    }
    .into_any()
}
