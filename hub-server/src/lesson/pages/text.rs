//! The text of a lesson and what belongs around it: contents, at a glance, what to do when done or stuck.

use super::videos::Videos;
use crate::{
    lesson::{markdown::Heading, store::Lesson},
    t,
    web::Words,
};
use helper_ui::ui::Prose;
use leptos::prelude::*;

/// Everything there is to read, in the language it is written in.
#[component]
pub fn LessonText(
    lesson: Lesson,
    /// Where the lesson's own files lie: what its page's address is relative to.
    #[prop(into)]
    files: String,
    /// What stands below the text on the page: its anchor, and its heading in the language of the page.
    #[prop(default = None)]
    below: Option<(&'static str, &'static str)>,
    words: Words,
) -> impl IntoView {
    let videos = view! {
        <Videos videos=lesson.videos lesson=lesson.scope.id files lang=lesson.language.clone() words />
    }
    .into_any();
    let contents =
        view! { <Contents contents=lesson.scope.contents below lang=lesson.language.clone() words /> }.into_any();
    let glance =
        view! { <Glance makes=lesson.scope.makes needs=lesson.needs lang=lesson.language.clone() words /> }.into_any();
    let lang = lesson.language;
    let after = view! {
        <ListUnder title=t!(words, "lesson-done-looks-like") items=lesson.done_looks_like lang=lang.clone() />
        <ListUnder title=t!(words, "lesson-quick-fixes") items=lesson.quick_fixes lang=lang.clone() />
        <ListUnder title=t!(words, "lesson-extend") items=lesson.extend lang=lang.clone() />
    }
    .into_any();
    view! {
        {contents}
        {glance}
        {videos}
        <article class="prose">
            <div lang=lang>
                <Prose sanitised_html=lesson.html />
            </div>
            {after}
        </article>
    }
}

/// Links to the headings: folded away on a phone, in the page where there is room.
#[component]
fn Contents(
    contents: Vec<Heading>,
    below: Option<(&'static str, &'static str)>,
    lang: String,
    words: Words,
) -> impl IntoView {
    if contents.len() < 2 {
        return ().into_any();
    }
    let label = t!(words, "lesson-contents");
    let (short, long) = (heading_links(&contents, below, lang.clone()), heading_links(&contents, below, lang));
    view! {
        <details class="toc toc-folded">
            <summary>{label}</summary>
            <nav aria-label=label>{short}</nav>
        </details>
        <nav class="toc toc-open" aria-label=label>
            <p class="toc-title">{label}</p>
            {long}
        </nav>
    }
    .into_any()
}

fn heading_links(contents: &[Heading], below: Option<(&'static str, &'static str)>, lang: String) -> AnyView {
    let links = contents
        .iter()
        .map(|heading| {
            view! {
                <li lang=lang.clone()>
                    <a href=format!("#{}", heading.anchor)>{heading.title.clone()}</a>
                </li>
            }
        })
        .collect_view();
    let below = below.map(|(anchor, heading)| {
        view! {
            <li>
                <a href=format!("#{anchor}")>{heading}</a>
            </li>
        }
    });
    view! { <ol>{links} {below}</ol> }.into_any()
}

/// What is made and what is needed. The terms are the page's words, what they stand for the lesson's.
#[component]
fn Glance(makes: String, needs: Vec<String>, lang: String, words: Words) -> impl IntoView {
    let items = [(t!(words, "lesson-makes"), makes), (t!(words, "lesson-needs"), needs.join(" · "))];
    let items: Vec<_> = items.into_iter().filter(|(_, meaning)| !meaning.is_empty()).collect();
    (!items.is_empty()).then(|| {
        let items = items
            .into_iter()
            .map(|(term, meaning)| {
                view! {
                    <div>
                        <dt>{term}</dt>
                        <dd lang=lang.clone()>{meaning}</dd>
                    </div>
                }
            })
            .collect_view();
        view! {
            <section class="card" aria-label=t!(words, "lesson-glance")>
                <dl class="definitions">{items}</dl>
            </section>
        }
    })
}

#[component]
fn ListUnder(title: &'static str, items: Vec<String>, lang: String) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
        view! {
            <section>
                <h2>{title}</h2>
                <ul lang=lang>{items}</ul>
            </section>
        }
    })
}
