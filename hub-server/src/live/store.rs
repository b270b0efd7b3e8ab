//! What a class is doing now, in four statements.

use crate::classroom::store::{Activity, activity};
use chrono::{DateTime, Duration, Utc};
use shared_types::ids::{ClassroomId, MaterialId, StaffId, StudentId};
use sqlx::PgConnection;

/// Being seen is noted once a minute; who was not seen for so long is elsewhere.
const HERE: Duration = Duration::minutes(10);
/// Most students who are listed.
const MOST: i64 = 60;
/// So many of the last works that were handed in are listed; the grading pages have the others.
const NEWEST: i64 = 8;

/// A student who is here now, or was stuck today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    pub student: StudentId,
    pub display_name: String,
    pub here: bool,
    /// When they last told the helper today that they are stuck.
    pub stuck_at: Option<DateTime<Utc>>,
}

/// Something that was handed in today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedIn {
    pub student: StudentId,
    pub display_name: String,
    pub material: MaterialId,
    pub title: String,
    pub at: DateTime<Utc>,
}

/// A class now.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub activity: Activity,
    pub present: Vec<Present>,
    pub handed_in: Vec<HandedIn>,
    /// All that was handed in today, listed or not.
    pub handed_in_count: i64,
}

/// The class now; its day began at `since`.
pub async fn snapshot(
    db: &mut PgConnection,
    classroom: ClassroomId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<Snapshot> {
    let activity = activity(db, classroom, since, now).await?;
    let present = present(db, classroom, since, now).await?;
    let (handed_in, handed_in_count) = handed_in(db, classroom, since).await?;
    Ok(Snapshot { activity, present, handed_in, handed_in_count })
}

async fn present(
    db: &mut PgConnection,
    classroom: ClassroomId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Present>> {
    sqlx::query_as!(
        Present,
        r#"select s.id as "student: StudentId", s.display_name, h.here as "here!", e.at as "stuck_at?"
           from students s
           cross join lateral (
               select s.last_seen_at >= $2 and s.added_at is distinct from s.last_seen_at
                      and exists (select from sessions n where n.student_id = s.id) as here) h
           left join (
               select actor_id, max(at) as at from helper_events
               where classroom_id = $1 and at >= $3 and actor_kind = 'student' and intent = 'stuck'
               group by actor_id) e on e.actor_id = s.id
           where s.classroom_id = $1 and (h.here or e.at is not null)
           order by s.name_key, s.id limit $4"#,
        classroom.0,
        now - HERE,
        since,
        MOST,
    )
    .fetch_all(db)
    .await
}

async fn handed_in(
    db: &mut PgConnection,
    classroom: ClassroomId,
    since: DateTime<Utc>,
) -> sqlx::Result<(Vec<HandedIn>, i64)> {
    let rows = sqlx::query!(
        r#"select s.id as "student: StudentId", s.display_name, m.id as "material: MaterialId", m.title,
                  w.at as "at!", count(*) over () as "count!"
           from (select f.student_id, f.material_id, max(f.submitted_at) as at
                 from submissions f join students p on p.id = f.student_id
                 where p.classroom_id = $1 and f.withdrawn_at is null and f.submitted_at >= $2
                 group by f.student_id, f.material_id
                 union all
                 select r.student_id, r.material_id, r.handed_in_at
                 from responses r join students p on p.id = r.student_id
                 where p.classroom_id = $1 and r.handed_in_at >= $2) w
           join students s on s.id = w.student_id
           join materials m on m.id = w.material_id and m.deleted_at is null
           join modules u on u.id = m.module_id and u.deleted_at is null
           order by w.at desc, s.id, m.id limit $3"#,
        classroom.0,
        since,
        NEWEST,
    )
    .fetch_all(db)
    .await?;
    let count = rows.first().map_or(0, |row| row.count);
    let handed_in = rows.into_iter().map(|row| HandedIn {
        student: row.student,
        display_name: row.display_name,
        material: row.material,
        title: row.title,
        at: row.at,
    });
    Ok((handed_in.collect(), count))
}

/// Whether the session that opened a stream still gives the right to look.
pub async fn may_still_look(
    db: &mut PgConnection,
    session: uuid::Uuid,
    staff: StaffId,
    classroom: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from sessions s
               join staff p on p.id = s.staff_id and p.disabled_at is null
               join memberships m on m.staff_id = p.id
               join classrooms c on c.organisation_id = m.organisation_id and c.deleted_at is null
               where s.id = $1 and s.staff_id = $2 and s.expires_at > $4 and c.id = $3) as "may!""#,
        session,
        staff.0,
        classroom.0,
        now,
    )
    .fetch_one(db)
    .await
}
