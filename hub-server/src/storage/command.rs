//! `hub-server storage check`: proves that rows and files fit together, and prints what there is.

use super::{Storage, sweeper};
use crate::config::{Config, StorageCommand};
use chrono::Duration;
use secrecy::ExposeSecret;
use server_kit::clock::Clock;
use sqlx::PgPool;

/// Runs one of the storage's commands.
pub async fn run(config: &Config, command: &StorageCommand) -> anyhow::Result<()> {
    let db = PgPool::connect(config.database_url.expose_secret()).await?;
    let storage = Storage::new(&config.uploads_dir, &config.storage)?;
    let now = Clock::system().now();
    match command {
        StorageCommand::Check => check(&db, &storage, now).await,
        StorageCommand::Sweep { older_than_minutes } => {
            let before = now - Duration::minutes(i64::from(*older_than_minutes));
            let unused = super::store::remove_unreferenced(&mut *db.acquire().await?, before).await?;
            for file in &unused {
                storage.remove(*file).await?;
            }
            let orphans = sweeper::remove_orphans(&db, &storage, before).await?;
            let spooled = storage.sweep_spool(before).await?;
            println!("removed unused={} orphans={orphans} unfinished={spooled}", unused.len());
            Ok(())
        }
    }
}

async fn check(db: &PgPool, storage: &Storage, now: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    let count = sweeper::count(db, storage, now).await?;
    println!(
        "rows={} bytes={} files={} missing={} orphans={} fresh={} strangers={}",
        count.rows, count.bytes, count.files, count.missing, count.orphans, count.fresh, count.strangers,
    );
    anyhow::ensure!(
        count.is_consistent(),
        "the storage does not fit the database: missing files are lost unless a backup has them, orphans go with the \
         next sweep"
    );
    println!("consistent");
    Ok(())
}
