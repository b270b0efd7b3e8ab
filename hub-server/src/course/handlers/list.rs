//! `GET /teach/courses`: the courses of my organisations, and the form that brings one in.

use crate::{
    app::App,
    course::{PackFaults, pages, store},
    organisation,
    ui::frame::Frame,
    web::{Error, PageResult, SignedIn, Staff},
};
use axum::extract::State;
use shared_types::ids::OrganisationId;

/// What went wrong with the form.
#[derive(Clone, Debug, Default)]
pub enum Refused {
    #[default]
    Nothing,
    /// No file was chosen.
    Missing,
    TooLarge,
    /// The file was read and is no course in order.
    Faults {
        file_name: String,
        faults: PackFaults,
    },
}

/// Shows the list.
pub async fn show(State(app): State<App>, SignedIn(staff): SignedIn, frame: Frame) -> PageResult {
    page(&app, frame, staff, None, Refused::Nothing).await
}

/// The list, with what was wrong about the form.
pub(super) async fn page(
    app: &App,
    frame: Frame,
    staff: Staff,
    chosen: Option<OrganisationId>,
    refused: Refused,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let courses = store::all_of_staff(&mut db, staff.id).await?;
    let organisations = organisation::store::taught_by(&mut db, staff.id).await?;
    if organisations.is_empty() && !matches!(refused, Refused::Nothing) {
        return Err(Error::Forbidden);
    }
    Ok(pages::list(frame, pages::List { staff, courses, organisations, chosen, refused }).await)
}
