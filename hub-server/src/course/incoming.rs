//! A course that was sent in and is being looked at: kept as it came until somebody imports it or a day has passed.

use super::{Pack, PackFault, PackFaults, why::Why};
use chrono::{DateTime, Duration, Utc};
use shared_types::ids::{OrganisationId, StaffId};
use sqlx::PgConnection;
use uuid::Uuid;

/// How long one can look at it.
const KEPT: Duration = Duration::days(1);

/// A course that was sent in.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub id: Uuid,
    pub organisation: OrganisationId,
    pub file_name: String,
    pub content: Vec<u8>,
}

impl Incoming {
    /// Reads it, off the threads that answer requests.
    pub async fn read(&self) -> Result<Pack, PackFaults> {
        let (name, content) = (self.file_name.clone(), self.content.clone());
        let read = tokio::task::spawn_blocking(move || Pack::read_bytes(&name, &content)).await;
        read.unwrap_or_else(|error| {
            Err(PackFault::of_file(&self.file_name, Why::Unreadable { detail: error.to_string() }).into())
        })
    }
}

/// Keeps what was sent in; one for each person, the newest.
pub async fn keep(tx: &mut PgConnection, staff: StaffId, incoming: &Incoming, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("delete from course_imports where staff_id = $1", staff.0).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into course_imports (id, organisation_id, staff_id, file_name, content, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        incoming.id,
        incoming.organisation.0,
        staff.0,
        incoming.file_name,
        incoming.content,
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
        r#"select i.id, i.organisation_id as "organisation: OrganisationId", i.file_name, i.content
           from course_imports i
           join memberships m on m.organisation_id = i.organisation_id and m.staff_id = i.staff_id
           where i.id = $1 and i.staff_id = $2 and m.role in ('owner', 'admin', 'teacher')"#,
        id,
        staff.0,
    )
    .fetch_optional(db)
    .await
}

/// Forgets one; false where it was gone already.
pub async fn forget(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let gone = sqlx::query!("delete from course_imports where id = $1", id).execute(tx).await?;
    Ok(gone.rows_affected() == 1)
}

/// Forgets what nobody imported; returns how many.
pub async fn sweep(tx: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let old = sqlx::query!("delete from course_imports where created_at < $1", now - KEPT).execute(tx).await?;
    Ok(old.rows_affected())
}
