//! A folder of the organisation's files: what lies in it, the form for another file, and what was deleted.

use super::change::Change;
use crate::{
    asset::{
        MAX_BYTES, address,
        change::RefusedPlace,
        folder,
        show::{Forms, Who, path_of},
        store::{Asset, Use},
        upload::UploadForm,
    },
    course::FileKind,
    t,
    ui::{
        fields::Problems,
        frame::{Frame, StaffPage, render_with_island},
        time::Now,
        upload::upload_words,
    },
    web::{FormState, Words},
};
use axum::response::Response;
use helper_ui::ui::{
    Actions, Breadcrumbs, Button, EmptyState, FieldProblem, FileField, IconName, LinkList, LinkRow, NavLink,
    PageHeader, PostForm, Section, StatusWord, TextField, Tone, UploadLimits, UploadProgress, Weight, Width,
};
use leptos::prelude::*;
use shared_types::ids::OrganisationId;
use std::sync::Arc;

/// Everything on the page.
pub struct Files {
    pub who: Who,
    /// The folder.
    pub here: String,
    pub folders: Vec<String>,
    pub files: Vec<Asset>,
    /// Which lessons use which of them.
    pub uses: Vec<Use>,
    pub deleted: Vec<Asset>,
    pub forms: Forms,
    pub now: Now,
}

/// What the rows share.
#[derive(Clone)]
pub(super) struct Shared {
    pub organisation: OrganisationId,
    pub may_change: bool,
    pub csrf: String,
    pub uses: Arc<[Use]>,
    pub refused_place: Option<RefusedPlace>,
    pub now: Now,
    pub words: Words,
}

impl Shared {
    pub fn action(&self, asset: &Asset, what: &str) -> String {
        format!("/teach/files/{}/{}/{what}", self.organisation, asset.id)
    }
}

/// Renders the page.
pub async fn files(frame: Frame, page: Files) -> Response {
    render_with_island(move || {
        let words = frame.words;
        let Files { who, here, folders, files, uses, deleted, forms, now } = page;
        let Forms { upload: form, refused_place } = forms;
        let Who { staff, organisation, may_change } = who;
        let mut problems = form.problems(words);
        problems.extend(refused_place.as_ref().map(|refused| FieldProblem {
            field: format!("folder-{}", refused.asset),
            message: t!(words, "asset-folder-bad").to_owned(),
        }));
        let (organisation_id, csrf, uses) = (organisation.id, frame.csrf.clone(), uses.into());
        let shared = Shared { organisation: organisation_id, may_change, csrf, uses, refused_place, now, words };
        let title = if here.is_empty() { t!(words, "asset-title").to_owned() } else { folder::name(&here).to_owned() };
        let crumbs = crumbs(organisation.id, &here, words);
        let empty = (folders.is_empty() && files.is_empty()).then(|| {
            view! { <EmptyState title=t!(words, "asset-empty") text=t!(words, "asset-empty-text") /> }.into_any()
        });
        let upload = may_change.then(|| view! { <Upload shared=shared.clone() form /> }.into_any());
        let content = content(&shared, folders, files);
        let deleted = (may_change && !deleted.is_empty()).then(|| deleted_section(&shared, deleted));
        view! {
            <StaffPage frame title=title.clone() staff width=Width::Wide>
                {crumbs}
                <PageHeader title lead=t!(words, "asset-lead", organisation = organisation.name) />
                <Problems words problems />
                {upload}
                {content}
                {empty}
                {deleted}
            </StaffPage>
        }
    })
    .await
}

fn crumbs(organisation: OrganisationId, here: &str, words: Words) -> Option<AnyView> {
    let mut trail = folder::trail(here);
    let here = trail.pop()?;
    let mut above = vec![NavLink::new(path_of(organisation, ""), t!(words, "asset-title"), false)];
    above.extend(trail.iter().map(|step| NavLink::new(path_of(organisation, step), folder::name(step), false)));
    let here = folder::name(&here).to_owned();
    Some(view! { <Breadcrumbs label=t!(words, "lesson-crumbs") above here /> }.into_any())
}

#[component]
fn Upload(shared: Shared, form: FormState<UploadForm>) -> impl IntoView {
    let Shared { organisation, csrf, words, .. } = shared;
    let (file_error, folder_error) = (form.error("file", words), form.error("folder", words));
    let refused = form.is_refused();
    view! {
        <details class="card" open=refused>
            <summary>{t!(words, "asset-add")}</summary>
            <PostForm action=format!("/teach/files/{organisation}") csrf multipart=true>
                <TextField
                    label=t!(words, "asset-folder")
                    name="folder"
                    value=form.typed.folder
                    hint=t!(words, "asset-folder-hint")
                    error=folder_error
                    required=false
                />
                <FileField label=t!(words, "asset-file") name="file" hint=t!(words, "asset-file-hint") error=file_error />
                <UploadProgress words=upload_words(words, t!(words, "asset-cut-off")) limits=limits(words) />
                <Actions>
                    <Button>{t!(words, "asset-upload")}</Button>
                </Actions>
            </PostForm>
        </details>
    }
}

fn limits(words: Words) -> UploadLimits {
    let endings = FileKind::endings().collect::<Vec<_>>().join(" ");
    let unknown = t!(words, "asset-file-unknown").to_owned();
    UploadLimits {
        takes: endings.clone(),
        knows: endings,
        max_bytes: MAX_BYTES,
        too_large: t!(words, "asset-file-too-large").to_owned(),
        not_accepted: unknown.clone(),
        unknown,
    }
}

fn content(shared: &Shared, folders: Vec<String>, files: Vec<Asset>) -> AnyView {
    let folders = folders
        .into_iter()
        .map(|path| {
            let title = format!("{}/", folder::name(&path));
            view! { <LinkRow href=path_of(shared.organisation, &path) title detail=t!(shared.words, "asset-a-folder").to_owned() /> }
        })
        .collect_view();
    let files = files.into_iter().map(|asset| view! { <File asset shared=shared.clone() /> }.into_any()).collect_view();
    view! { <LinkList>{folders} {files}</LinkList> }.into_any()
}

#[component]
fn File(asset: Asset, shared: Shared) -> impl IntoView {
    let Shared { words, now, .. } = shared;
    let (word, tone, icon) = if asset.published {
        (t!(words, "asset-published"), Tone::Success, IconName::Done)
    } else {
        (t!(words, "asset-hidden"), Tone::Info, IconName::Lock)
    };
    let detail = format!("{} · {}", size(asset.bytes), now.since(asset.updated_at, words));
    let href = address(asset.id, &asset.name);
    let name = asset.name.clone();
    let change = shared.may_change.then(|| view! { <Change asset shared /> }.into_any());
    view! {
        <li class="link-row">
            <div class="link-row-words">
                <a href=href>{name}</a>
                <p class="link-row-detail">{detail}</p>
            </div>
            <div class="link-row-end">
                <StatusWord word tone icon />
            </div>
            {change}
        </li>
    }
}

fn deleted_section(shared: &Shared, deleted: Vec<Asset>) -> AnyView {
    let words = shared.words;
    let rows = deleted
        .into_iter()
        .map(|asset| {
            let action = shared.action(&asset, "restoration");
            let since = asset.deleted_at.map(|at| shared.now.since(at, words)).unwrap_or_default();
            let place = if asset.folder.is_empty() { asset.name } else { format!("{}/{}", asset.folder, asset.name) };
            view! {
                <li class="link-row">
                    <div class="link-row-words">
                        <span>{place.clone()}</span>
                        <p class="link-row-detail">{since}</p>
                    </div>
                    <div class="link-row-end">
                        <PostForm action csrf=shared.csrf.clone() inline=true>
                            <Button weight=Weight::Secondary>
                                {t!(words, "asset-undo")} <span class="visually-hidden">": " {place}</span>
                            </Button>
                        </PostForm>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title=t!(words, "asset-deleted")>
            <p class="field-hint">{t!(words, "asset-deleted-text")}</p>
            <LinkList>{rows}</LinkList>
        </Section>
    }
    .into_any()
}

/// A size as people say it.
fn size(bytes: i64) -> String {
    match bytes {
        ..1000 => format!("{bytes} B"),
        1000..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
