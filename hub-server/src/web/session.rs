//! Sessions: one row per browser and person. The cookie holds a random token, the row its SHA-256, so that a copy of
//! the table signs nobody in; to revoke a session is to delete its row.

use crate::{
    app::App,
    web::browser::{CookieKind, NewCookie},
};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};
use shared_types::ids::{ClassroomId, StaffId, StudentId};
use sqlx::PgConnection;
use uuid::Uuid;

/// How long a staff member stays signed in: a school day.
const STAFF_HOURS: i64 = 12;
/// How long a student stays signed in; the device cookie brings them back afterwards.
const STUDENT_HOURS: i64 = 12;
/// How long a student's cookie stays: longer than the session, so that a form sent after its end is known to come from
/// one of our pages and what was typed comes back with the message.
const STUDENT_COOKIE_DAYS: i64 = 30;
/// Being seen is noted at most this often, so that reading a page costs no write.
const SEEN_EVERY: Duration = Duration::seconds(60);

/// SHA-256 of a cookie's token: what the table knows it by.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Starts a session of a staff member, who has shown the second factor or is about to; returns its cookie.
pub async fn open_for_staff(
    tx: &mut PgConnection,
    app: &App,
    staff: StaffId,
    second_factor: bool,
) -> sqlx::Result<NewCookie> {
    let (token, now) = (app.entropy.token(), app.clock.now());
    sqlx::query!(
        "insert into sessions (id, token_hash, staff_id, second_factor_at, created_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $5, $6)",
        app.entropy.id(now),
        hash(&token),
        staff.0,
        second_factor.then_some(now),
        now,
        now + Duration::hours(STAFF_HOURS),
    )
    .execute(tx)
    .await?;
    Ok(app.cookie(CookieKind::Staff, token, None))
}

/// Starts a session of a student; returns its cookie.
pub async fn open_for_student(tx: &mut PgConnection, app: &App, student: StudentId) -> sqlx::Result<NewCookie> {
    let (token, now) = (app.entropy.token(), app.clock.now());
    sqlx::query!(
        "insert into sessions (id, token_hash, student_id, created_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $4, $5)",
        app.entropy.id(now),
        hash(&token),
        student.0,
        now,
        now + Duration::hours(STUDENT_HOURS),
    )
    .execute(tx)
    .await?;
    Ok(app.cookie(CookieKind::Student, token, Some(STUDENT_COOKIE_DAYS * 24 * 3600)))
}

/// Ends the session of a cookie's token, if there is one.
pub async fn close(tx: &mut PgConnection, token: &str) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where token_hash = $1", hash(token)).execute(tx).await.map(drop)
}

/// Ends every session of a staff member.
pub async fn close_all_of_staff(tx: &mut PgConnection, staff: StaffId) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where staff_id = $1", staff.0).execute(tx).await.map(drop)
}

/// Ends every session of a student.
pub async fn close_all_of_student(tx: &mut PgConnection, student: StudentId) -> sqlx::Result<u64> {
    let closed = sqlx::query!("delete from sessions where student_id = $1", student.0).execute(tx).await?;
    Ok(closed.rows_affected())
}

/// Ends every session of a class's students.
pub async fn close_all_of_class(tx: &mut PgConnection, classroom: ClassroomId) -> sqlx::Result<u64> {
    let closed = sqlx::query!(
        "delete from sessions s using students p where p.id = s.student_id and p.classroom_id = $1",
        classroom.0,
    )
    .execute(tx)
    .await?;
    Ok(closed.rows_affected())
}

/// Removes sessions that have ended; returns how many.
pub async fn sweep(tx: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let result = sqlx::query!("delete from sessions where expires_at <= $1", now).execute(tx).await?;
    Ok(result.rows_affected())
}

/// Notes that the person behind a session was here, once a minute at most.
pub(super) async fn touch(
    db: &mut PgConnection,
    session: Uuid,
    last_seen: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if now - last_seen < SEEN_EVERY {
        return Ok(());
    }
    sqlx::query!(
        "with session as (update sessions set last_seen_at = $2 where id = $1 returning student_id)
         update students set last_seen_at = $2 from session where students.id = session.student_id",
        session,
        now,
    )
    .execute(db)
    .await
    .map(drop)
}
