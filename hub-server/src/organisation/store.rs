//! The tables `organisations` and `memberships`.

use super::{Organisation, Role};
use chrono::{DateTime, Utc};
use shared_types::ids::{OrganisationId, StaffId};
use sqlx::PgConnection;

/// Adds an organisation.
pub async fn add(tx: &mut PgConnection, organisation: &Organisation, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into organisations (id, name, created_at) values ($1, $2, $3)",
        organisation.id.0,
        organisation.name,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Makes a staff member part of an organisation, or changes what they may do there.
pub async fn set_membership(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    staff: StaffId,
    role: Role,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into memberships (organisation_id, staff_id, role, created_at) values ($1, $2, $3, $4)
         on conflict (organisation_id, staff_id) do update set role = excluded.role",
        organisation.0,
        staff.0,
        role as Role,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The organisations in which a staff member may create classes, by name.
pub async fn taught_by(db: &mut PgConnection, staff: StaffId) -> sqlx::Result<Vec<Organisation>> {
    let rows = sqlx::query!(
        "select o.id, o.name from memberships m join organisations o on o.id = m.organisation_id
         where m.staff_id = $1 and m.role in ('owner', 'admin', 'teacher') order by o.name, o.id",
        staff.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Organisation { id: OrganisationId(row.id), name: row.name }).collect())
}
