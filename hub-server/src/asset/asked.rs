//! Who may see and change which organisation's files. Those of another organisation do not exist.

use super::store::{self, Asset};
use crate::{
    app::App,
    organisation::{Organisation, Role},
    web::{Error, SignedIn, Staff, in_path},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use shared_types::ids::{AssetId, OrganisationId};

/// A member of the organisation named by `{organisation}`, and what they may do there.
#[derive(Clone, Debug)]
pub struct Member {
    pub staff: Staff,
    pub organisation: Organisation,
    pub role: Role,
}

/// May change the files of the organisation named by `{organisation}`.
#[derive(Clone, Debug)]
pub struct Keeper {
    pub staff: Staff,
    pub organisation: Organisation,
}

/// The file named by `{asset}`, deleted ones too, of the organisation named by `{organisation}`.
#[derive(Clone, Debug)]
pub struct KeptAsset {
    pub keeper: Keeper,
    pub asset: Asset,
}

impl FromRequestParts<App> for Member {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let SignedIn(staff) = SignedIn::from_request_parts(parts, app).await?;
        let id: OrganisationId = in_path(parts, app, "organisation").await?;
        let found = store::membership(&mut *app.db.acquire().await?, staff.id, id).await?;
        let (organisation, role) = found.ok_or(Error::NotFound)?;
        Ok(Self { staff, organisation, role })
    }
}

impl FromRequestParts<App> for Keeper {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Member { staff, organisation, role } = Member::from_request_parts(parts, app).await?;
        if role.may_teach() { Ok(Self { staff, organisation }) } else { Err(Error::Forbidden) }
    }
}

impl FromRequestParts<App> for KeptAsset {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let keeper = Keeper::from_request_parts(parts, app).await?;
        let id: AssetId = in_path(parts, app, "asset").await?;
        let asset = store::find(&mut *app.db.acquire().await?, keeper.organisation.id, id).await?;
        Ok(Self { keeper, asset: asset.ok_or(Error::NotFound)? })
    }
}
