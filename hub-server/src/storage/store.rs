//! The table `stored_files`.

use super::Stored;
use chrono::{DateTime, Utc};
use shared_types::ids::FileId;
use sqlx::{AssertSqlSafe, PgConnection};

/// Notes a file that was kept. In the same transaction as the row that speaks of it.
pub async fn add(tx: &mut PgConnection, file: &Stored, content_type: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into stored_files (id, bytes, sha256, content_type, stored_at) values ($1, $2, $3, $4, $5)",
        file.id.0,
        i64::try_from(file.bytes).unwrap_or(i64::MAX),
        &file.sha256[..],
        content_type,
        now,
    )
    .execute(tx)
    .await
    .map(drop)
}

/// Which of `files` have a row.
pub async fn known(db: &mut PgConnection, files: &[FileId]) -> sqlx::Result<Vec<FileId>> {
    let ids: Vec<_> = files.iter().map(|file| file.0).collect();
    sqlx::query_scalar!(r#"select id as "id: FileId" from stored_files where id = any($1)"#, &ids).fetch_all(db).await
}

/// A file as its row knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileRow {
    pub id: FileId,
    pub bytes: i64,
}

/// A page of all rows, in the order of their ids.
pub async fn page(db: &mut PgConnection, after: Option<FileId>, count: i64) -> sqlx::Result<Vec<FileRow>> {
    sqlx::query_as!(
        FileRow,
        r#"select id as "id: FileId", bytes from stored_files where $1::uuid is null or id > $1 order by id limit $2"#,
        after.map(uuid::Uuid::from),
        count,
    )
    .fetch_all(db)
    .await
}

/// Removes the rows, stored before `before`, that nothing speaks of any more; returns their files.
///
/// Who may speak of a file is read from the catalogue: every foreign key to `stored_files`.
pub async fn remove_unreferenced(tx: &mut PgConnection, before: DateTime<Utc>) -> sqlx::Result<Vec<FileId>> {
    let references = references(tx).await?;
    let unreferenced: String = references
        .iter()
        .map(|(table, column)| format!(" and not exists (select from {table} r where r.{column} = f.id)"))
        .collect();
    let statement = format!("delete from stored_files f where f.stored_at < $1{unreferenced} returning f.id");
    sqlx::query_scalar(AssertSqlSafe(statement)).bind(before).fetch_all(tx).await
}

/// Removes the rows of `files` that nothing speaks of any more; returns their files.
pub async fn remove(tx: &mut PgConnection, files: &[FileId]) -> sqlx::Result<Vec<FileId>> {
    let ids: Vec<_> = files.iter().map(|file| file.0).collect();
    let references = references(tx).await?;
    let unreferenced: String = references
        .iter()
        .map(|(table, column)| format!(" and not exists (select from {table} r where r.{column} = f.id)"))
        .collect();
    let statement = format!("delete from stored_files f where f.id = any($1){unreferenced} returning f.id");
    sqlx::query_scalar(AssertSqlSafe(statement)).bind(ids).fetch_all(tx).await
}

/// Table and column of every foreign key to `stored_files`, quoted.
async fn references(db: &mut PgConnection) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "select c.conrelid::regclass::text, quote_ident(a.attname)
         from pg_constraint c
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
         where c.contype = 'f' and c.confrelid = 'stored_files'::regclass",
    )
    .fetch_all(db)
    .await
}
