//! The table `staff`.

use super::EmailAddress;
use crate::web::session;
use chrono::{DateTime, Utc};
use shared_types::ids::StaffId;
use sqlx::PgConnection;

/// Someone who is given an account.
#[derive(Clone, Debug)]
pub struct NewStaff {
    pub id: StaffId,
    pub email: EmailAddress,
    pub display_name: String,
    /// Made by [`super::Passwords::hash`].
    pub password_hash: String,
}

/// What signing in needs to know of an account.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub id: StaffId,
    pub password_hash: String,
    /// Whether there is a second factor to ask for.
    pub enrolled: bool,
}

/// Adds an account without a second factor.
pub async fn add(tx: &mut PgConnection, staff: &NewStaff, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into staff (id, email, display_name, password_hash, created_at) values ($1, $2, $3, $4, $5)",
        staff.id.0,
        staff.email.as_str(),
        staff.display_name,
        staff.password_hash,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// The credentials of an account that is not disabled.
pub async fn credentials(db: &mut PgConnection, email: &EmailAddress) -> sqlx::Result<Option<Credentials>> {
    sqlx::query_as!(
        Credentials,
        r#"select id as "id: StaffId", password_hash, totp_secret is not null as "enrolled!"
           from staff where email = $1 and disabled_at is null"#,
        email.as_str(),
    )
    .fetch_optional(db)
    .await
}

/// Whose account an address is, disabled or not.
pub async fn id_of(db: &mut PgConnection, email: &EmailAddress) -> sqlx::Result<Option<StaffId>> {
    sqlx::query_scalar!(r#"select id as "id: StaffId" from staff where email = $1"#, email.as_str())
        .fetch_optional(db)
        .await
}

/// Replaces the password, and ends every session that the old one had begun.
pub async fn set_password(tx: &mut PgConnection, staff: StaffId, password_hash: &str) -> sqlx::Result<()> {
    sqlx::query!("update staff set password_hash = $2 where id = $1", staff.0, password_hash).execute(&mut *tx).await?;
    session::close_all_of_staff(tx, staff).await
}

/// The sealed second factor, if one is enrolled.
pub async fn totp_secret(db: &mut PgConnection, staff: StaffId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select totp_secret from staff where id = $1", staff.0).fetch_one(db).await
}

/// Enrols the first second factor, whose code for time step `step` was just shown; false where there is one already.
pub async fn enrol_totp(tx: &mut PgConnection, staff: StaffId, sealed: &[u8], step: i64) -> sqlx::Result<bool> {
    let enrolled = sqlx::query!(
        "update staff set totp_secret = $2, totp_last_step = $3 where id = $1 and totp_secret is null",
        staff.0,
        sealed,
        step,
    )
    .execute(tx)
    .await?;
    Ok(enrolled.rows_affected() == 1)
}

/// Replaces the second factor, whatever there was; for set-up by whoever holds the database.
pub async fn replace_totp(tx: &mut PgConnection, staff: StaffId, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("update staff set totp_secret = $2, totp_last_step = 0 where id = $1", staff.0, sealed)
        .execute(tx)
        .await
        .map(drop)
}

/// Uses a time step up; false where it, or a later one, was used before. Of two at once only one succeeds.
pub async fn use_step(tx: &mut PgConnection, staff: StaffId, step: i64) -> sqlx::Result<bool> {
    let used =
        sqlx::query!("update staff set totp_last_step = $2 where id = $1 and totp_last_step < $2", staff.0, step,)
            .execute(tx)
            .await?;
    Ok(used.rows_affected() == 1)
}
