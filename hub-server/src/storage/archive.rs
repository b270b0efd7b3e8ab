//! A zip that is sent while it is made: nothing of it waits in memory but a few pieces.

use super::{Pieces, SafeName, Storage};
use anyhow::Context;
use axum::body::Bytes;
use futures::{StreamExt, stream};
use shared_types::ids::FileId;
use std::{
    collections::HashSet,
    io::{self, BufWriter, Write},
};
use tokio::{runtime::Handle, sync::mpsc};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Pieces that wait for a slow reader.
const WAITING: usize = 4;
const PIECE_BYTES: usize = 64 * 1024;

/// One entry.
#[derive(Clone, Debug)]
pub enum Entry {
    Text { path: String, content: Vec<u8> },
    File { path: String, id: FileId },
}

/// The archive of `entries`, in their order. A file that cannot be read any more ends it early, so that nobody takes
/// it for whole.
pub fn packed(entries: Vec<Entry>, storage: Storage) -> Pieces {
    let (sender, receiver) = mpsc::channel(WAITING);
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        if let Err(error) = pack(entries, &storage, &runtime, sender.clone()) {
            tracing::warn!(error = format!("{error:#}"), "an archive was not sent to its end");
            // The reader may have gone, and this with it.
            let _told = sender.blocking_send(Err(io::Error::other("the archive could not be completed")));
        }
    });
    stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver))).boxed()
}

type Piece = io::Result<Bytes>;

fn pack(entries: Vec<Entry>, storage: &Storage, runtime: &Handle, sender: mpsc::Sender<Piece>) -> anyhow::Result<()> {
    let mut zip = ZipWriter::new_stream(BufWriter::with_capacity(PIECE_BYTES, Sink(sender)));
    let shrunk = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // Pictures, films and archives do not get smaller.
    let as_it_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for entry in entries {
        match entry {
            Entry::Text { path, content } => {
                zip.start_file(path, shrunk)?;
                zip.write_all(&content)?;
            }
            Entry::File { path, id } => {
                zip.start_file(path, as_it_is)?;
                let mut pieces = runtime.block_on(storage.open(id, None)).with_context(|| format!("the file {id}"))?;
                while let Some(piece) = runtime.block_on(pieces.next()) {
                    zip.write_all(&piece?)?;
                }
            }
        }
    }
    zip.finish()?.flush()?;
    Ok(())
}

/// Hands pieces on to whoever sends them.
struct Sink(mpsc::Sender<Piece>);

impl Write for Sink {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(piece)));
        sent.map(|()| piece.len()).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Names that are taken, in the manner of systems that do not tell capitals apart.
#[derive(Debug, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// A path of safe parts that nothing else has.
    pub fn take(&mut self, folders: &[&str], name: &str) -> String {
        let folder: String = folders.iter().map(|folder| format!("{}/", SafeName::of(folder))).collect();
        let name = SafeName::of(name);
        for number in 1.. {
            let numbered = if number == 1 { name.clone() } else { name.numbered(number) };
            let path = format!("{folder}{numbered}");
            if self.0.insert(path.to_lowercase()) {
                return path;
            }
        }
        unreachable!("some number is free")
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_never_collide_and_never_lead_out() {
        let mut names = Names::default();
        assert_eq!(names.take(&["files", "One"], "cat.png"), "files/One/cat.png");
        assert_eq!(names.take(&["files", "One"], "CAT.png"), "files/One/CAT-2.png");
        assert_eq!(names.take(&["files", "One"], "cat.png"), "files/One/cat-3.png");
        assert_eq!(names.take(&["files", "../.."], "../../x"), "files/file/x");
        assert_eq!(names.take(&[], "roster.csv"), "roster.csv");
    }
}
