//! Files as they are served: named by content, compressed once and well, listed in a manifest.

use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

const MANIFEST: &str = "manifest.json";
/// What the folder was made from; a repeat with the same inputs has nothing to do.
const INPUTS: &str = "inputs.sha256";

#[derive(Serialize)]
#[serde(transparent)]
pub struct Asset {
    /// File name with a hash of the content, so that it may be cached for ever.
    pub name: String,
    #[serde(skip)]
    bytes: Vec<u8>,
}

impl Asset {
    pub fn new(stem: &str, extension: &str, bytes: Vec<u8>) -> Self {
        let hash = fingerprint(&[&bytes]);
        Self { name: format!("{stem}-{}.{extension}", &hash[..16]), bytes }
    }
}

/// A WASM and the module that loads it.
#[derive(Serialize)]
pub struct Islands {
    pub js: Asset,
    pub wasm: Asset,
}

/// As `manifest.json` it holds the assets' names.
#[derive(Serialize)]
pub struct Manifest {
    pub css: Asset,
    pub icon: Asset,
    pub font: Asset,
    pub chat: Islands,
    pub work: Islands,
    pub teach: Islands,
}

impl Manifest {
    fn assets(&self) -> [&Asset; 9] {
        let Self { css, icon, font, chat, work, teach } = self;
        [css, icon, font, &chat.js, &chat.wasm, &work.js, &work.wasm, &teach.js, &teach.wasm]
    }
}

/// Hexadecimal SHA-256 over the parts and their lengths.
pub fn fingerprint(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Whether `out` is complete and was made from these inputs.
pub fn is_current(out: &Path, inputs: &str) -> bool {
    out.join(MANIFEST).is_file() && fs::read_to_string(out.join(INPUTS)).is_ok_and(|made_from| made_from == inputs)
}

/// Writes every asset in three forms, then the manifest in one rename, then removes what it does not name.
pub fn write(out: &Path, manifest: &Manifest, inputs: &str) -> anyhow::Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let mut kept = HashSet::from([MANIFEST.to_owned(), INPUTS.to_owned()]);
    for asset in manifest.assets() {
        let brotli = brotli(&asset.bytes)?;
        let gzip = gzip(&asset.bytes)?;
        eprintln!("{}: {} bytes, Brotli {}, gzip {}", asset.name, asset.bytes.len(), brotli.len(), gzip.len());
        for (suffix, bytes) in [("", &asset.bytes), (".br", &brotli), (".gz", &gzip)] {
            let name = format!("{}{suffix}", asset.name);
            fs::write(out.join(&name), bytes).with_context(|| format!("cannot write {name}"))?;
            kept.insert(name);
        }
    }
    let unfinished = out.join("manifest.json.new");
    fs::write(&unfinished, serde_json::to_vec(manifest)?)?;
    fs::rename(&unfinished, out.join(MANIFEST))?;
    fs::write(out.join(INPUTS), inputs)?;
    remove_others(out, &kept)
}

fn remove_others(out: &Path, kept: &HashSet<String>) -> anyhow::Result<()> {
    for entry in fs::read_dir(out)? {
        let entry = entry?;
        let named = entry.file_name().to_str().is_some_and(|name| kept.contains(name));
        if !named && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(style: &str) -> Manifest {
        let asset = |stem, extension| Asset::new(stem, extension, extension.as_bytes().to_vec());
        let islands = |stem| Islands { js: asset(stem, "js"), wasm: asset(stem, "wasm") };
        Manifest {
            css: Asset::new("class-hub", "css", style.as_bytes().to_vec()),
            icon: asset("icon", "svg"),
            font: asset("pictures", "ttf"),
            chat: islands("class-hub-chat"),
            work: islands("class-hub-work"),
            teach: islands("class-hub-teach"),
        }
    }

    #[test]
    fn a_name_changes_with_the_content_and_only_with_it() {
        assert_eq!(manifest("a { }").css.name, manifest("a { }").css.name);
        assert_ne!(manifest("a { }").css.name, manifest("b { }").css.name);
        assert_eq!(manifest("a { }").chat.js.name, manifest("b { }").chat.js.name);
    }

    #[test]
    fn parts_that_merely_join_to_the_same_bytes_differ() {
        assert_ne!(fingerprint(&[b"ab", b"c"]), fingerprint(&[b"a", b"bc"]));
    }

    #[test]
    fn a_second_writing_leaves_only_what_its_manifest_names() {
        let out = std::env::temp_dir().join(format!("xtask-publish-{}", std::process::id()));
        write(&out, &manifest("first"), "1").unwrap();
        assert!(is_current(&out, "1") && !is_current(&out, "2"));
        let second = manifest("second");
        write(&out, &second, "2").unwrap();

        let mut found: Vec<_> =
            fs::read_dir(&out).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        let mut expected = vec![MANIFEST.to_owned(), INPUTS.to_owned()];
        expected.extend(
            second.assets().iter().flat_map(|asset| ["", ".br", ".gz"].map(|suffix| format!("{}{suffix}", asset.name))),
        );
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
        fs::remove_dir_all(out).unwrap();
    }
}
