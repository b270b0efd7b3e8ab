//! The table `transcripts`, and who has asked the helper lately.

use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, OrganisationId, StudentId};
use sqlx::PgConnection;

/// Whether teachers of an organisation may read along.
pub async fn enabled(db: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<bool> {
    let enabled = sqlx::query_scalar!("select enabled from transcripts where organisation_id = $1", organisation.0);
    Ok(enabled.fetch_optional(db).await?.unwrap_or(false))
}

/// Since when teachers of an organisation may read along; none where they may not.
pub async fn enabled_since(db: &mut PgConnection, organisation: OrganisationId) -> sqlx::Result<Option<DateTime<Utc>>> {
    let since = sqlx::query_scalar!(
        "select changed_at from transcripts where organisation_id = $1 and enabled",
        organisation.0
    );
    since.fetch_optional(db).await
}

/// Switches it on or off. Saved as it was, it counts from when it was switched.
pub async fn set(
    tx: &mut PgConnection,
    organisation: OrganisationId,
    enabled: bool,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into transcripts (organisation_id, enabled, changed_at) values ($1, $2, $3)
         on conflict (organisation_id) do update set enabled = $2,
             changed_at = case when transcripts.enabled = $2 then transcripts.changed_at else $3 end",
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

/// What a student of a class is called; none where there is no such student.
pub async fn name_in_class(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select display_name from students where id = $2 and classroom_id = $1",
        classroom.0,
        student.0,
    )
    .fetch_optional(db)
    .await
}
