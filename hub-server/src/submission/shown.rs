//! `GET /student/materials/{material}/gallery/{submission}`: one work that is shared in a gallery, with the ones beside it.

use super::{pages, store};
use crate::{
    app::App,
    material::{Settings, store as materials},
    ui::frame::Frame,
    web::{Asked, Error, JoinedStudent, PageResult},
};
use axum::extract::State;
use shared_types::ids::{MaterialId, SubmissionId};

/// Shows it, for as long as it is shared.
pub async fn show(
    State(app): State<App>,
    JoinedStudent(student, classroom): JoinedStudent,
    Asked(material): Asked<MaterialId>,
    Asked(submission): Asked<SubmissionId>,
    frame: Frame,
) -> PageResult {
    let now = app.now_at_school();
    let mut db = app.db.acquire().await?;
    let material = materials::of_class(&mut db, classroom.id, material, now.now).await?;
    let material = material.filter(|material| material.open && matches!(material.settings, Settings::Gallery(_)));
    let material = material.ok_or(Error::NotFound)?;
    let mut shared = store::shared(&mut db, classroom.id, material.id, Some(student.id)).await?;
    drop(db);
    let at = shared.iter().position(|work| work.id == submission).ok_or(Error::NotFound)?;
    let of = shared.len();
    let next = shared.get(at + 1).map(|work| work.id);
    let previous = at.checked_sub(1).and_then(|before| shared.get(before)).map(|work| work.id);
    let work = shared.swap_remove(at);
    let page = pages::ShownWork { student, classroom, material, work, previous, next, place: at + 1, of, now };
    Ok(pages::shown_work(frame, page).await)
}
