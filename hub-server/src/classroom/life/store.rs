//! The table `classrooms`, as far as a class changes as a whole.

use crate::classroom::create::Look;
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, StaffId};
use sqlx::PgConnection;

/// Gives a class another name and colour.
pub async fn set_look(tx: &mut PgConnection, classroom: ClassroomId, look: &Look) -> sqlx::Result<()> {
    sqlx::query!("update classrooms set name = $2, accent = $3 where id = $1", classroom.0, look.name, look.accent)
        .execute(tx)
        .await
        .map(drop)
}

/// Puts a class away since `at`, or takes it out again.
pub async fn set_archived(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    at: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query!("update classrooms set archived_at = $2 where id = $1 and deleted_at is null", classroom.0, at,)
        .execute(tx)
        .await
        .map(drop)
}

/// Deletes a class so that it can be brought back; false where that was done before.
pub async fn delete(tx: &mut PgConnection, classroom: ClassroomId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let deleted = sqlx::query!(
        "update classrooms set deleted_at = $2, archived_at = coalesce(archived_at, $2)
         where id = $1 and deleted_at is null",
        classroom.0,
        now,
    )
    .execute(tx)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Brings a deleted class back, archived where it was that before.
pub async fn restore(tx: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<()> {
    sqlx::query!(
        "update classrooms
         set archived_at = case when archived_at = deleted_at then null else archived_at end, deleted_at = null
         where id = $1 and deleted_at is not null",
        classroom.0,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Removes classes that were deleted before, with everything in them; returns how many. Files in the storage are left
/// without a row and swept away.
pub async fn sweep(tx: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let removed = sqlx::query!("delete from classrooms where deleted_at < $1", before).execute(tx).await?;
    Ok(removed.rows_affected())
}

/// A class that was put away or deleted.
#[derive(Clone, Debug)]
pub struct PastClass {
    pub id: ClassroomId,
    pub name: String,
    pub organisation: String,
    pub students: i64,
    pub archived_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
    /// Whether the reader may bring it back.
    pub may_change: bool,
}

/// The archived classes of every organisation a staff member belongs to, and those deleted since, newest first.
pub async fn past(db: &mut PgConnection, staff: StaffId, since: DateTime<Utc>) -> sqlx::Result<Vec<PastClass>> {
    sqlx::query_as!(
        PastClass,
        r#"select c.id as "id: ClassroomId", c.name, o.name as organisation, c.archived_at as "archived_at!",
                  c.deleted_at, m.role <> 'viewer' as "may_change!",
                  (select count(*) from students s where s.classroom_id = c.id) as "students!"
           from memberships m
           join organisations o on o.id = m.organisation_id
           join classrooms c on c.organisation_id = o.id
           where m.staff_id = $1 and c.archived_at is not null and (c.deleted_at is null or c.deleted_at >= $2)
           order by coalesce(c.deleted_at, c.archived_at) desc, c.id"#,
        staff.0,
        since,
    )
    .fetch_all(db)
    .await
}

/// How much is in a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    pub students: i64,
    pub files: i64,
    pub answers: i64,
    pub modules: i64,
    pub materials: i64,
    pub certificates: i64,
}

/// What goes with a class.
pub async fn contents(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Contents> {
    sqlx::query_as!(
        Contents,
        r#"select (select count(*) from students where classroom_id = $1) as "students!",
                  (select count(*) from submissions w join students s on s.id = w.student_id
                   where s.classroom_id = $1) as "files!",
                  (select count(*) from responses w join students s on s.id = w.student_id
                   where s.classroom_id = $1) as "answers!",
                  (select count(*) from modules where classroom_id = $1 and deleted_at is null) as "modules!",
                  (select count(*) from materials m join modules u on u.id = m.module_id
                   where u.classroom_id = $1 and u.deleted_at is null and m.deleted_at is null) as "materials!",
                  (select count(*) from certificates w join students s on s.id = w.student_id
                   where s.classroom_id = $1) as "certificates!""#,
        classroom.0,
    )
    .fetch_one(db)
    .await
}
