//! Where files lie: on this machine's disk, or in an S3 bucket where the settings say so.
//!
//! The way of a file: it is spooled (streamed to a temporary file, measured and hashed on the way), looked at by
//! whoever asked for it, kept (put in its place and flushed to the disk), and only then gets its row in `stored_files`.
//! It goes the other way round: the row first, then the file. So a row always has its file, and what a crash leaves
//! behind is a file without a row, which the [`sweeper`] takes away.

pub mod archive;
pub mod command;
pub mod file_name;
pub mod range;
mod send;
mod spool;
pub mod store;
pub mod sweeper;

pub use file_name::SafeName;
pub use send::{Sending, Shown, attached, policy, send, streamed};
pub use spool::{Spool, SpoolError, Spooled};

use crate::config::{S3Settings, StorageSettings};
use anyhow::Context;
use axum::body::Bytes;
use chrono::{DateTime, Utc};
use futures::{StreamExt, stream::BoxStream};
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path as Place};
use shared_types::ids::FileId;
use std::{
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The storage: cheap to clone.
#[derive(Clone, Debug)]
pub struct Storage {
    objects: Arc<dyn ObjectStore>,
    /// Where the objects lie, if on this machine: then keeping a file is renaming it.
    folder: Option<PathBuf>,
    /// Where files wait that nobody has looked at yet.
    spool: PathBuf,
}

/// A file that was kept; its row says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub id: FileId,
    pub bytes: u64,
    pub sha256: [u8; 32],
}

/// A file found in the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// None where it is no file of ours.
    pub id: Option<FileId>,
    pub bytes: u64,
    pub modified_at: DateTime<Utc>,
}

/// Why a file could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("there is no such file")]
    Missing,
    #[error(transparent)]
    Away(object_store::Error),
}

/// A file's bytes, piece by piece.
pub type Pieces = BoxStream<'static, io::Result<Bytes>>;

impl Storage {
    /// The storage of `settings`. `folder` is on this machine in any case: files are spooled there.
    pub fn new(folder: &Path, settings: &StorageSettings) -> anyhow::Result<Self> {
        let spool = folder.join("spool");
        make_folder(&spool)?;
        match settings {
            StorageSettings::Local => {
                let objects = folder.join("objects");
                make_folder(&objects)?;
                let store = LocalFileSystem::new_with_prefix(&objects).context("HUB_UPLOADS_DIR")?;
                Ok(Self { objects: Arc::new(store), folder: Some(objects), spool })
            }
            StorageSettings::S3(s3) => Ok(Self { objects: bucket(s3)?, folder: None, spool }),
        }
    }

    /// A new temporary file for at most `max_bytes`.
    pub async fn spool(&self, max_bytes: u64) -> io::Result<Spool> {
        Spool::open(&self.spool, max_bytes).await
    }

    /// Puts a spooled file in its place; when this returns it survives a power cut. Its row is the caller's matter.
    pub async fn keep(&self, file: Spooled, id: FileId) -> anyhow::Result<Stored> {
        let stored = Stored { id, bytes: file.bytes(), sha256: *file.sha256() };
        match &self.folder {
            Some(folder) => {
                let to = folder.join(place_of(id));
                tokio::task::spawn_blocking(move || file.settle(&to)).await?.context("keeping a file")?;
            }
            None => self.send_up(&file, id).await?,
        }
        Ok(stored)
    }

    /// The bytes of a file, all or a range of them.
    pub async fn open(&self, id: FileId, range: Option<Range<u64>>) -> Result<Pieces, OpenError> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        match self.objects.get_opts(&Place::from(place_of(id)), options).await {
            Ok(found) => Ok(found.into_stream().map(|piece| piece.map_err(io::Error::other)).boxed()),
            Err(object_store::Error::NotFound { .. }) => Err(OpenError::Missing),
            Err(error) => Err(OpenError::Away(error)),
        }
    }

    /// Whether a file is there, and how long it is.
    pub async fn length(&self, id: FileId) -> Result<Option<u64>, object_store::Error> {
        match self.objects.head(&Place::from(place_of(id))).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes a file away whose row is gone. One that is not there is no error.
    pub async fn remove(&self, id: FileId) -> Result<(), object_store::Error> {
        match self.objects.delete(&Place::from(place_of(id))).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Everything there is, in no order.
    pub fn list(&self) -> BoxStream<'static, Result<Found, object_store::Error>> {
        let found = self.objects.list(None);
        found
            .map(|found| {
                let found = found?;
                Ok(Found { id: id_at(&found.location), bytes: found.size, modified_at: found.last_modified })
            })
            .boxed()
    }

    /// Whether a file could be kept now.
    pub async fn is_writable(&self) -> bool {
        let written = self.spool(0).await.is_ok();
        let kept = match &self.folder {
            Some(folder) => tokio::fs::metadata(folder).await.is_ok_and(|found| found.is_dir()),
            None => self.length(FileId(uuid::Uuid::nil())).await.is_ok(),
        };
        written && kept
    }

    /// Removes temporary files that a crash left behind before `before`; returns how many.
    pub async fn sweep_spool(&self, before: DateTime<Utc>) -> io::Result<u64> {
        let spool = self.spool.clone();
        tokio::task::spawn_blocking(move || spool::sweep(&spool, before)).await.map_err(io::Error::other)?
    }

    /// Sends a file to where it lies from now on, a few megabytes at a time.
    async fn send_up(&self, file: &Spooled, id: FileId) -> anyhow::Result<()> {
        use tokio::io::AsyncReadExt;
        let place = Place::from(place_of(id));
        let upload = self.objects.put_multipart(&place).await.context("reaching the storage")?;
        let mut writer = object_store::WriteMultipart::new(upload);
        let mut from = tokio::fs::File::open(file.path()).await?;
        let mut piece = vec![0; 256 * 1024];
        loop {
            let read = from.read(&mut piece).await?;
            if read == 0 {
                break;
            }
            writer.wait_for_capacity(2).await?;
            writer.write(&piece[..read]);
        }
        writer.finish().await.context("sending a file to the storage")?;
        Ok(())
    }
}

/// `ab/0190…ab`: by the last digits, which are random, so that no folder grows large.
fn place_of(id: FileId) -> String {
    let name = id.to_string();
    format!("{}/{name}", &name[name.len() - 2..])
}

fn id_at(place: &Place) -> Option<FileId> {
    let id: FileId = place.filename()?.parse().ok()?;
    (place_of(id) == place.as_ref()).then_some(id)
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("HUB_UPLOADS_DIR: {} cannot be made", folder.display()))
}

/// Names the one provider of TLS there is. Before the first connection, once.
#[cfg(feature = "s3")]
pub fn install_tls() {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a provider of TLS was installed already");
    }
}

#[cfg(feature = "s3")]
fn bucket(settings: &S3Settings) -> anyhow::Result<Arc<dyn ObjectStore>> {
    use object_store::aws::AmazonS3Builder;
    use secrecy::ExposeSecret;
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_access_key_id(&settings.access_key_id)
        .with_secret_access_key(settings.secret_access_key.expose_secret())
        .with_virtual_hosted_style_request(!settings.path_style);
    if let Some(endpoint) = &settings.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    Ok(Arc::new(builder.build().context("HUB_S3_…")?))
}

#[cfg(not(feature = "s3"))]
fn bucket(settings: &S3Settings) -> anyhow::Result<Arc<dyn ObjectStore>> {
    anyhow::bail!(
        "this program was built without S3, so it cannot reach the bucket {}; build it with `--features s3`, or set \
         HUB_STORAGE=local",
        settings.bucket
    )
}

#[cfg(test)]
mod tests {
    use super::{id_at, place_of};
    use object_store::path::Path as Place;
    use shared_types::ids::FileId;
    use uuid::Uuid;

    #[test]
    fn a_file_s_place_is_made_of_its_id_and_nothing_else() {
        let id = FileId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_00ab));
        assert_eq!(place_of(id), "ab/01900000-0000-7000-8000-0000000000ab");
        assert_eq!(id_at(&Place::from(place_of(id))), Some(id));
        for stranger in ["ab/readme", "cd/01900000-0000-7000-8000-0000000000ab", "01900000-0000-7000-8000-0000000000ab"]
        {
            assert_eq!(id_at(&Place::from(stranger)), None, "{stranger}");
        }
    }
}
