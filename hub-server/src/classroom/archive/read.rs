//! An archive as it came: opened, measured, every entry compared with the manifest before anything is believed. Nothing
//! is unpacked to the disk by its own name. Blocks.

use super::{
    fault::Fault,
    format::{FORMAT, FileSheet, MANIFEST, Manifest, TABLES, VERSION, table_path},
    rows::Row,
};
use crate::hexadecimal::hexadecimal;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Read},
    path::Path,
};
use zip::ZipArchive;

/// Largest archive that is taken, in bytes: what a form may bring.
pub const MAX_BYTES: u64 = 590 * 1024 * 1024;
/// Most bytes that come out of it.
const MAX_UNPACKED: u64 = 4 * 1024 * 1024 * 1024;
/// Most entries.
const MAX_ENTRIES: usize = 100_000;
/// Largest entry that is held in memory: a table, the manifest, the pack of a course.
const MAX_IN_MEMORY: u64 = 64 * 1024 * 1024;

/// An archive whose entries are those of its manifest.
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    pub manifest: Manifest,
}

impl Archive {
    /// Opens the file at `path` and reads its manifest.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let file = File::open(path).map_err(|_| Fault::NotAnArchive)?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| Fault::NotAnArchive)?;
        if zip.len() > MAX_ENTRIES {
            return Err(Fault::TooLarge);
        }
        let manifest = whole(&mut zip, MANIFEST, MAX_IN_MEMORY).map_err(|_| Fault::NotAnArchive)?;
        // First what it is, then the rest: a newer hub may write what we cannot read.
        let head: Head = serde_json::from_slice(&manifest).map_err(|_| Fault::NotAnArchive)?;
        if head.format != FORMAT {
            return Err(Fault::NotAnArchive);
        }
        if head.version > VERSION {
            return Err(Fault::Newer);
        }
        let manifest = serde_json::from_slice(&manifest).map_err(|_| damaged(MANIFEST))?;
        Ok(Self { zip, manifest })
    }

    /// Compares every entry with what the manifest says of it.
    pub fn check(&mut self) -> Result<(), Fault> {
        let listed = self.manifest.files.values().try_fold(0_u64, |all, sheet| all.checked_add(sheet.bytes));
        if listed.is_none_or(|bytes| bytes > MAX_UNPACKED) {
            return Err(Fault::TooLarge);
        }
        let names: Vec<String> = self.zip.file_names().filter_map(|name| name.ok().map(Into::into)).collect();
        if let Some(extra) = names.iter().find(|name| *name != MANIFEST && !self.manifest.files.contains_key(*name)) {
            return Err(damaged(extra));
        }
        for (path, sheet) in &self.manifest.files {
            let mut digest = Sha256::new();
            copy(&mut self.zip, path, sheet, |piece| digest.update(piece))?;
            if hexadecimal(&digest.finalize()) != sheet.sha256 {
                return Err(damaged(path));
            }
        }
        Ok(())
    }

    /// An entry that is small enough to be held.
    pub fn bytes(&mut self, path: &str) -> Result<Vec<u8>, Fault> {
        if !self.manifest.files.contains_key(path) {
            return Err(damaged(path));
        }
        whole(&mut self.zip, path, MAX_IN_MEMORY)
    }

    /// The rows of every table; one that is not there has none.
    pub fn tables(&mut self) -> Result<BTreeMap<&'static str, Vec<Row>>, Fault> {
        let (mut tables, people) = (BTreeMap::new(), self.manifest.people);
        for table in TABLES.iter().filter(|table| people || !table.people) {
            let path = table_path(table.name);
            if self.manifest.files.contains_key(&path) {
                let rows = self.bytes(&path)?;
                let rows = serde_json::from_slice(&rows).map_err(|_| Fault::Row { table: table.name })?;
                tables.insert(table.name, rows);
            }
        }
        Ok(tables)
    }

    /// Hands the content of an entry to `take`, piece by piece.
    pub fn pieces(&mut self, path: &str, take: impl FnMut(&[u8])) -> Result<(), Fault> {
        let sheet = self.manifest.files.get(path).ok_or_else(|| damaged(path))?.clone();
        copy(&mut self.zip, path, &sheet, take)
    }
}

#[derive(serde::Deserialize)]
struct Head {
    format: String,
    version: u32,
}

fn damaged(path: &str) -> Fault {
    Fault::Damaged { path: path.chars().take(200).collect::<String>().escape_debug().to_string() }
}

/// What comes out is counted, never what the archive claims.
fn copy(
    zip: &mut ZipArchive<BufReader<File>>,
    path: &str,
    sheet: &FileSheet,
    mut take: impl FnMut(&[u8]),
) -> Result<(), Fault> {
    let entry = zip.by_name(path).map_err(|_| damaged(path))?;
    let mut entry = entry.take(sheet.bytes.saturating_add(1));
    let (mut piece, mut bytes) = (vec![0; 64 * 1024], 0_u64);
    loop {
        let read = entry.read(&mut piece).map_err(|_| damaged(path))?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        take(&piece[..read]);
    }
    if bytes == sheet.bytes { Ok(()) } else { Err(damaged(path)) }
}

fn whole(zip: &mut ZipArchive<BufReader<File>>, path: &str, most: u64) -> Result<Vec<u8>, Fault> {
    let entry = zip.by_name(path).map_err(|_| damaged(path))?;
    let mut content = Vec::new();
    entry.take(most + 1).read_to_end(&mut content).map_err(|_| damaged(path))?;
    if content.len() as u64 > most { Err(Fault::TooLarge) } else { Ok(content) }
}
