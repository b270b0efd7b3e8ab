//! The island itself.

use leptos::prelude::*;

#[island]
pub fn LessonChat(
    /// The signed scope token.
    token: String,
    /// Unix second at which the token ends.
    token_expires_at: i64,
    /// The lesson's id.
    lesson: String,
    /// `en` or `es`.
    lang: String,
    csrf: String,
    renew_url: String,
    /// Unique per rendering of the page, so that the plain form is accepted once.
    idempotency_key: String,
) -> impl IntoView {
    let _ = (token_expires_at, lesson, lang, csrf, renew_url);
    view! {
        <section>
        <form method="post" action="/helper/ask"> <input type="hidden" name="scope" value=token/>
        <input type="hidden" name="idempotency_key" value=idempotency_key/>
         <textarea name="question"></textarea></form></section>
    }
}
