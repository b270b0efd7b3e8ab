//! A form whose text is kept while it is typed. As HTML it has a button for that; `helper_ui::draft` takes over where
//! there is JavaScript, with the words it is given here.

use super::form::{Form, kept_line};
use crate::{t, ui::time::Now, web::Words};
use helper_ui::ui::{Actions, Button, DraftForm, DraftWords, HiddenField, PostForm, Unsaved, Weight};
use leptos::prelude::*;

/// The form with its fields (`children`), its two buttons and its state in words.
#[component]
pub fn Drafted(form: Form, action: String, csrf: String, now: Now, words: Words, children: Children) -> impl IntoView {
    let kept = kept_line(&form, now, words);
    let again =
        if form.handed_in_at.is_some() { t!(words, "answer-hand-in-again") } else { t!(words, "answer-hand-in") };
    // Once it is handed in, going on is the page's next action.
    let weight = if form.is_handed_in() { Weight::Secondary } else { Weight::Primary };
    let draft = format!("{action}/draft");
    let preview = form.key.is_none();
    let send = (!preview).then(|| {
        view! {
            <span class="hand-in">
                <Button weight>{again}</Button>
            </span>
            <span class="save-draft">
                <Button weight=Weight::Secondary formaction=draft.clone()>{t!(words, "answer-save-draft")}</Button>
            </span>
        }
    });
    let unsaved = unsaved(&form);
    // A form of its own: `helper_ui::draft` sends the other with its first button. That one shows it once something is
    // typed.
    let discard = form.is_discardable().then(|| {
        let (action, csrf, nothing_yet) = (format!("{draft}/deletion"), csrf.clone(), !form.draft && !form.unsaved);
        view! {
            <details class="draft-discard" hidden=nothing_yet>
                <summary>{t!(words, "answer-discard")}</summary>
                <PostForm action csrf>
                    <p>{t!(words, "answer-discard-hint")}</p>
                    <Actions>
                        <Button weight=Weight::Danger>{t!(words, "answer-discard-yes")}</Button>
                    </Actions>
                </PostForm>
            </details>
        }
        .into_any()
    });
    let said = draft_words(form.handed_in_at.is_some(), words);
    let content = view! {
        <PostForm action=format!("{action}/response") csrf>
            <HiddenField name="base" value=form.base.to_string() />
            {children()}
            <Actions>{send}</Actions>
        </PostForm>
    }
    .into_any();
    view! {
        <DraftForm address=draft key=form.key.unwrap_or_default() unsaved kept words=said>{content}</DraftForm>
        {discard}
    }
    .into_any()
}

/// Whether what stands in the form is kept.
pub(super) fn unsaved(form: &Form) -> Unsaved {
    match (form.unsaved, &form.other) {
        (false, _) => Unsaved::No,
        (true, None) => Unsaved::Refused,
        (true, Some(_)) => Unsaved::Overtaken,
    }
}

pub(super) fn draft_words(handed_in: bool, words: Words) -> DraftWords {
    DraftWords {
        device: t!(words, "draft-device"),
        saved: if handed_in { t!(words, "draft-saved-beside") } else { t!(words, "draft-saved") },
        signed_out: t!(words, "draft-signed-out"),
        refused: t!(words, "draft-refused"),
        offline: t!(words, "draft-offline"),
        restored: t!(words, "draft-restored"),
        both: t!(words, "draft-both"),
        mine: t!(words, "draft-mine"),
        theirs: t!(words, "draft-theirs"),
        come_back: t!(words, "draft-come-back"),
    }
}
