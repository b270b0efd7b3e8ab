//! `GET …/arrangement` and `POST …/lessons/{lesson}/place`: the order of a course's lessons, and what was deleted.

use super::{
    arrange_path, lesson_path,
    lesson_store::{self, InOrder},
    order::{moved, sessions},
    pages, sheet_file,
    sheet_file::Listed,
    since, store,
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    course::{asked::TeachingCourse, assign},
    ui::frame::Frame,
    web::{Asked, Error, Notice, PageResult, Protected, Respond, Undo, see_other},
};
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value as Json;
use shared_types::ids::{CourseId, LessonId};
use sqlx::PgConnection;

/// Shows it.
pub async fn show(State(app): State<App>, TeachingCourse(staff, course): TeachingCourse, frame: Frame) -> PageResult {
    let now = app.now_at_school();
    let mut db = app.db.acquire().await?;
    let lessons = lesson_store::in_order(&mut db, course.id).await?;
    let deleted = lesson_store::deleted(&mut db, course.id, since(now.now)).await?;
    drop(db);
    Ok(pages::arrange(frame, pages::Arrange { staff, course, lessons, deleted, now }).await)
}

/// Where to. A place behind the last is the last.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct PlaceForm {
    /// The first is 1.
    place: usize,
}

/// Moves a lesson.
pub async fn place(
    State(app): State<App>,
    TeachingCourse(staff, course): TeachingCourse,
    Asked(lesson): Asked<LessonId>,
    Protected(PlaceForm { place }): Protected<PlaceForm>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let before = locked(&mut tx, course.id).await?;
    let (order, from) = moved(before.iter().map(|one| one.id).collect(), lesson, place);
    let from = from.ok_or(Error::NotFound)?;
    let after: Vec<InOrder> =
        order.into_iter().filter_map(|id| before.iter().find(|one| one.id == id).cloned()).collect();
    settle(&mut tx, &app, course.id, &before, Arranged { after, entry: None }).await?;
    let entry = Entry::new("lesson_moved", Subject::Lesson(lesson)).within(course.organisation);
    let entry = entry.with("from", Detail::Number(i64::try_from(from).unwrap_or(i64::MAX)));
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    let undo = Undo::place(&lesson_path(&course, lesson), &[("place", from.to_string())]);
    Ok(see_other(format!("{}#lesson-{lesson}", arrange_path(&course))).with_undo(Notice::Moved, &undo))
}

/// The lessons of a course as they stand until the transaction ends, for it holds the course's lock.
pub(super) async fn locked(tx: &mut PgConnection, course: CourseId) -> Result<Vec<InOrder>, Error> {
    if store::lock(tx, course).await? { Ok(lesson_store::in_order(tx, course).await?) } else { Err(Error::NotFound) }
}

/// The lessons as they are to stand.
pub(super) struct Arranged {
    pub after: Vec<InOrder>,
    /// What course.yaml shall say of the one that it does not have.
    pub entry: Option<Json>,
}

/// Writes the order into the table and into `course.yaml`, and brings every class that has the course up to date. The
/// caller holds the course's lock.
pub(super) async fn settle(
    tx: &mut PgConnection,
    app: &App,
    course: CourseId,
    before: &[InOrder],
    Arranged { after, entry }: Arranged,
) -> Result<(), Error> {
    let now = app.clock.now();
    let of = |lessons: &[InOrder]| lessons.iter().map(|lesson| lesson.session).collect::<Vec<_>>();
    let sessions = sessions(&of(before), &of(&after));
    let order: Vec<(LessonId, Option<i32>)> =
        after.iter().map(|lesson| lesson.id).zip(sessions.iter().copied()).collect();
    lesson_store::put_order(tx, course, &order).await?;
    if let Some(text) = store::sheet_text(tx, course).await? {
        let listed: Vec<Listed> = after
            .into_iter()
            .zip(sessions)
            .filter_map(|(lesson, session)| Some(Listed { file: lesson.file?, session, entry: None }))
            .map(|listed| {
                let missing = entry.clone().filter(|entry| entry["file"].as_str() == Some(&listed.file));
                Listed { entry: missing, ..listed }
            })
            .collect();
        let sheet = sheet_file::arranged(&text, &listed).map_err(anyhow::Error::from)?;
        store::put_sheet(tx, course, &sheet, now).await?;
    }
    assign::refresh_classes(tx, course, &app.entropy, now).await?;
    Ok(())
}
