//! The tables `comment_bank` and `grading_preferences`.

use super::{BankComment, MAX_COMMENTS};
use chrono::{DateTime, Utc};
use shared_types::ids::StaffId;
use sqlx::PgConnection;
use uuid::Uuid;

/// One teacher's comments in the order they were written.
pub async fn comments(db: &mut PgConnection, staff: StaffId) -> sqlx::Result<Vec<BankComment>> {
    sqlx::query_as!(
        BankComment,
        "select id, text from comment_bank where staff_id = $1 order by created_at, id",
        staff.0,
    )
    .fetch_all(db)
    .await
}

/// Adds a comment; false where the bank is full.
pub async fn add_comment(
    tx: &mut PgConnection,
    staff: StaffId,
    comment: &BankComment,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into comment_bank (id, staff_id, text, created_at)
         select $1, $2, $3, $4 where (select count(*) from comment_bank where staff_id = $2) < $5",
        comment.id,
        staff.0,
        comment.text,
        now,
        MAX_COMMENTS,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Takes one of the teacher's own comments away; false where there is none.
pub async fn remove_comment(tx: &mut PgConnection, staff: StaffId, comment: Uuid) -> sqlx::Result<bool> {
    let removed = sqlx::query!("delete from comment_bank where id = $1 and staff_id = $2", comment, staff.0);
    Ok(removed.execute(tx).await?.rows_affected() == 1)
}

/// Notes how a teacher likes to work; what is none stays as it is.
pub async fn prefer(
    tx: &mut PgConnection,
    staff: StaffId,
    keys_off: Option<bool>,
    hide_names: Option<bool>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into grading_preferences as p (staff_id, keys_off, hide_names)
         values ($1, coalesce($2, false), coalesce($3, false))
         on conflict (staff_id) do update
             set keys_off = coalesce($2, p.keys_off), hide_names = coalesce($3, p.hide_names)",
        staff.0,
        keys_off,
        hide_names,
    )
    .execute(tx)
    .await
    .map(drop)
}
