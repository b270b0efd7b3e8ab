//! What a student handed in so far, each version with what can be done about it.

use crate::{
    submission::{file_path, path, store::Version, words::size},
    t,
    ui::time::{Now, Since},
    web::Words,
};
use helper_ui::ui::{Button, HiddenField, IconName, PostForm, Section, StatusWord, Tone, Weight};
use leptos::prelude::*;
use shared_types::ids::MaterialId;

/// All versions, the newest first; nothing where there is none.
#[component]
pub(super) fn Versions(
    material: MaterialId,
    is_gallery: bool,
    /// The newest was graded and returned: it stays.
    graded: bool,
    versions: Vec<Version>,
    now: Now,
    csrf: String,
    words: Words,
) -> impl IntoView {
    if versions.is_empty() {
        return ().into_any();
    }
    let newest = versions.iter().find(|version| version.withdrawn_at.is_none()).map(|version| version.id);
    let rows = versions
        .into_iter()
        .map(|version| {
            let may = May {
                withdraw: !graded && newest == Some(version.id),
                share: is_gallery && version.withdrawn_at.is_none(),
            };
            view! { <VersionRow material version may now csrf=csrf.clone() words /> }
        })
        .collect_view();
    view! {
        <Section title=t!(words, "upload-versions")>
            <ul class="file-list">{rows}</ul>
        </Section>
    }
    .into_any()
}

/// What can be done about a version.
#[derive(Clone, Copy)]
struct May {
    withdraw: bool,
    share: bool,
}

#[component]
fn VersionRow(material: MaterialId, version: Version, may: May, now: Now, csrf: String, words: Words) -> impl IntoView {
    let href = file_path(material, version.id);
    let actions = format!("{}/submissions/{}", path(material), version.id);
    let picture = version.has_thumbnail.then(|| {
        let src = format!("{actions}/thumbnail");
        view! { <img class="file-picture" src=src alt="" loading="lazy" width="96" height="72" /> }
    });
    let bytes = size(u64::try_from(version.bytes).unwrap_or_default(), words);
    let note = (!version.note.is_empty()).then(|| view! { <p class="file-note">{version.note.clone()}</p> });
    let at = version.submitted_at;
    let withdraw =
        may.withdraw.then(|| view! { <Withdraw action=format!("{actions}/withdrawal") csrf=csrf.clone() words /> });
    let share = may.share.then(|| {
        view! { <Share action=format!("{actions}/sharing") shared=version.shared_at.is_some() csrf words /> }
    });
    view! {
        <li class="file-row" data-testid="version">
            <div class="file-row-picture">{picture}</div>
            <div class="file-row-words">
                <p>
                    <a href=href>{version.file_name.clone()}</a>
                </p>
                <p class="file-row-detail">
                    {t!(words, "upload-version", version = version.version, size = bytes)} " · " <Since then=at now words />
                </p>
                {note}
                <VersionState version=version.clone() words />
            </div>
            <div class="file-row-end">{share} {withdraw}</div>
        </li>
    }
    .into_any()
}

#[component]
fn VersionState(version: Version, words: Words) -> impl IntoView {
    if version.withdrawn_at.is_some() {
        view! { <StatusWord word=t!(words, "upload-withdrawn") icon=IconName::Returned /> }.into_any()
    } else if version.shared_at.is_some() {
        view! { <StatusWord word=t!(words, "gallery-shared") tone=Tone::Success icon=IconName::Person /> }.into_any()
    } else {
        ().into_any()
    }
}

#[component]
fn Withdraw(action: String, csrf: String, words: Words) -> impl IntoView {
    view! {
        <PostForm action csrf inline=true>
            <Button weight=Weight::Quiet>{t!(words, "upload-withdraw")}</Button>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Share(action: String, shared: bool, csrf: String, words: Words) -> impl IntoView {
    let (value, label) =
        if shared { ("no", t!(words, "gallery-unshare")) } else { ("yes", t!(words, "gallery-share")) };
    view! {
        <PostForm action csrf inline=true>
            <HiddenField name="shared" value />
            <Button weight=Weight::Secondary>{label}</Button>
        </PostForm>
    }
    .into_any()
}
