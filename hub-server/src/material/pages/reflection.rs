//! A question to answer in one's own words.

use super::{
    drafted::Drafted,
    form::{Form, Overtaken},
};
use crate::{
    material::{Answer, answer::MAX_TEXT_CHARS},
    t,
    ui::{fields::Problems, time::Now},
    web::Words,
};
use helper_ui::ui::TextArea;
use leptos::prelude::*;

const MAX: u32 = 20_000;
const _: () = assert!(MAX as usize == MAX_TEXT_CHARS);

/// The form.
#[component]
pub fn Reflection(form: Form, action: String, csrf: String, now: Now, words: Words) -> impl IntoView {
    let text = text(form.answer.as_ref());
    let other = form.other.as_ref().map(|other| view! { <p>{self::text(Some(other))}</p> }.into_any());
    let (problems, error) = (form.problems(&[], words), form.error("text", &[], words));
    view! {
        <Overtaken other words />
        <Problems words problems />
        <Drafted form action csrf now words>
            <TextArea
                label=t!(words, "reflection-label")
                name="text"
                value=text
                error
                rows=12
                required=false
                maxlength=MAX
            />
        </Drafted>
    }
    .into_any()
}

fn text(answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Reflection { text }) => text.clone(),
        _ => String::new(),
    }
}
