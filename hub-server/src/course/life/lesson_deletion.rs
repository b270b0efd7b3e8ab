//! `GET` and `POST …/lessons/{lesson}/deletion`, `POST …/lessons/{lesson}/restoration`: taking a lesson out of its course
//! and bringing it back. What students did in it stays either way.

use super::{
    arrange::{Arranged, locked, settle},
    arrange_path, lesson_path,
    lesson_store::{self, InOrder, Returning},
    pages, sheet_file, since, store,
};
use crate::{
    app::App,
    audit::{self, Detail, Entry, Subject},
    course::{LessonText, asked::TeachingCourse},
    ui::frame::Frame,
    web::{Asked, Error, Nothing, Notice, PageResult, Protected, Respond, Undo, see_other},
};
use axum::extract::State;
use serde_json::{Value as Json, json};
use shared_types::ids::{CourseId, LessonId};
use sqlx::PgConnection;

/// Asks, and says where the lesson is used and what goes.
pub async fn show(
    State(app): State<App>,
    TeachingCourse(staff, course): TeachingCourse,
    Asked(id): Asked<LessonId>,
    frame: Frame,
) -> PageResult {
    let mut db = app.db.acquire().await?;
    let lessons = lesson_store::in_order(&mut db, course.id).await?;
    let lesson = lessons.into_iter().find(|lesson| lesson.id == id).ok_or(Error::NotFound)?;
    let uses = lesson_store::used_in(&mut db, course.id, id).await?;
    drop(db);
    Ok(pages::lesson_deletion(frame, pages::LessonDeletion { staff, course, lesson, uses }).await)
}

/// Takes it out of the course.
pub async fn delete(
    State(app): State<App>,
    TeachingCourse(staff, course): TeachingCourse,
    Asked(id): Asked<LessonId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let before = locked(&mut tx, course.id).await?;
    let at = before.iter().position(|lesson| lesson.id == id).ok_or(Error::NotFound)?;
    let entry = entry_of(&mut tx, course.id, &before[at]).await?;
    lesson_store::delete(&mut tx, id, entry.as_ref(), at + 1, app.clock.now()).await?;
    let after = before.iter().filter(|lesson| lesson.id != id).cloned().collect();
    let students = lesson_store::used_in(&mut tx, course.id, id).await?.iter().map(|class| class.students).sum();
    settle(&mut tx, &app, course.id, &before, Arranged { after, entry: None }).await?;
    let entry = Entry::new("lesson_deleted", Subject::Lesson(id)).within(course.organisation);
    audit::record(&mut tx, &app, &staff, entry.with("students", Detail::Number(students))).await?;
    tx.commit().await?;
    let undo = Undo::restore(&lesson_path(&course, id));
    Ok(see_other(arrange_path(&course)).with_undo(Notice::LessonDeleted, &undo))
}

async fn entry_of(tx: &mut PgConnection, course: CourseId, lesson: &InOrder) -> Result<Option<Json>, Error> {
    let (Some(text), Some(file)) = (store::sheet_text(tx, course).await?, &lesson.file) else { return Ok(None) };
    Ok(sheet_file::entry(&text, file).map_err(anyhow::Error::from)?)
}

/// Brings it back to the place it had.
pub async fn restore(
    State(app): State<App>,
    TeachingCourse(staff, course): TeachingCourse,
    Asked(id): Asked<LessonId>,
    Protected(Nothing {}): Protected<Nothing>,
) -> PageResult {
    let mut tx = app.db.begin().await?;
    let before = locked(&mut tx, course.id).await?;
    let there = see_other(format!("{}#lesson-{id}", arrange_path(&course))).with_notice(Notice::BroughtBack);
    if before.iter().any(|lesson| lesson.id == id) {
        return Ok(there);
    }
    let since = since(app.clock.now());
    let lesson = lesson_store::one_deleted(&mut tx, course.id, id, since).await?.ok_or(Error::NotFound)?;
    let (file, entry) = settle_file(&mut tx, course.id, &before, &lesson).await?;
    lesson_store::restore(&mut tx, id, &file).await?;
    let mut after = before.clone();
    let back = InOrder { id, title: lesson.title, file: Some(file), session: lesson.session };
    after.insert((lesson.place - 1).min(before.len()), back);
    settle(&mut tx, &app, course.id, &before, Arranged { after, entry: Some(entry) }).await?;
    let entry = Entry::new("lesson_restored", Subject::Lesson(id)).within(course.organisation);
    audit::record(&mut tx, &app, &staff, entry).await?;
    tx.commit().await?;
    Ok(there)
}

/// The lesson's file in the pack, written anew where an import took it away, under another name where an import brought
/// another lesson under the old one; and what course.yaml says of it.
async fn settle_file(
    tx: &mut PgConnection,
    course: CourseId,
    others: &[InOrder],
    lesson: &Returning,
) -> sqlx::Result<(String, Json)> {
    let is_taken = |file: &str| others.iter().any(|other| other.file.as_deref() == Some(file));
    let stem = lesson.file.strip_suffix(".md").unwrap_or(&lesson.file);
    let names = (2..).map(|number| format!("{stem}-{number}.md"));
    let file = std::iter::once(lesson.file.clone()).chain(names).find(|file| !is_taken(file)).unwrap_or_default();
    if file != lesson.file || !lesson.has_file {
        let content = LessonText::compose(&[], &lesson.front_matter, &lesson.body);
        store::put_file(tx, course, &file, &content).await?;
    }
    let mut entry = lesson.entry.clone().unwrap_or_else(|| json!({ "slug": lesson.slug, "title": lesson.title }));
    entry["file"] = file.as_str().into();
    Ok((file, entry))
}
