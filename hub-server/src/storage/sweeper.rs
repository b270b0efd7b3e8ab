//! Takes away what nobody speaks of, and proves that everything else is there.

use super::{Storage, store};
use crate::app::App;
use chrono::{DateTime, Duration, Utc};
use futures::TryStreamExt;
use shared_types::ids::FileId;
use sqlx::PgPool;

/// A file is kept before its row is there, and rows come before what speaks of them: both take seconds.
const GRACE: Duration = Duration::hours(1);
/// How many files are looked up at once.
const BATCH: usize = 500;

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Rows, and the bytes they speak of.
    pub rows: u64,
    pub bytes: u64,
    /// Files in the storage.
    pub files: u64,
    /// Rows whose file is not there, or has another length.
    pub missing: u64,
    /// Files without a row, older than the grace.
    pub orphans: u64,
    /// Files without a row that may be about to get one.
    pub fresh: u64,
    /// What is no file of ours and is left alone.
    pub strangers: u64,
}

impl Count {
    /// Every row has its file, and every file has its row or is on its way to one.
    pub const fn is_consistent(&self) -> bool {
        self.missing == 0 && self.orphans == 0
    }
}

/// One sweep: rows nothing speaks of, then files without a row, then temporary files a crash left behind.
pub async fn sweep(app: &App) -> anyhow::Result<()> {
    let before = app.clock.now() - GRACE;
    let unreferenced = store::remove_unreferenced(&mut *app.db.acquire().await?, before).await?;
    for file in &unreferenced {
        app.storage.remove(*file).await?;
    }
    let orphans = remove_orphans(&app.db, &app.storage, before).await?;
    let spooled = app.storage.sweep_spool(before).await?;
    let missing = report_missing(&app.db, &app.storage).await?;
    tracing::info!(
        unreferenced = unreferenced.len(),
        orphans,
        spooled,
        missing,
        "swept the storage: {} unused, {orphans} without a row, {spooled} unfinished, {missing} missing",
        unreferenced.len(),
    );
    Ok(())
}

/// Removes files without a row that were written before `before`; returns how many.
pub async fn remove_orphans(db: &PgPool, storage: &Storage, before: DateTime<Utc>) -> anyhow::Result<u64> {
    let mut removed = 0;
    let mut found = storage.list().try_chunks(BATCH);
    while let Some(files) = found.try_next().await? {
        let old = files.iter().filter(|file| file.modified_at < before);
        let ids: Vec<FileId> = old.filter_map(|file| file.id).collect();
        let known = store::known(&mut *db.acquire().await?, &ids).await?;
        for orphan in ids.into_iter().filter(|id| !known.contains(id)) {
            storage.remove(orphan).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

async fn report_missing(db: &PgPool, storage: &Storage) -> anyhow::Result<u64> {
    let (mut missing, mut after) = (0, None);
    loop {
        let rows = store::page(&mut *db.acquire().await?, after, 500).await?;
        let Some(last) = rows.last() else { return Ok(missing) };
        after = Some(last.id);
        for row in &rows {
            if storage.length(row.id).await? != u64::try_from(row.bytes).ok() {
                // The row may have gone meanwhile, and its file with it.
                if !store::known(&mut *db.acquire().await?, &[row.id]).await?.is_empty() {
                    tracing::error!(file = %row.id, "a stored file is missing or has another length");
                    missing += 1;
                }
            }
        }
    }
}

/// Counts everything and changes nothing.
pub async fn count(db: &PgPool, storage: &Storage, now: DateTime<Utc>) -> anyhow::Result<Count> {
    let mut count = Count::default();
    let mut found = storage.list().try_chunks(BATCH);
    while let Some(files) = found.try_next().await? {
        let ids: Vec<FileId> = files.iter().filter_map(|file| file.id).collect();
        let known = store::known(&mut *db.acquire().await?, &ids).await?;
        for file in files {
            count.files += 1;
            match file.id {
                None => count.strangers += 1,
                Some(id) if known.contains(&id) => {}
                Some(_) if file.modified_at >= now - GRACE => count.fresh += 1,
                Some(_) => count.orphans += 1,
            }
        }
    }
    let mut after = None;
    loop {
        let rows = store::page(&mut *db.acquire().await?, after, 500).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for row in &rows {
            count.rows += 1;
            count.bytes += u64::try_from(row.bytes).unwrap_or_default();
            if storage.length(row.id).await? != u64::try_from(row.bytes).ok() {
                tracing::error!(file = %row.id, "a stored file is missing or has another length");
                count.missing += 1;
            }
        }
    }
    Ok(count)
}
