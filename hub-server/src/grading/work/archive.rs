//! Looking into archives: what is in a zip, the words of a document, the parts of a Scratch project.

use super::{Look, MAX_ARCHIVE_BYTES, MAX_TEXT_BYTES, read, scratch};
use crate::{grading::sheet::Version, storage::Storage, submission::FileKind};
use anyhow::Context;
use quick_xml::events::Event;
use std::{
    fs::File,
    io::{BufReader, Read, Seek},
    path::Path,
};
use zip::ZipArchive;

/// Most names that are shown.
const MAX_NAMES: usize = 200;
/// Largest description of a project or text of a document that is read, in bytes.
const MAX_ENTRY_BYTES: u64 = 16 * 1024 * 1024;

pub(super) async fn look(storage: &Storage, version: &Version, kind: FileKind) -> anyhow::Result<Look> {
    if version.bytes > MAX_ARCHIVE_BYTES {
        return Ok(Look::Nothing);
    }
    let copy = read::copy(storage, version.file, version.bytes).await?;
    tokio::task::spawn_blocking(move || look_into(copy.path(), kind)).await?
}

fn look_into(path: &Path, kind: FileKind) -> anyhow::Result<Look> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
    match kind {
        FileKind::Sb3 => Ok(Look::Scratch(scratch::summary(&entry(&mut archive, "project.json")?)?)),
        FileKind::Docx => {
            let mut text = words(&entry(&mut archive, "word/document.xml")?)?;
            let cut = text.len() > MAX_TEXT_BYTES;
            if cut {
                text.truncate(text.floor_char_boundary(MAX_TEXT_BYTES));
            }
            Ok(Look::Text { text, html: None, cut })
        }
        _ => {
            let names = archive.file_names().filter_map(Result::ok).map(std::borrow::Cow::into_owned);
            let mut names: Vec<String> = names.filter(|name| !name.ends_with('/')).collect();
            names.sort_unstable();
            names.truncate(MAX_NAMES);
            Ok(Look::Archive(names))
        }
    }
}

fn entry<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> anyhow::Result<Vec<u8>> {
    let mut content = Vec::new();
    let entry = archive.by_name(name)?;
    entry.take(MAX_ENTRY_BYTES + 1).read_to_end(&mut content)?;
    anyhow::ensure!(content.len() as u64 <= MAX_ENTRY_BYTES, "{name} is too large to look at");
    Ok(content)
}

/// The paragraphs of a document (ECMA-376, part 1, 17.3: `w:p` holds runs, `w:t` their text).
fn words(document: &[u8]) -> anyhow::Result<String> {
    let mut reader = quick_xml::Reader::from_reader(document);
    let (mut text, mut within) = (String::new(), false);
    loop {
        match reader.read_event().context("the document's text")? {
            Event::Start(element) if element.local_name().as_ref() == b"t" => within = true,
            Event::End(element) if element.local_name().as_ref() == b"t" => within = false,
            Event::End(element) if element.local_name().as_ref() == b"p" => text.push('\n'),
            Event::Empty(element) if matches!(element.local_name().as_ref(), b"br" | b"cr") => text.push('\n'),
            Event::Empty(element) if element.local_name().as_ref() == b"tab" => text.push('\t'),
            Event::Text(words) if within => text.push_str(&words.decode()?),
            Event::GeneralRef(name) if within => {
                let name = name.decode()?;
                let known = quick_xml::escape::unescape(&format!("&{name};")).map(std::borrow::Cow::into_owned);
                text.push_str(&known.unwrap_or_default());
            }
            Event::Eof => return Ok(text.trim().to_owned()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_document_is_read_paragraph_by_paragraph() {
        let document = br"<w:document><w:body><w:p><w:r><w:t>Light &amp; </w:t></w:r><w:r><w:t>shadow</w:t></w:r></w:p>
            <w:p><w:r><w:t>Second</w:t><w:br/><w:t>line</w:t></w:r></w:p></w:body></w:document>";
        assert_eq!(words(document).unwrap(), "Light & shadow\nSecond\nline");
    }
}
