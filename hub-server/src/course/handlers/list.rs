//! `GET /teach/courses`: the courses of my organisations, and the form that brings one in.

use super::show::CameFrom;
use crate::{
    app::App,
    course::{PackFaults, life, pages, store},
    organisation, t,
    ui::frame::Frame,
    web::{Error, PageResult, SignedIn, Staff, Words},
};
use axum::extract::State;
use axum_extra::extract::Query;
use shared_types::ids::{ClassroomId, OrganisationId};

/// What went wrong with the form.
#[derive(Clone, Debug, Default)]
pub enum Refused {
    #[default]
    Nothing,
    /// No file was chosen.
    Missing,
    /// There is nothing in it.
    Empty,
    TooLarge,
    /// The file was read and is no course in order.
    Faults {
        file_name: String,
        faults: PackFaults,
    },
}

impl Refused {
    /// What is wrong with the file, in words.
    pub fn said(&self, words: Words) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Missing => Some(t!(words, "course-file-missing").to_owned()),
            Self::Empty => Some(t!(words, "course-file-empty").to_owned()),
            Self::TooLarge => Some(t!(words, "course-file-too-large").to_owned()),
            Self::Faults { file_name, .. } => Some(t!(words, "course-file-faults", file = file_name.clone())),
        }
    }
}

/// Shows the list.
pub async fn show(
    State(app): State<App>,
    SignedIn(staff): SignedIn,
    Query(from): Query<CameFrom>,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let class = match from.class() {
        Some(class) => life::store::class_taught(&mut db, staff.id, class).await?.map(|name| (class, name)),
        None => None,
    };
    drop(db);
    page(&app, frame, staff, Sending { class, ..Sending::default() }).await
}

/// Where the page stands.
#[derive(Clone, Debug, Default)]
pub struct Sending {
    /// The class that a course is chosen for.
    pub class: Option<(ClassroomId, String)>,
    /// The organisation a course is brought into.
    pub organisation: Option<OrganisationId>,
    pub refused: Refused,
}

/// The list, with what was wrong about the form.
pub(super) async fn page(app: &App, frame: Frame, staff: Staff, sending: Sending) -> PageResult {
    let mut db = app.db.acquire().await?;
    let courses = store::all_of_staff(&mut db, staff.id).await?;
    let organisations = organisation::store::taught_by(&mut db, staff.id).await?;
    if organisations.is_empty() && !matches!(sending.refused, Refused::Nothing) {
        return Err(Error::Forbidden);
    }
    let now = app.now_at_school();
    let deleted = life::store::deleted(&mut db, staff.id, life::since(now.now)).await?;
    drop(db);
    Ok(pages::list(frame, pages::List { staff, courses, deleted, organisations, sending, now }).await)
}
