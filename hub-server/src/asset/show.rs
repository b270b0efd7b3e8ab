//! `GET /teach/files` and `GET /teach/files/{organisation}?folder=…`: what the organisation has.

use super::{
    UNDO_DAYS,
    asked::{Keeper, Member},
    change::RefusedPlace,
    folder, pages, store,
    upload::UploadForm,
};
use crate::{
    app::App,
    organisation::Organisation,
    ui::{frame::Frame, time::Now},
    web::{FormState, PageResult, SignedIn, Staff, see_other},
};
use axum::extract::{Query, State};
use chrono::Duration;
use serde::Deserialize;
use shared_types::ids::OrganisationId;

/// Which folder.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    folder: String,
}

/// The page of a folder.
pub fn path_of(organisation: OrganisationId, folder: &str) -> String {
    let path = format!("/teach/files/{organisation}");
    if folder.is_empty() {
        return path;
    }
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("folder", folder).finish();
    format!("{path}?{query}")
}

/// To the files of the only organisation, or a choice of them.
pub async fn choose(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    let organisations = store::organisations(&mut *app.db.acquire().await?, staff.id).await?;
    match &organisations[..] {
        [only] => Ok(see_other(path_of(only.id, ""))),
        _ => Ok(pages::choice(frame, staff, organisations).await),
    }
}

/// A folder.
pub async fn show(
    State(app): State<App>,
    Member { staff, organisation, role }: Member,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> PageResult {
    let here = folder::parse(&asked.folder).unwrap_or_default();
    let form = FormState::new(UploadForm { folder: here.clone() });
    let forms = Forms { upload: form, refused_place: None };
    page(&app, frame, Who { staff, organisation, may_change: role.may_teach() }, here, forms).await
}

/// The folder `here` with the form of one of its files as it was typed.
pub async fn with_refused_place(
    app: &App,
    frame: Frame,
    Keeper { staff, organisation }: Keeper,
    here: String,
    refused: RefusedPlace,
) -> PageResult {
    let upload = FormState::new(UploadForm { folder: here.clone() });
    let who = Who { staff, organisation, may_change: true };
    page(app, frame, who, here, Forms { upload, refused_place: Some(refused) }).await
}

/// Who looks, and at whose files.
pub struct Who {
    pub staff: Staff,
    pub organisation: Organisation,
    pub may_change: bool,
}

/// What was typed into the page's forms.
pub struct Forms {
    pub upload: FormState<UploadForm>,
    pub refused_place: Option<RefusedPlace>,
}

/// The page of the folder `here`, with the form for another file.
pub async fn page(app: &App, frame: Frame, who: Who, here: String, forms: Forms) -> PageResult {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let all = store::folders(&mut db, who.organisation.id).await?;
    let files = store::in_folder(&mut db, who.organisation.id, &here).await?;
    let uses = store::uses(&mut db, who.organisation.id, &here).await?;
    let deleted = store::deleted(&mut db, who.organisation.id, now - Duration::days(UNDO_DAYS)).await?;
    let folders = folder::within(&here, &all);
    let now = Now { now, zone: app.config.time_zone };
    let page = pages::Files { who, here, folders, files, uses, deleted, forms, now };
    Ok(pages::files(frame.with_teaching_island(), page).await)
}
