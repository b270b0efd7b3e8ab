//! `GET /teach/files` and `GET /teach/files/{organisation}?folder=…`: what the organisation has.

use super::{UNDO_DAYS, asked::Member, folder, pages, store, upload::UploadForm};
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
    page(&app, frame, Who { staff, organisation, may_change: role.may_teach() }, here, form).await
}

/// Who looks, and at whose files.
pub struct Who {
    pub staff: Staff,
    pub organisation: Organisation,
    pub may_change: bool,
}

/// The page of the folder `here`, with the form for another file.
pub async fn page(app: &App, frame: Frame, who: Who, here: String, form: FormState<UploadForm>) -> PageResult {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let all = store::folders(&mut db, who.organisation.id).await?;
    let files = store::in_folder(&mut db, who.organisation.id, &here).await?;
    let deleted = store::deleted(&mut db, who.organisation.id, now - Duration::days(UNDO_DAYS)).await?;
    let folders = folder::within(&here, &all);
    let now = Now { now, zone: app.config.time_zone };
    Ok(pages::files(frame, pages::Files { who, here, folders, files, deleted, form, now }).await)
}
