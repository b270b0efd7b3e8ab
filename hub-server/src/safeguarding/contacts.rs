//! The tables `safeguarding` and `safeguarding_contacts`: whether alerts are switched on, and who gets them.

use crate::organisation::{Organisation, Role};
use chrono::{DateTime, Utc};
use shared_types::ids::{OrganisationId, StaffId};
use sqlx::PgConnection;
use uuid::Uuid;

/// Somebody of the organisation, and what they are told of.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub staff: StaffId,
    pub display_name: String,
    pub email: String,
    pub now: bool,
    pub today: bool,
}

/// What an organisation decided.
#[derive(Clone, Debug)]
pub struct Decided {
    pub enabled: bool,
    pub candidates: Vec<Candidate>,
}

/// What an organisation has decided so far, with everybody who could be a contact, by name.
pub async fn of(db: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<Decided> {
    let enabled = sqlx::query_scalar!("select enabled from safeguarding where organisation_id = $1", organisation.0)
        .fetch_optional(&mut *db)
        .await?;
    let candidates = sqlx::query_as!(
        Candidate,
        r#"select p.id as "staff: StaffId", p.display_name, p.email,
                  bool_or(t.tier is not distinct from 'now') as "now!",
                  bool_or(t.tier is not distinct from 'today') as "today!"
           from memberships m
           join staff p on p.id = m.staff_id and p.disabled_at is null
           left join safeguarding_contacts t on t.organisation_id = m.organisation_id and t.staff_id = m.staff_id
           where m.organisation_id = $1
           group by p.id order by p.display_name, p.email"#,
        organisation.0,
    )
    .fetch_all(db)
    .await?;
    Ok(Decided { enabled: enabled.unwrap_or(false), candidates })
}

/// Replaces what was decided. Who is not of the organisation becomes no contact.
pub async fn decide(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    enabled: bool,
    contacts: &[(&'static str, Vec<Uuid>)],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into safeguarding (organisation_id, enabled, changed_at) values ($1, $2, $3)
         on conflict (organisation_id) do update set enabled = $2, changed_at = $3",
        organisation.0,
        enabled,
        now,
    )
    .execute(&mut *tx)
    .await?;
    for (tier, staff) in contacts {
        sqlx::query!(
            "delete from safeguarding_contacts where organisation_id = $1 and tier = $2 and staff_id <> all($3)",
            organisation.0,
            tier,
            staff,
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "insert into safeguarding_contacts (organisation_id, staff_id, tier)
             select m.organisation_id, m.staff_id, $2
             from memberships m join staff p on p.id = m.staff_id and p.disabled_at is null
             where m.organisation_id = $1 and m.staff_id = any($3)
             on conflict do nothing",
            organisation.0,
            tier,
            staff,
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// An organisation that somebody administers, and whether alerts are switched on there.
#[derive(Clone, Debug)]
pub struct Administered {
    pub organisation: Organisation,
    pub enabled: bool,
    /// Teachers may read what students and the helper write.
    pub read_along: bool,
}

/// The organisations that somebody administers, by name.
pub async fn administered_by(db: &mut PgConnection, staff: StaffId) -> sqlx::Result<Vec<Administered>> {
    let rows = sqlx::query!(
        r#"select o.id, o.name, m.role as "role: Role", coalesce(s.enabled, false) as "enabled!",
                  coalesce(r.enabled, false) as "read_along!"
           from memberships m
           join organisations o on o.id = m.organisation_id
           left join safeguarding s on s.organisation_id = o.id
           left join transcripts r on r.organisation_id = o.id
           where m.staff_id = $1 order by o.name, o.id"#,
        staff.0,
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().filter(|row| row.role.may_administer());
    Ok(rows
        .map(|row| Administered {
            organisation: Organisation { id: OrganisationId(row.id), name: row.name },
            enabled: row.enabled,
            read_along: row.read_along,
        })
        .collect())
}
