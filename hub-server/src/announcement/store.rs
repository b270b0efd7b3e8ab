//! The table `announcements`. Everything is reached through a class.

use super::{Announcement, form::Written};
use chrono::{DateTime, Utc};
use shared_types::ids::{AnnouncementId, ClassroomId, StaffId};
use sqlx::PgConnection;

/// Adds one.
pub async fn add(
    tx: &mut PgConnection,
    id: AnnouncementId,
    classroom: ClassroomId,
    author: StaffId,
    written: &Written,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into announcements (id, classroom_id, staff_id, source, html, ends_at, published_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        classroom.0,
        author.0,
        written.source,
        written.html,
        written.ends_at,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Changes one of a class; false where there is no such one.
pub async fn change(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    id: AnnouncementId,
    written: &Written,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update announcements set source = $3, html = $4, ends_at = $5, changed_at = $6
         where classroom_id = $1 and id = $2 and deleted_at is null",
        classroom.0,
        id.0,
        written.source,
        written.html,
        written.ends_at,
        now,
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Deletes one of a class so that it can be brought back; false where there is no such one.
pub async fn delete(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    id: AnnouncementId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let deleted = sqlx::query!(
        "update announcements set deleted_at = $3 where classroom_id = $1 and id = $2 and deleted_at is null",
        classroom.0,
        id.0,
        now,
    )
    .execute(tx)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Brings back one of a class that was deleted since; false where there is no such one.
pub async fn restore(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    id: AnnouncementId,
    since: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let restored = sqlx::query!(
        "update announcements set deleted_at = null
         where classroom_id = $1 and id = $2 and (deleted_at is null or deleted_at >= $3)",
        classroom.0,
        id.0,
        since,
    )
    .execute(tx)
    .await?;
    Ok(restored.rows_affected() == 1)
}

/// Removes those that were deleted before; returns how many.
pub async fn sweep(tx: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let removed = sqlx::query!("delete from announcements where deleted_at < $1", before).execute(tx).await?;
    Ok(removed.rows_affected())
}

/// Those of a class, newest first and at most `most`; where `at` is given, only those students see then.
pub async fn of_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    at: Option<DateTime<Utc>>,
    most: i64,
) -> sqlx::Result<Vec<Announcement>> {
    sqlx::query_as!(
        Announcement,
        r#"select a.id as "id: AnnouncementId", a.source, a.html, p.display_name as "author?", a.published_at,
                  a.changed_at, a.ends_at
           from announcements a left join staff p on p.id = a.staff_id
           where a.classroom_id = $1 and a.deleted_at is null
             and ($2::timestamptz is null or a.ends_at is null or a.ends_at > $2)
           order by a.published_at desc, a.id limit $3"#,
        classroom.0,
        at,
        most,
    )
    .fetch_all(db)
    .await
}

/// One of a class.
pub async fn one(
    db: &mut PgConnection,
    classroom: ClassroomId,
    id: AnnouncementId,
) -> sqlx::Result<Option<Announcement>> {
    sqlx::query_as!(
        Announcement,
        r#"select a.id as "id: AnnouncementId", a.source, a.html, p.display_name as "author?", a.published_at,
                  a.changed_at, a.ends_at
           from announcements a left join staff p on p.id = a.staff_id
           where a.classroom_id = $1 and a.id = $2 and a.deleted_at is null"#,
        classroom.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}
