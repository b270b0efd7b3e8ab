//! The table `classrooms` and, for reading, `students` and what is known about them.

use super::{ClassCode, Classroom, Enrolment};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, OrganisationId, StaffId, StudentId};
use sqlx::PgConnection;

/// A class as the staff's home page lists it.
#[derive(Clone, Debug)]
pub struct ListedClass {
    pub id: ClassroomId,
    pub name: String,
    pub organisation: String,
    pub code: String,
    pub locked: bool,
    pub enrolment: Enrolment,
    /// They call it their own.
    pub own: bool,
    pub students: i64,
    /// Browsers waiting to be let in.
    pub waiting: i64,
    /// Work that was handed in and is not graded.
    pub ungraded: i64,
    /// Students who told the helper since the given time that they are stuck.
    pub stuck: i64,
}

/// The classes of every organisation a staff member belongs to: their own first, then the newest.
pub async fn of_staff(
    db: &mut PgConnection,
    staff: StaffId,
    stuck_since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<ListedClass>> {
    sqlx::query_as!(
        ListedClass,
        r#"select c.id as "id: ClassroomId", c.name, o.name as organisation, c.code, c.locked,
                  c.enrolment as "enrolment: Enrolment",
                  w.staff_id is not null as "own!",
                  (select count(*) from students s where s.classroom_id = c.id) as "students!",
                  (select count(*) from ungraded_work g where g.classroom_id = c.id) as "ungraded!",
                  (select count(distinct e.actor_id) from helper_events e
                   where e.classroom_id = c.id and e.at >= $3 and e.intent = 'stuck'
                     and e.actor_kind = 'student') as "stuck!",
                  (select count(*) from entry_requests r join students s on s.id = r.student_id
                   where s.classroom_id = c.id and r.state = 'waiting' and r.expires_at > $2) as "waiting!"
           from memberships m
           join organisations o on o.id = m.organisation_id
           join classrooms c on c.organisation_id = o.id
           left join classroom_teachers w on w.classroom_id = c.id and w.staff_id = m.staff_id
           where m.staff_id = $1 and c.archived_at is null
           order by w.staff_id is null, c.created_at desc, c.id"#,
        staff.0,
        now,
        stuck_since,
    )
    .fetch_all(db)
    .await
}

/// Adds a class; false where the code is taken, and another must be tried.
pub async fn add(tx: &mut PgConnection, classroom: &Classroom, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into classrooms (id, organisation_id, name, code, enrolment, locked, epoch, accent, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (code) do nothing",
        classroom.id.0,
        classroom.organisation.0,
        classroom.name,
        classroom.code,
        classroom.enrolment as Enrolment,
        classroom.locked,
        classroom.epoch,
        classroom.accent,
        now,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Whether a class of an organisation has the name.
pub async fn name_is_taken(db: &mut PgConnection, organisation: OrganisationId, name: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from classrooms where organisation_id = $1 and name = $2 and deleted_at is null)
           as "taken!""#,
        organisation.0,
        name,
    )
    .fetch_one(db)
    .await
}

/// Puts a class first on a staff member's home page.
pub async fn call_own(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    staff: StaffId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into classroom_teachers (classroom_id, staff_id, since) values ($1, $2, $3) on conflict do nothing",
        classroom.0,
        staff.0,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Puts it back among the others.
pub async fn call_another_s(tx: &mut PgConnection, classroom: ClassroomId, staff: StaffId) -> sqlx::Result<()> {
    sqlx::query!("delete from classroom_teachers where classroom_id = $1 and staff_id = $2", classroom.0, staff.0)
        .execute(tx)
        .await
        .map(drop)
}

/// Whether a staff member calls a class their own.
pub async fn is_own(db: &mut PgConnection, classroom: ClassroomId, staff: StaffId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from classroom_teachers where classroom_id = $1 and staff_id = $2) as "own!""#,
        classroom.0,
        staff.0,
    )
    .fetch_one(db)
    .await
}

/// Gives a class another code; false where that code is taken.
pub async fn set_code(tx: &mut PgConnection, classroom: ClassroomId, code: &ClassCode) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update classrooms set code = $2 where id = $1 and not exists (select from classrooms where code = $2)",
        classroom.0,
        code.as_str(),
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Stops or allows new joins.
pub async fn set_locked(tx: &mut PgConnection, classroom: ClassroomId, locked: bool) -> sqlx::Result<()> {
    sqlx::query!("update classrooms set locked = $2 where id = $1", classroom.0, locked).execute(tx).await.map(drop)
}

/// Decides who may join.
pub async fn set_enrolment(tx: &mut PgConnection, classroom: ClassroomId, enrolment: Enrolment) -> sqlx::Result<()> {
    sqlx::query!("update classrooms set enrolment = $2 where id = $1", classroom.0, enrolment as Enrolment)
        .execute(tx)
        .await
        .map(drop)
}

/// Raises the epoch, which revokes every scope token of the class; returns the new one.
pub async fn raise_epoch(tx: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<i32> {
    sqlx::query_scalar!("update classrooms set epoch = epoch + 1 where id = $1 returning epoch", classroom.0)
        .fetch_one(tx)
        .await
}

/// What happened in a class since a point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    pub students: i64,
    /// Students seen since then.
    pub seen: i64,
    /// Questions answered since then, and all that were asked.
    pub answered: i64,
    pub asked: i64,
    /// Browsers waiting to be let in.
    pub waiting: i64,
}

/// Counts of a class since `since`, in one statement.
pub async fn activity(
    db: &mut PgConnection,
    classroom: ClassroomId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<Activity> {
    sqlx::query_as!(
        Activity,
        r#"select s.students as "students!", s.seen as "seen!", e.answered as "answered!", e.asked as "asked!",
                  w.waiting as "waiting!"
           from (select count(*) as students, count(*) filter (where last_seen_at >= $2 and added_at is distinct from last_seen_at) as seen
                 from students where classroom_id = $1) s,
                (select count(*) filter (where outcome = 'answered') as answered, count(*) as asked
                 from helper_events where classroom_id = $1 and at >= $2) e,
                (select count(*) as waiting from entry_requests r join students p on p.id = r.student_id
                 where p.classroom_id = $1 and r.state = 'waiting' and r.expires_at > $3) w"#,
        classroom.0,
        since,
        now,
    )
    .fetch_one(db)
    .await
}

/// A student as the teacher knows them.
#[derive(Clone, Debug)]
pub struct KnownStudent {
    pub id: StudentId,
    pub display_name: String,
    pub joined_at: DateTime<Utc>,
    /// None where a teacher put them on the list and they have not come in yet.
    pub last_seen_at: Option<DateTime<Utc>>,
    /// A teacher put them on the list.
    pub added: bool,
    /// What the link is called they joined by.
    pub invitation: Option<String>,
    /// Browsers with a session, and those that may come back without a code.
    pub sessions: i64,
    pub devices: i64,
}

/// One student of a class.
pub async fn student(
    db: &mut PgConnection,
    classroom: ClassroomId,
    student: StudentId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<KnownStudent>> {
    sqlx::query_as!(
        KnownStudent,
        r#"select s.id as "id: StudentId", s.display_name, s.joined_at, s.added_at is not null as "added!",
                  case when s.added_at is distinct from s.last_seen_at then s.last_seen_at end as last_seen_at,
                  i.label as "invitation?",
                  (select count(*) from sessions n where n.student_id = s.id and n.expires_at > $3) as "sessions!",
                  (select count(*) from student_devices d where d.student_id = s.id) as "devices!"
           from students s left join invitations i on i.id = s.invitation_id
           where s.id = $1 and s.classroom_id = $2"#,
        student.0,
        classroom.0,
        now,
    )
    .fetch_optional(db)
    .await
}

/// What goes when a student is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Belongings {
    pub submissions: i64,
    pub responses: i64,
    pub drafts: i64,
    pub finished: i64,
    pub certificates: i64,
}

/// What belongs to a student.
pub async fn belongings(db: &mut PgConnection, student: StudentId) -> sqlx::Result<Belongings> {
    sqlx::query_as!(
        Belongings,
        r#"select (select count(*) from submissions where student_id = $1) as "submissions!",
                  (select count(*) from responses where student_id = $1) as "responses!",
                  (select count(*) from drafts where student_id = $1) as "drafts!",
                  (select count(*) from finished_lessons where student_id = $1) as "finished!",
                  (select count(*) from certificates where student_id = $1) as "certificates!""#,
        student.0,
    )
    .fetch_one(db)
    .await
}
