//! The card with which a student comes back on another device; made to be copied by hand or printed.

use leptos::prelude::*;

/// A word that a young child can draw or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureWord {
    /// One emoji; empty shows the word alone.
    pub picture: String,
    pub word: String,
}

/// What a return card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnCardWords {
    /// "Return card"
    pub title: String,
    /// "Name", "Class", "Class code"…
    pub facts: Vec<(String, String)>,
    /// "Return code"
    pub code_label: String,
    pub code: String,
    /// "The same in pictures"
    pub pictures_label: String,
    pub pictures: Vec<PictureWord>,
}

/// The card itself.
#[component]
pub fn ReturnCard(words: ReturnCardWords) -> impl IntoView {
    let ReturnCardWords { title, facts, code_label, code, pictures_label, pictures } = words;
    let facts = facts
        .into_iter()
        .map(|(term, value)| {
            view! {
                <div>
                    <dt>{term}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="return-card" aria-labelledby="return-card-title">
            <h2 id="return-card-title">{title}</h2>
            <p class="return-card-label">{code_label}</p>
            <p class="return-card-code" data-testid="return-code">
                {code}
            </p>
            <p class="return-card-label">{pictures_label}</p>
            <PictureWords pictures />
            <dl class="definitions">{facts}</dl>
        </section>
    }
    .into_any()
}

/// The same card where there are many, to be cut out.
#[component]
pub fn SmallReturnCard(
    /// Whose it is: the card's heading.
    #[prop(into)]
    name: String,
    words: ReturnCardWords,
) -> impl IntoView {
    let ReturnCardWords { title, facts, code_label, code, pictures, .. } = words;
    let facts = facts
        .into_iter()
        .filter(|(_, value)| *value != name)
        .map(|(term, value)| view! { <p class="return-card-fact">{term} ": " <strong>{value}</strong></p> })
        .collect_view();
    view! {
        <article class="return-card return-card-small">
            <p class="return-card-label">{title}</p>
            <h2>{name}</h2>
            <p class="return-card-label">{code_label}</p>
            <p class="return-card-code">{code}</p>
            <PictureWords pictures />
            {facts}
        </article>
    }
    .into_any()
}

/// Words with their pictures, to be said or drawn.
#[component]
pub fn PictureWords(pictures: Vec<PictureWord>) -> impl IntoView {
    let pictures = pictures
        .into_iter()
        .map(|PictureWord { picture, word }| {
            view! {
                <li>
                    {(!picture.is_empty())
                        .then(|| {
                            view! {
                                <span class="return-card-picture" aria-hidden="true">
                                    {picture}
                                </span>
                            }
                        })}
                    {word}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="return-card-pictures">{pictures}</ul> }.into_any()
}
