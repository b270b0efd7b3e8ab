//! The table `lesson_drafts`: what somebody is writing, kept until it is published. What was thrown away is there for
//! [`UNDO_DAYS`] more, or until something is written in its place.

use super::form::Typed;
use chrono::{DateTime, Utc};
use shared_types::ids::{CourseId, LessonId, StaffId};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// How long throwing away can be taken back.
pub const UNDO_DAYS: i64 = 30;

/// Whose draft of what.
#[derive(Clone, Copy, Debug)]
pub struct Of {
    pub course: CourseId,
    /// None: a new lesson.
    pub lesson: Option<LessonId>,
    pub staff: StaffId,
}

/// A draft.
#[derive(Clone, Debug)]
pub struct Draft {
    pub typed: Typed,
    pub base_version: i32,
    pub revision: i32,
    pub saved_at: DateTime<Utc>,
}

/// What became of a saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// As this revision.
    As(i32),
    /// Another window saved meanwhile; its text stands, as this revision.
    Stale(i32),
}

/// Somebody's draft, unless it was thrown away.
pub async fn load(db: &mut PgConnection, of: Of) -> sqlx::Result<Option<Draft>> {
    let row = sqlx::query!(
        r#"select form as "form: Json<Typed>", base_version, revision, saved_at from lesson_drafts
           where course_id = $1 and lesson_id is not distinct from $2 and staff_id = $3 and discarded_at is null"#,
        of.course.0,
        of.lesson.map(Uuid::from),
        of.staff.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Draft {
        typed: row.form.0,
        base_version: row.base_version,
        revision: row.revision,
        saved_at: row.saved_at,
    }))
}

/// Saves a draft over `revision`, over one that was thrown away, or as the first one. `id` is for a first one.
pub async fn save(tx: &mut PgConnection, of: Of, id: Uuid, draft: &Draft) -> sqlx::Result<Saved> {
    let updated = sqlx::query_scalar!(
        "update lesson_drafts
         set form = $5, base_version = $6, revision = revision + 1, saved_at = $7, discarded_at = null
         where course_id = $1 and lesson_id is not distinct from $2 and staff_id = $3
           and (revision = $4 or discarded_at is not null)
         returning revision",
        of.course.0,
        of.lesson.map(Uuid::from),
        of.staff.0,
        draft.revision,
        Json(&draft.typed) as _,
        draft.base_version,
        draft.saved_at,
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(revision) = updated {
        return Ok(Saved::As(revision));
    }
    let added = sqlx::query!(
        "insert into lesson_drafts (id, course_id, lesson_id, staff_id, form, base_version, saved_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        id,
        of.course.0,
        of.lesson.map(Uuid::from),
        of.staff.0,
        Json(&draft.typed) as _,
        draft.base_version,
        draft.saved_at,
    )
    .execute(&mut *tx)
    .await?;
    if added.rows_affected() == 1 {
        return Ok(Saved::As(1));
    }
    Ok(Saved::Stale(load(tx, of).await?.map_or(0, |standing| standing.revision)))
}

/// Throws somebody's draft away.
pub async fn discard(db: &mut PgConnection, of: Of, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update lesson_drafts set discarded_at = $4
         where course_id = $1 and lesson_id is not distinct from $2 and staff_id = $3 and discarded_at is null",
        of.course.0,
        of.lesson.map(Uuid::from),
        of.staff.0,
        now,
    )
    .execute(db)
    .await
    .map(drop)
}

/// Takes that back, if it was done since; whether there was something to take back.
pub async fn restore(db: &mut PgConnection, of: Of, since: DateTime<Utc>) -> sqlx::Result<bool> {
    let restored = sqlx::query!(
        "update lesson_drafts set discarded_at = null
         where course_id = $1 and lesson_id is not distinct from $2 and staff_id = $3 and discarded_at >= $4",
        of.course.0,
        of.lesson.map(Uuid::from),
        of.staff.0,
        since,
    )
    .execute(db)
    .await?;
    Ok(restored.rows_affected() > 0)
}

/// Forgets what was thrown away before. Returns how many.
pub async fn sweep(db: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let forgotten = sqlx::query!("delete from lesson_drafts where discarded_at < $1", before).execute(db).await?;
    Ok(forgotten.rows_affected())
}

/// Forgets somebody's draft: what was in it is published.
pub async fn forget(tx: &mut PgConnection, of: Of) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from lesson_drafts where course_id = $1 and lesson_id is not distinct from $2 and staff_id = $3",
        of.course.0,
        of.lesson.map(Uuid::from),
        of.staff.0,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Who else writes on the same lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherDraft {
    pub by: String,
    pub saved_at: DateTime<Utc>,
}

/// The drafts of others of the same lesson, newest first.
pub async fn of_others(db: &mut PgConnection, of: Of) -> sqlx::Result<Vec<OtherDraft>> {
    sqlx::query_as!(
        OtherDraft,
        "select p.display_name as by, d.saved_at from lesson_drafts d join staff p on p.id = d.staff_id
         where d.course_id = $1 and d.lesson_id = $2 and d.staff_id <> $3 and d.discarded_at is null
         order by d.saved_at desc limit 5",
        of.course.0,
        of.lesson.map(Uuid::from),
        of.staff.0,
    )
    .fetch_all(db)
    .await
}
