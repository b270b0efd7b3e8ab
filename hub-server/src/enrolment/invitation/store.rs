//! The table `invitations`, and the seats that students take of them.

use super::{Invitation, Standing};
use crate::classroom::{Classroom, Enrolment};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, InvitationId, OrganisationId};
use sqlx::PgConnection;

/// What a new invitation is made of.
pub struct NewInvitation {
    pub id: InvitationId,
    pub classroom: ClassroomId,
    pub label: String,
    pub token_hash: [u8; 32],
    pub sealed_token: Vec<u8>,
    pub seats: Option<i32>,
    pub expires_at: Option<DateTime<Utc>>,
}

/// Adds an invitation.
pub async fn add(tx: &mut PgConnection, invitation: &NewInvitation, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invitations
             (id, classroom_id, label, token_hash, sealed_token, seats, expires_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        invitation.id.0,
        invitation.classroom.0,
        invitation.label,
        &invitation.token_hash[..],
        invitation.sealed_token,
        invitation.seats,
        invitation.expires_at,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The invitations of a class, newest first.
pub async fn of_class(db: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<Vec<Invitation>> {
    sqlx::query_as!(
        Invitation,
        r#"select id as "id: InvitationId", label, sealed_token, seats, expires_at, disabled_at,
                  (select count(*) from students s where s.invitation_id = i.id) as "taken!"
           from invitations i where classroom_id = $1 order by created_at desc, id"#,
        classroom.0,
    )
    .fetch_all(db)
    .await
}

/// Switches an invitation of a class off; false where there is none that is on.
pub async fn disable(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    id: InvitationId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let off = sqlx::query!(
        "update invitations set disabled_at = $3 where id = $1 and classroom_id = $2 and disabled_at is null",
        id.0,
        classroom.0,
        now,
    );
    Ok(off.execute(tx).await?.rows_affected() == 1)
}

/// The invitation of a token, and the class it is into.
pub async fn by_token(db: &mut PgConnection, token: &[u8; 32]) -> sqlx::Result<Option<(Invitation, Classroom)>> {
    let row = sqlx::query!(
        r#"select i.id, i.label, i.sealed_token, i.seats, i.expires_at, i.disabled_at,
                  (select count(*) from students s where s.invitation_id = i.id) as "taken!",
                  c.id as classroom, c.organisation_id, c.name, c.code, c.enrolment as "enrolment: Enrolment",
                  c.locked, c.epoch, c.accent, c.archived_at
           from invitations i join classrooms c on c.id = i.classroom_id
           where i.token_hash = $1"#,
        &token[..],
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let invitation = Invitation {
            id: InvitationId(row.id),
            label: row.label,
            sealed_token: row.sealed_token,
            seats: row.seats,
            taken: row.taken,
            expires_at: row.expires_at,
            disabled_at: row.disabled_at,
        };
        let classroom = Classroom {
            id: ClassroomId(row.classroom),
            organisation: OrganisationId(row.organisation_id),
            name: row.name,
            code: row.code,
            enrolment: row.enrolment,
            locked: row.locked,
            epoch: row.epoch,
            accent: row.accent,
            archived_at: row.archived_at,
        };
        (invitation, classroom)
    }))
}

/// Holds an invitation until the transaction ends, so that of those who join by it one after the other is counted.
/// Only with `Open` is there a seat for the student who is added next.
pub async fn claim_seat(tx: &mut PgConnection, id: InvitationId, now: DateTime<Utc>) -> sqlx::Result<Standing> {
    let token = lock(tx, id).await?;
    // Counted by a statement of its own: one that waited for the lock would still see the seats as they were before.
    let found = match token {
        Some(token) => by_token(tx, &token).await?,
        None => None,
    };
    Ok(found.map_or(Standing::Disabled, |(invitation, classroom)| Standing::of(&invitation, &classroom, now)))
}

async fn lock(tx: &mut PgConnection, id: InvitationId) -> sqlx::Result<Option<[u8; 32]>> {
    let hash = sqlx::query_scalar!("select token_hash from invitations where id = $1 for update", id.0);
    Ok(hash.fetch_optional(tx).await?.and_then(|hash| hash.try_into().ok()))
}
