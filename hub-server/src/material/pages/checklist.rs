//! Points to tick off, in one plain form that is saved as a whole.

use super::form::{Form, Overtaken, kept_line};
use crate::{
    material::{Answer, Item},
    t,
    ui::time::Now,
    web::Words,
};
use helper_ui::ui::{Actions, Button, HiddenField, PostForm, Tick, TickList};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The list.
#[component]
pub fn Checklist(items: Vec<Item>, form: Form, action: String, csrf: String, now: Now, words: Words) -> impl IntoView {
    let ticked = ticked(form.answer.as_ref());
    let other = form.other.as_ref().map(|other| {
        let theirs = self::ticked(Some(other));
        let lines: Vec<_> =
            items.iter().filter(|item| theirs.contains(&item.id)).map(|item| item.text.clone()).collect();
        let lines = if lines.is_empty() { t!(words, "answer-nothing-ticked").to_owned() } else { lines.join("\n") };
        view! { <p>{lines}</p> }.into_any()
    });
    let done = t!(words, "checklist-count", done = ticked.len(), of = items.len());
    let ticks = items
        .into_iter()
        .map(|item| Tick { checked: ticked.contains(&item.id), value: item.id, label: item.text })
        .collect::<Vec<_>>();
    let kept = kept_line(&form, now, words);
    let send = form.key.is_some().then(|| view! { <Button>{t!(words, "checklist-save")}</Button> });
    view! {
        <Overtaken other words />
        <PostForm action=format!("{action}/response") csrf>
            <HiddenField name="base" value=form.base.to_string() />
            <TickList legend=done name="item" ticks done=true />
            <Actions>{send} <p class="draft-state">{kept}</p></Actions>
        </PostForm>
    }
    .into_any()
}

fn ticked(answer: Option<&Answer>) -> BTreeSet<String> {
    match answer {
        Some(Answer::Checklist { ticked }) => ticked.clone(),
        _ => BTreeSet::new(),
    }
}
