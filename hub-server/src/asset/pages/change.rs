//! What can be done with one file of a folder.

use super::files::Shared;
use crate::{
    asset::{markdown, store::Asset},
    t,
};
use helper_ui::ui::{Actions, Button, HiddenField, Notice, PostForm, TextField, Tone, Weight};
use leptos::prelude::*;

/// What can be done with one file.
#[component]
pub fn Change(asset: Asset, shared: Shared) -> impl IntoView {
    let words = shared.words;
    let code = markdown(asset.id, &asset.name, &asset.content_type);
    let buttons = buttons(&asset, &shared);
    let (place, csrf) = (shared.action(&asset, "place"), shared.csrf);
    let Asset { id, name, folder, .. } = asset;
    let spoken = format!(": {name}");
    let refused = shared.refused_place.filter(|refused| refused.asset == id);
    let opened = refused.is_some();
    let error = opened.then(|| t!(words, "asset-folder-bad").to_owned());
    let (name, folder) = refused.map_or((name, folder), |refused| (refused.name, refused.folder));
    view! {
        <details class="release" open=opened>
            <summary>
                {t!(words, "asset-change")} <span class="visually-hidden">{spoken}</span>
            </summary>
            <p class="field-hint">{t!(words, "asset-markdown")}</p>
            <p class="snippet">
                <code>{code}</code>
            </p>
            {buttons}
            <PostForm action=place csrf>
                <div class="fields-inline">
                    <TextField
                        label=t!(words, "asset-name")
                        name="name"
                        key=format!("name-{id}")
                        value=name
                        maxlength=120
                    />
                    <TextField
                        label=t!(words, "asset-folder")
                        name="folder"
                        key=format!("folder-{id}")
                        value=folder
                        error=error
                        required=false
                        maxlength=200
                    />
                    <Button weight=Weight::Secondary>{t!(words, "asset-save")}</Button>
                </div>
            </PostForm>
        </details>
    }
}

fn buttons(asset: &Asset, shared: &Shared) -> AnyView {
    let words = shared.words;
    let (visibility, deletion) = (shared.action(asset, "visibility"), shared.action(asset, "deletion"));
    let (csrf, other_csrf) = (shared.csrf.clone(), shared.csrf.clone());
    let published = asset.published;
    let used: Vec<&str> =
        shared.uses.iter().filter(|one| one.asset == asset.id).map(|one| one.lesson.as_str()).collect();
    let used = (!used.is_empty()).then(|| {
        let text = t!(words, "asset-used", lessons = used.join(" · "));
        view! { <Notice tone=Tone::Warning word=t!(words, "notice-word-careful")>{text}</Notice> }
    });
    let show = if published { t!(words, "asset-hide") } else { t!(words, "asset-publish") };
    view! {
        {used}
        <Actions>
            <PostForm action=visibility csrf inline=true>
                <HiddenField name="published" value=(!published).to_string() />
                <Button weight=Weight::Secondary>{show}</Button>
            </PostForm>
            <PostForm action=deletion csrf=other_csrf inline=true>
                <Button weight=Weight::Danger>{t!(words, "asset-delete")}</Button>
            </PostForm>
        </Actions>
    }
    .into_any()
}
