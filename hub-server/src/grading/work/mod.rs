//! A student's work as it is shown beside its grade: read from the storage as far as it takes to show it, and never run.

mod archive;
pub mod pages;
mod read;
mod scratch;
pub mod view;

pub use scratch::{Project, Sprite};

use super::sheet::Version;
use crate::{
    lesson::{highlight, markdown},
    storage::{SafeName, Storage},
    submission::FileKind,
    web::Lang,
};

/// Most of a text that is shown, in bytes; the rest is in the file.
const MAX_TEXT_BYTES: usize = 200_000;
/// Largest archive that is looked into, in bytes.
const MAX_ARCHIVE_BYTES: u64 = 100_000_000;

/// What can be seen of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    Picture,
    Pdf,
    Sound,
    Film,
    /// Plain text; `html` are its colours where the language is known.
    Text {
        text: String,
        html: Option<String>,
        cut: bool,
    },
    /// Markdown, rendered and sanitised.
    Prose {
        html: String,
        cut: bool,
    },
    Scratch(Project),
    /// Names of what is in it.
    Archive(Vec<String>),
    /// It can only be saved.
    Nothing,
    /// The file could not be read.
    Broken,
}

/// Looks at a version of what was handed in.
pub async fn look(storage: &Storage, version: &Version, lang: Lang) -> Look {
    let Some(kind) = kind_of(&version.file_name) else { return Look::Nothing };
    let looked = match kind {
        FileKind::Png | FileKind::Jpeg | FileKind::Gif | FileKind::Webp => Ok(Look::Picture),
        FileKind::Pdf => Ok(Look::Pdf),
        FileKind::Mp3 => Ok(Look::Sound),
        FileKind::Mp4 => Ok(Look::Film),
        FileKind::Text | FileKind::Markdown | FileKind::Python | FileKind::Csv | FileKind::Html => {
            read::text(storage, version.file, MAX_TEXT_BYTES).await.map(|(text, cut)| written(kind, text, cut, lang))
        }
        FileKind::Sb3 | FileKind::Zip | FileKind::Docx => archive::look(storage, version, kind).await,
    };
    looked.unwrap_or_else(|error| {
        tracing::warn!(file = %version.file, error = format!("{error:#}"), "a file could not be looked at");
        Look::Broken
    })
}

/// The kind of a file that was checked when it came, by the ending it was checked against.
fn kind_of(name: &str) -> Option<FileKind> {
    SafeName::of(name).ending().and_then(|ending| FileKind::of_ending(&ending))
}

fn written(kind: FileKind, text: String, cut: bool, lang: Lang) -> Look {
    match kind {
        FileKind::Markdown if markdown::check(&text).is_ok() => Look::Prose { html: markdown::short(&text, lang), cut },
        FileKind::Python => Look::Text { html: highlight::highlight("python", &text), text, cut },
        // The source of a page, never the page.
        FileKind::Html => Look::Text { html: highlight::highlight("html", &text), text, cut },
        _ => Look::Text { text, html: None, cut },
    }
}
