//! What is done with a file that is there: another name or folder, shown or hidden, deleted and taken back.

use super::{
    UNDO_DAYS,
    asked::{Keeper, KeptAsset},
    folder,
    show::{self, path_of},
    store::{self, Asset},
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    storage::SafeName,
    ui::frame::Frame,
    web::{Error, Notice, PageResult, Protected, Respond, Staff, see_other},
};
use axum::extract::State;
use chrono::Duration;
use serde::Deserialize;
use shared_types::ids::{AssetId, OrganisationId};
use sqlx::PgConnection;

/// Where a file shall lie, and what it shall be called.
#[derive(Clone, Debug, Deserialize)]
pub struct PlaceForm {
    folder: String,
    name: String,
}

/// What was typed for a file and cannot be: its folder is none.
#[derive(Clone, Debug)]
pub struct RefusedPlace {
    pub asset: AssetId,
    pub folder: String,
    pub name: String,
}

/// `POST …/{asset}/place`. The ending stays: it says what the file is.
pub async fn place(
    State(app): State<App>,
    KeptAsset { keeper, asset }: KeptAsset,
    frame: Frame,
    Protected(form): Protected<PlaceForm>,
) -> PageResult {
    let Some(to) = folder::parse(&form.folder) else {
        let refused = RefusedPlace { asset: asset.id, folder: form.folder, name: form.name };
        return show::with_refused_place(&app, frame, keeper, asset.folder, refused).await.unprocessable();
    };
    let name = with_ending_of(&asset.name, &form.name);
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    store::rename(&mut tx, keeper.organisation.id, asset.id, (&to, name.as_str()), now).await?;
    note(&mut tx, &app, &keeper, Entry::new("asset_placed", Subject::Asset(asset.id))).await?;
    tx.commit().await?;
    Ok(see_other(path_of(keeper.organisation.id, &to)).with_notice(Notice::FileChanged))
}

fn with_ending_of(before: &str, typed: &str) -> SafeName {
    let typed = typed.trim();
    if typed.is_empty() {
        return SafeName::of(before);
    }
    let (name, ending) = (SafeName::of(typed), SafeName::of(before).ending());
    match ending {
        Some(ending) if name.ending().as_deref() != Some(ending.as_str()) => {
            SafeName::of(&format!("{}.{ending}", name.as_str()))
        }
        _ => name,
    }
}

/// Whether students may see it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct VisibilityForm {
    published: bool,
}

/// `POST …/{asset}/visibility`.
pub async fn visibility(
    State(app): State<App>,
    KeptAsset { keeper, asset }: KeptAsset,
    Protected(VisibilityForm { published }): Protected<VisibilityForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    store::set_published(&mut tx, keeper.organisation.id, asset.id, published, app.clock.now()).await?;
    let entry = Entry::new("asset_visibility_set", Subject::Asset(asset.id));
    note(&mut tx, &app, &keeper, entry.with("published", Detail::Flag(published))).await?;
    tx.commit().await?;
    Ok(back(&keeper, &asset).with_notice(if published { Notice::FilePublished } else { Notice::FileHidden }))
}

/// Shows students those of these files that are hidden; the caller has checked the right and commits.
pub async fn publish_all(
    tx: &mut PgConnection,
    app: &App,
    (staff, organisation): (&Staff, OrganisationId),
    ids: &[AssetId],
) -> sqlx::Result<()> {
    let hidden = store::unseen(tx, organisation, ids).await?;
    for file in hidden.into_iter().filter(|file| !file.deleted) {
        store::set_published(tx, organisation, file.id, true, app.clock.now()).await?;
        let entry = Entry::new("asset_visibility_set", Subject::Asset(file.id)).within(organisation);
        audit::record(tx, app, staff, entry.with("published", Detail::Flag(true))).await?;
    }
    Ok(())
}

/// A form that is only a button.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ButtonForm {}

/// `POST …/{asset}/deletion`.
pub async fn delete(
    State(app): State<App>,
    KeptAsset { keeper, asset }: KeptAsset,
    Protected(ButtonForm {}): Protected<ButtonForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    // A second press does not prolong the time in which it can be taken back.
    let at = asset.deleted_at.unwrap_or_else(|| app.clock.now());
    store::set_deleted(&mut tx, keeper.organisation.id, asset.id, Some(at)).await?;
    note(&mut tx, &app, &keeper, Entry::new("asset_deleted", Subject::Asset(asset.id))).await?;
    tx.commit().await?;
    Ok(back(&keeper, &asset).with_notice(Notice::FileDeleted))
}

/// `POST …/{asset}/restoration`.
pub async fn restore(
    State(app): State<App>,
    KeptAsset { keeper, asset }: KeptAsset,
    Protected(ButtonForm {}): Protected<ButtonForm>,
) -> PageResult {
    if asset.deleted_at.is_some_and(|at| at < app.clock.now() - Duration::days(UNDO_DAYS)) {
        return Err(Error::NotFound);
    }
    let mut tx = app.db.begin().await?;
    store::set_deleted(&mut tx, keeper.organisation.id, asset.id, None).await?;
    note(&mut tx, &app, &keeper, Entry::new("asset_restored", Subject::Asset(asset.id))).await?;
    tx.commit().await?;
    Ok(back(&keeper, &asset).with_notice(Notice::FileRestored))
}

fn back(keeper: &Keeper, asset: &Asset) -> axum::response::Response {
    see_other(path_of(keeper.organisation.id, &asset.folder))
}

async fn note(tx: &mut PgConnection, app: &App, keeper: &Keeper, entry: Entry) -> sqlx::Result<()> {
    audit::record(tx, app, &keeper.staff, entry.within(keeper.organisation.id)).await
}

#[cfg(test)]
mod tests {
    use super::with_ending_of;

    #[test]
    fn a_new_name_keeps_the_ending() {
        for (before, typed, name) in [
            ("film.mp4", "Lesson one", "Lesson one.mp4"),
            ("film.mp4", "film.html", "film.html.mp4"),
            ("film.mp4", "other.MP4", "other.MP4"),
            ("film.mp4", "  ", "film.mp4"),
        ] {
            assert_eq!(with_ending_of(before, typed).as_str(), name);
        }
    }
}
