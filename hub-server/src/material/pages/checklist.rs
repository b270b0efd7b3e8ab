//! Points to tick off, in one plain form that is saved as a whole; `helper_ui::draft` saves it with every tick.

use super::{
    drafted::{draft_words, unsaved},
    form::{Form, Overtaken, kept_line},
};
use crate::{
    material::{Answer, Item},
    t,
    ui::time::Now,
    web::Words,
};
use helper_ui::ui::{Actions, Button, DraftForm, HiddenField, PostForm, Tick, TickList};
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
    let count = t!(words, "checklist-count", done = "#", of = items.len());
    let ticks = items
        .into_iter()
        .map(|item| Tick { checked: ticked.contains(&item.id), value: item.id, label: item.text })
        .collect::<Vec<_>>();
    let (kept, unsaved) = (kept_line(&form, now, words), unsaved(&form));
    let address = format!("{action}/response");
    let send = form.key.is_some().then(|| view! { <Button>{t!(words, "checklist-save")}</Button> });
    let said = draft_words(false, words);
    let content = view! {
        <PostForm action=address.clone() csrf>
            <HiddenField name="base" value=form.base.to_string() />
            <TickList legend=done name="item" ticks done=true />
            <Actions>{send}</Actions>
        </PostForm>
    }
    .into_any();
    view! {
        <Overtaken other words />
        <DraftForm address key=form.key.unwrap_or_default() unsaved kept words=said count>{content}</DraftForm>
    }
    .into_any()
}

fn ticked(answer: Option<&Answer>) -> BTreeSet<String> {
    match answer {
        Some(Answer::Checklist { ticked }) => ticked.clone(),
        _ => BTreeSet::new(),
    }
}
