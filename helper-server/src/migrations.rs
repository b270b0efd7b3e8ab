//! The helper's migrations, embedded; run by `migrate` and looked up by `/readyz`.

use sqlx::{Connection, PgConnection, PgPool, migrate::Migrator};

static MIGRATOR: Migrator = sqlx::migrate!("../migrations/helper");

/// Brings the database at `url` up to date.
pub async fn run(url: &str) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    MIGRATOR.run(&mut connection).await?;
    connection.close().await?;
    tracing::info!(migrations = MIGRATOR.iter().count(), "the database is up to date");
    Ok(())
}

/// Whether the database has had every migration this program knows.
pub async fn are_applied(db: &PgPool) -> sqlx::Result<bool> {
    let known = MIGRATOR.iter().map(|migration| migration.version).max();
    // Not checked at build time: the table appears with the first migration.
    let applied: Option<i64> =
        sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(db).await?;
    Ok(applied >= known)
}
