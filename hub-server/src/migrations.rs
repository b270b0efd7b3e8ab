//! The hub's migrations, embedded, run by the `migrate` command and looked up by `/readyz`.

use crate::config::Config;
use secrecy::ExposeSecret;
use sqlx::{Connection, PgConnection, PgPool, migrate::Migrator};

/// All of them, in order.
pub static MIGRATOR: Migrator = sqlx::migrate!("../migrations/hub");

/// Brings the database of `config` up to date.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(config.database_url.expose_secret()).await?;
    apply(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Brings one database up to date.
pub async fn apply(connection: &mut PgConnection) -> anyhow::Result<()> {
    MIGRATOR.run(connection).await?;
    tracing::info!(migrations = MIGRATOR.iter().count(), "the database is up to date");
    Ok(())
}

/// The newest migration this program knows.
pub fn newest_known() -> i64 {
    MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The newest migration the database has had.
pub async fn newest_applied(db: &PgPool) -> sqlx::Result<Option<i64>> {
    // Not checked at build time: the table appears with the first migration.
    sqlx::query_scalar("select max(version) from _sqlx_migrations where success").fetch_one(db).await
}
