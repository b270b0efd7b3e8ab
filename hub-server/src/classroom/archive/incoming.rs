//! The table `class_imports`: archives that were sent in and are being looked at; forgotten after a day.

use crate::storage;
use chrono::{DateTime, Duration, Utc};
use shared_types::ids::{FileId, OrganisationId, StaffId};
use sqlx::PgConnection;
use uuid::Uuid;

/// How long one can look at it.
const KEPT: Duration = Duration::days(1);

/// An archive that was sent in.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub id: Uuid,
    pub organisation: OrganisationId,
    pub file: FileId,
}

/// Keeps one; its file has its row already. One for each person, the newest.
pub async fn keep(tx: &mut PgConnection, staff: StaffId, one: &Incoming, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("delete from class_imports where staff_id = $1", staff.0).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into class_imports (id, organisation_id, staff_id, file_id, created_at) values ($1, $2, $3, $4, $5)",
        one.id,
        one.organisation.0,
        staff.0,
        one.file.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// What somebody sent in, as long as they may teach where it is meant for.
pub async fn of_staff(db: &mut PgConnection, staff: StaffId, id: Uuid) -> sqlx::Result<Option<Incoming>> {
    sqlx::query_as!(
        Incoming,
        r#"select i.id, i.organisation_id as "organisation: OrganisationId", i.file_id as "file: FileId"
           from class_imports i
           join memberships m on m.organisation_id = i.organisation_id and m.staff_id = i.staff_id
           where i.id = $1 and i.staff_id = $2 and m.role in ('owner', 'admin', 'teacher')"#,
        id,
        staff.0,
    )
    .fetch_optional(db)
    .await
}

/// Forgets one; false where it was gone already. Returns with it the files that nothing speaks of any more.
pub async fn forget(tx: &mut PgConnection, one: &Incoming) -> sqlx::Result<Option<Vec<FileId>>> {
    let gone = sqlx::query!("delete from class_imports where id = $1", one.id).execute(&mut *tx).await?;
    if gone.rows_affected() == 0 {
        return Ok(None);
    }
    storage::store::remove(tx, &[one.file]).await.map(Some)
}

/// Forgets what nobody brought in; returns how many. Their files go with the next sweep of the storage.
pub async fn sweep(tx: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let old = sqlx::query!("delete from class_imports where created_at < $1", now - KEPT).execute(tx).await?;
    Ok(old.rows_affected())
}
