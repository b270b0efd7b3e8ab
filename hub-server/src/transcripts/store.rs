//! The table `transcripts`, and who has asked the helper lately.

use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, OrganisationId, StudentId};
use sqlx::PgConnection;

/// Whether teachers of an organisation may read along.
pub async fn enabled(db: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<bool> {
    let enabled = sqlx::query_scalar!("select enabled from transcripts where organisation_id = $1", organisation.0);
    Ok(enabled.fetch_optional(db).await?.unwrap_or(false))
}

/// Switches it on or off.
pub async fn set(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    enabled: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into transcripts (organisation_id, enabled, changed_at) values ($1, $2, $3)
         on conflict (organisation_id) do update set enabled = $2, changed_at = $3",
        organisation.0,
        enabled,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// A student who has asked.
#[derive(Clone, Debug)]
pub struct Asker {
    pub id: StudentId,
    pub display_name: String,
    pub questions: i64,
    pub last: DateTime<Utc>,
}

/// Who of a class has asked since a moment, the last one first.
pub async fn askers(db: &mut PgConnection, classroom: ClassroomId, since: DateTime<Utc>) -> sqlx::Result<Vec<Asker>> {
    sqlx::query_as!(
        Asker,
        r#"select s.id as "id: StudentId", s.display_name, count(*) as "questions!", max(e.at) as "last!"
           from helper_events e join students s on s.id = e.actor_id and s.classroom_id = e.classroom_id
           where e.classroom_id = $1 and e.at >= $2 and e.actor_kind = 'student'
           group by s.id order by max(e.at) desc"#,
        classroom.0,
        since,
    )
    .fetch_all(db)
    .await
}

/// Whether a student is of a class.
pub async fn is_of_class(db: &mut PgConnection, classroom: ClassroomId, student: StudentId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from students where id = $2 and classroom_id = $1) as "known!""#,
        classroom.0,
        student.0,
    )
    .fetch_one(db)
    .await
}
