//! The table `entry_requests`.

use super::State;
use crate::classroom::{Classroom, Enrolment};
use chrono::{DateTime, Utc};
use shared_types::ids::{ClassroomId, EntryRequestId, OrganisationId, StudentId};
use sqlx::PgConnection;

/// Notes that a browser asks to be let in as a student, instead of what it asked before.
pub async fn add(
    tx: &mut PgConnection,
    id: EntryRequestId,
    student: StudentId,
    browser: &[u8],
    asked_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into entry_requests (id, student_id, browser_hash, asked_at, expires_at) values ($1, $2, $3, $4, $5)",
        id.0,
        student.0,
        browser,
        asked_at,
        asked_at + super::WAITS,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// How many browsers wait for one student.
pub async fn waiting_for(db: &mut PgConnection, student: StudentId, now: DateTime<Utc>) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from entry_requests
           where student_id = $1 and state = 'waiting' and expires_at > $2"#,
        student.0,
        now,
    )
    .fetch_one(db)
    .await
}

/// A request as the browser that asked knows it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: EntryRequestId,
    pub student: StudentId,
    pub display_name: String,
    pub state: State,
    pub entered: bool,
    pub classroom: Classroom,
}

/// The request of a browser, unless it has ended or the class is archived.
pub async fn of_browser(db: &mut PgConnection, browser: &[u8], now: DateTime<Utc>) -> sqlx::Result<Option<Asked>> {
    let row = sqlx::query!(
        r#"select r.id, r.state as "state: State", r.entered_at is not null as "entered!", s.id as student,
                  s.display_name, c.id as classroom, c.organisation_id, c.name, c.code,
                  c.enrolment as "enrolment: Enrolment", c.locked, c.epoch, c.accent
           from entry_requests r
           join students s on s.id = r.student_id
           join classrooms c on c.id = s.classroom_id
           where r.browser_hash = $1 and r.expires_at > $2 and c.archived_at is null
           for update of r"#,
        browser,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Asked {
        id: EntryRequestId(row.id),
        student: StudentId(row.student),
        display_name: row.display_name,
        state: row.state,
        entered: row.entered,
        classroom: Classroom {
            id: ClassroomId(row.classroom),
            organisation: OrganisationId(row.organisation_id),
            name: row.name,
            code: row.code,
            enrolment: row.enrolment,
            locked: row.locked,
            epoch: row.epoch,
            accent: row.accent,
            archived_at: None,
        },
    }))
}

/// Notes that the browser has come in.
pub async fn note_entry(tx: &mut PgConnection, id: EntryRequestId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update entry_requests set entered_at = $2 where id = $1", id.0, now).execute(tx).await.map(drop)
}

/// Forgets the request of a browser.
pub async fn withdraw(tx: &mut PgConnection, browser: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from entry_requests where browser_hash = $1", browser).execute(tx).await.map(drop)
}

/// A request as the teacher knows it.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: EntryRequestId,
    pub display_name: String,
    pub asked_at: DateTime<Utc>,
}

/// Who waits in a class, longest first.
pub async fn waiting_in(
    db: &mut PgConnection,
    classroom: ClassroomId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select r.id as "id: EntryRequestId", s.display_name, r.asked_at
           from entry_requests r join students s on s.id = r.student_id
           where s.classroom_id = $1 and r.state = 'waiting' and r.expires_at > $2
           order by r.asked_at, r.id"#,
        classroom.0,
        now,
    )
    .fetch_all(db)
    .await
}

/// Answers a request of a class; returns whose it is, or nothing where no such request waits.
pub async fn decide(
    tx: &mut PgConnection,
    classroom: ClassroomId,
    id: EntryRequestId,
    state: State,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<StudentId>> {
    sqlx::query_scalar!(
        r#"update entry_requests r set state = $3, expires_at = $4
           from students s
           where r.id = $1 and s.id = r.student_id and s.classroom_id = $2
             and r.state = 'waiting' and r.expires_at > $5
           returning s.id as "id: StudentId""#,
        id.0,
        classroom.0,
        state as State,
        now + super::ANSWERED,
        now,
    )
    .fetch_optional(tx)
    .await
}

/// Forgets every request for one student.
pub async fn forget_of_student(tx: &mut PgConnection, student: StudentId) -> sqlx::Result<()> {
    sqlx::query!("delete from entry_requests where student_id = $1", student.0).execute(tx).await.map(drop)
}

/// Forgets every request of a class.
pub async fn forget_of_class(tx: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from entry_requests r using students s where s.id = r.student_id and s.classroom_id = $1",
        classroom.0,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Forgets requests that have ended; returns how many.
pub async fn sweep(tx: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let result = sqlx::query!("delete from entry_requests where expires_at <= $1", now).execute(tx).await?;
    Ok(result.rows_affected())
}
