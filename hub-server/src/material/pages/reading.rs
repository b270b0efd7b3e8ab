//! What is only looked at: a text, and a link that says where it leads.

use crate::{material::address::Address, t, web::Words};
use helper_ui::ui::{Actions, ButtonLink, Card, Prose, Section};
use leptos::prelude::*;
use shared_types::ids::LessonId;

/// A text of the material, sanitised when it was saved; nothing where it is empty.
#[component]
pub fn Task(#[prop(into)] html: String) -> impl IntoView {
    (!html.is_empty()).then(|| view! { <Prose sanitised_html=html /> }).into_any()
}

/// The task of what is handed in. A bare list, as courses bring it, says when one is done, in the words over the same list
/// of the lesson.
#[component]
pub fn HandingTask(html: String, words: Words) -> impl IntoView {
    let bare_list = html.starts_with("<ul>") && html.trim_end().ends_with("</ul>");
    if bare_list {
        view! {
            <Section title=t!(words, "lesson-done-looks-like")>
                <Task html />
            </Section>
        }
        .into_any()
    } else {
        view! { <Task html /> }.into_any()
    }
}

/// A link, with where it leads. What is no address we follow is not rendered as one, wherever it came from.
#[component]
pub fn LinkCard(url: Option<String>, lesson: Option<LessonId>, words: Words) -> impl IntoView {
    if let Some(lesson) = lesson {
        let href = format!("/student/lessons/{lesson}");
        return view! { <Actions><ButtonLink href>{t!(words, "material-open-lesson")}</ButtonLink></Actions> }
            .into_any();
    }
    let Some(address) = url.as_deref().and_then(Address::parse) else {
        return view! { <p>{t!(words, "material-link-broken")}</p> }.into_any();
    };
    let text = match address.host() {
        Some(host) => t!(words, "material-leads-away", host = host.to_owned()),
        None => t!(words, "material-leads-here").to_owned(),
    };
    let href = address.as_str().to_owned();
    view! {
        <Card>
            <p>{text}</p>
            <p class="leads-to">{href.clone()}</p>
            <Actions>
                <a class="button button-primary" href=href rel="noopener noreferrer">
                    {t!(words, "material-open-link")}
                </a>
            </Actions>
        </Card>
    }
    .into_any()
}
