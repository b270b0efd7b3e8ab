//! A file on its way in: streamed to a temporary file, measured and hashed while it comes.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};
use tokio::{fs::File, io::AsyncWriteExt};

use crate::web::{Error, multipart::Part};

/// How much of a file may wait in memory for the disk.
const BUFFER_BYTES: usize = 128 * 1024;

/// A temporary file that is being written.
pub struct Spool {
    file: File,
    spooled: Spooled,
    hash: Sha256,
    max_bytes: u64,
}

/// A temporary file that is complete. It is gone when this is dropped, unless it was kept.
#[derive(Debug)]
pub struct Spooled {
    path: PathBuf,
    bytes: u64,
    sha256: [u8; 32],
    kept: bool,
}

/// Why a file did not arrive.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// More came than was allowed.
    #[error("the file is too large")]
    TooLarge,
    /// The browser's side failed.
    #[error(transparent)]
    Request(#[from] Error),
    /// Our side failed: the disk is full or away.
    #[error("the file could not be written")]
    Disk(#[from] io::Error),
}

impl Spool {
    pub(super) async fn open(folder: &Path, max_bytes: u64) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        // Unique among the processes that share the folder, and among the lives of one.
        let started = std::process::id();
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{started}-{number}"));
            match File::options().write(true).create_new(true).open(&path).await {
                Ok(mut file) => {
                    file.set_max_buf_size(BUFFER_BYTES);
                    let spooled = Spooled { path, bytes: 0, sha256: [0; 32], kept: false };
                    return Ok(Self { file, spooled, hash: Sha256::new(), max_bytes });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Appends a piece.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), SpoolError> {
        self.spooled.bytes += piece.len() as u64;
        if self.spooled.bytes > self.max_bytes {
            return Err(SpoolError::TooLarge);
        }
        self.hash.update(piece);
        Ok(self.file.write_all(piece).await?)
    }

    /// Appends everything that a form's field brings.
    pub async fn take(&mut self, part: &mut Part) -> Result<(), SpoolError> {
        while let Some(piece) = part.chunk().await? {
            self.write(&piece).await?;
        }
        Ok(())
    }

    /// The whole file.
    pub async fn finish(mut self) -> io::Result<Spooled> {
        self.file.flush().await?;
        self.spooled.sha256 = self.hash.finalize().into();
        Ok(self.spooled)
    }
}

impl Spooled {
    /// Where it lies until it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long it is.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of its content.
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// Moves it to `to` and waits until the disk has it: the content first, then the name.
    pub(super) fn settle(mut self, to: &Path) -> io::Result<()> {
        let folder = to.parent().ok_or_else(|| io::Error::other("a place has a folder"))?;
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            if let Some(above) = folder.parent() {
                fs::File::open(above)?.sync_all()?;
            }
        }
        fs::File::open(&self.path)?.sync_all()?;
        fs::rename(&self.path, to)?;
        self.kept = true;
        fs::File::open(folder)?.sync_all()
    }
}

impl Drop for Spooled {
    fn drop(&mut self) {
        if !self.kept
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(%error, "a temporary file stays behind until the sweeper comes");
        }
    }
}

/// Removes temporary files that were last written before `before`; returns how many.
pub(super) fn sweep(folder: &Path, before: DateTime<Utc>) -> io::Result<u64> {
    let mut removed = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(modified) = entry.metadata().and_then(|found| found.modified()) else { continue };
        if DateTime::<Utc>::from(modified) < before && fs::remove_file(entry.path()).is_ok() {
            removed += 1;
        }
    }
    Ok(removed)
}
