//! Looking at a file before it is kept: what it is by its content, whether that fits what it is called and what the
//! material takes, and whether it is whole and harmless enough to be passed on.
//!
//! Nothing of a file is ever unpacked to the disk or held in memory as a whole, except one picture at a time.

mod archive;
mod kind;
mod media;
mod picture;
mod scan;
mod scratch;
mod text;

pub use kind::{FileKind, names as known_endings};

use crate::{
    config::ScannerSettings,
    grading::policy::Closed,
    storage::{SafeName, Spooled},
    web::Error,
};
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
    sync::Arc,
};
use tokio::sync::Semaphore;

/// Files that are looked at in one moment; the others wait their turn, so that memory stays bounded.
const AT_ONCE: usize = 2;
/// How much of a file's beginning tells what it is.
const HEAD_BYTES: usize = 8192;

/// Why a file was not taken. Each has its sentence in [`super::words`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No file was chosen.
    Missing,
    /// Nothing more may be handed in.
    Closed(Closed),
    Empty,
    TooLarge {
        max_bytes: u64,
    },
    /// A kind that this material does not take.
    NotAccepted {
        accepted: Vec<String>,
    },
    /// A kind that we do not take at all.
    Unknown {
        accepted: Vec<String>,
    },
    /// It is called one thing and is another.
    WrongEnding {
        called: String,
        is: Option<&'static str>,
    },
    /// Cut off or damaged.
    Damaged,
    TooManyPixels {
        megapixels: u64,
        most: u64,
    },
    TooManyEntries {
        most: usize,
    },
    UnpacksTooLarge {
        max_bytes: u64,
    },
    TooDeep,
    /// Names in an archive that would leave it, or links.
    UnsafeNames,
    Encrypted,
    Infected,
    ScannerAway,
}

/// A file that may be kept.
#[derive(Debug)]
pub struct Examined {
    pub kind: FileKind,
    /// A small picture of it, for lists.
    pub thumbnail: Option<Thumbnail>,
}

/// A small picture.
#[derive(Debug)]
pub struct Thumbnail {
    pub content_type: &'static str,
    pub content: Vec<u8>,
}

/// What a material takes.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Endings; empty where every kind we know is welcome.
    pub accepted: Vec<String>,
}

/// Looks at files, a few at a time.
#[derive(Clone, Debug)]
pub struct Checks {
    turns: Arc<Semaphore>,
    scanner: ScannerSettings,
}

impl Checks {
    pub fn new(scanner: ScannerSettings) -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), scanner }
    }

    /// Looks at a spooled file that was sent as `name`.
    pub async fn examine(
        &self,
        file: &Spooled,
        name: &SafeName,
        wanted: Wanted,
    ) -> Result<Result<Examined, Refusal>, Error> {
        if file.bytes() == 0 {
            return Ok(Err(Refusal::Empty));
        }
        let _turn = self.turns.clone().acquire_owned().await.map_err(anyhow::Error::new)?;
        let (path, ending) = (file.path().to_owned(), name.ending());
        let looked = tokio::task::spawn_blocking(move || look(&path, ending, &wanted)).await;
        let examined = match looked.map_err(anyhow::Error::new)? {
            Ok(examined) => examined,
            Err(refusal) => return Ok(Err(refusal)),
        };
        Ok(scan::clean(file.path(), &self.scanner).await.map(|()| examined))
    }
}

impl Checks {
    /// Paints a picture anew so that it fits on a page; none where it cannot be read any more. `kind` is what it was
    /// found to be when it came.
    pub async fn painted(&self, file: &Spooled, kind: FileKind) -> Result<Option<Thumbnail>, Error> {
        let _turn = self.turns.clone().acquire_owned().await.map_err(anyhow::Error::new)?;
        let path = file.path().to_owned();
        let painted = tokio::task::spawn_blocking(move || picture::for_page(&path, kind)).await;
        Ok(painted.map_err(anyhow::Error::new)?.ok())
    }
}

/// Decides what the file is and checks it as that.
fn look(path: &Path, ending: Option<String>, wanted: &Wanted) -> Result<Examined, Refusal> {
    let called = ending.as_deref().and_then(FileKind::of_ending);
    let Some(kind) = called else { return Err(Refusal::Unknown { accepted: wanted.accepted.clone() }) };
    if !wanted.accepted.is_empty() && !wanted.accepted.iter().any(|one| FileKind::of_ending(one) == Some(kind)) {
        return Err(Refusal::NotAccepted { accepted: wanted.accepted.clone() });
    }
    let head = head(path).map_err(|_| Refusal::Damaged)?;
    let is = kind::family(&head);
    if is != kind.family() {
        return Err(Refusal::WrongEnding { called: ending.unwrap_or_default(), is: kind::told(&head) });
    }
    let thumbnail = check(path, kind)?;
    Ok(Examined { kind, thumbnail })
}

fn check(path: &Path, kind: FileKind) -> Result<Option<Thumbnail>, Refusal> {
    match kind {
        FileKind::Png | FileKind::Jpeg | FileKind::Gif | FileKind::Webp => picture::check(path, kind).map(Some),
        FileKind::Zip | FileKind::Docx | FileKind::Sb3 => archive::check(path, kind),
        FileKind::Pdf => media::pdf(path).map(|()| None),
        FileKind::Mp3 => media::mp3(path).map(|()| None),
        FileKind::Mp4 => media::mp4(path).map(|()| None),
        FileKind::Text | FileKind::Markdown | FileKind::Python | FileKind::Csv | FileKind::Html => {
            text::check(path).map(|()| None)
        }
    }
}

fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    File::open(path)?.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The last bytes of a file, `count` at most.
fn tail(path: &Path, count: u64) -> std::io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(count)))?;
    let mut tail = Vec::new();
    file.take(count).read_to_end(&mut tail)?;
    Ok(tail)
}

/// Files the tests look at.
#[cfg(test)]
pub(super) mod samples {
    use std::{
        fs,
        path::PathBuf,
        sync::atomic::{AtomicU32, Ordering},
    };

    /// A file that goes with the test.
    pub struct Sample(pub PathBuf);

    impl Sample {
        pub fn of(content: &[u8]) -> Self {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = std::env::temp_dir().join(format!("hub-check-{}-{number}", std::process::id()));
            fs::write(&path, content).unwrap();
            Self(path)
        }
    }

    impl Drop for Sample {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FileKind, Refusal, Wanted, look, samples::Sample};

    fn looked(content: &[u8], ending: &str, accepted: &[&str]) -> Result<FileKind, Refusal> {
        let wanted = Wanted { accepted: accepted.iter().map(|one| (*one).to_owned()).collect() };
        look(&Sample::of(content).0, Some(ending.to_owned()), &wanted).map(|examined| examined.kind)
    }

    #[test]
    fn a_file_is_what_its_content_says() {
        let wrong = |called: &str, is| Err(Refusal::WrongEnding { called: called.to_owned(), is });
        for (content, ending, expected) in [
            (&b"hello\n"[..], "txt", Ok(FileKind::Text)),
            (b"# hello\n", "md", Ok(FileKind::Markdown)),
            (b"a,b\r\n1,2\r\n", "csv", Ok(FileKind::Csv)),
            (b"<!doctype html><script>alert(1)</script>", "html", Ok(FileKind::Html)),
            (b"<!doctype html><script>alert(1)</script>", "png", wrong("png", Some("txt"))),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "png", wrong("png", Some("txt"))),
            (b"\x89PNG\r\n\x1a\n", "txt", wrong("txt", Some("png"))),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "txt", wrong("txt", None)),
            (b"MZ\x90\0\x03\0\0\0\x04\0\0\0", "pdf", wrong("pdf", None)),
            (b"%PDF-1.4\nhello", "zip", wrong("zip", Some("pdf"))),
            (b"GIF89a", "gif", Err(Refusal::Damaged)),
            (b"%PDF-1.4\nhello", "pdf", Err(Refusal::Damaged)),
        ] {
            assert_eq!(looked(content, ending, &[]), expected, "{ending} {content:?}");
        }
    }

    #[test]
    fn what_a_material_does_not_take_is_refused_with_what_it_takes() {
        let refused = looked(b"hello", "txt", &["png", "jpg"]).unwrap_err();
        assert_eq!(refused, Refusal::NotAccepted { accepted: vec!["png".into(), "jpg".into()] });
        // Two endings of one kind.
        let jpeg_or_damaged = looked(b"\xff\xd8\xff\xe0", "jpeg", &["jpg"]).unwrap_err();
        assert_eq!(jpeg_or_damaged, Refusal::Damaged);
        for ending in ["svg", "exe", "js", "xml", "php"] {
            assert!(matches!(looked(b"hello", ending, &[]), Err(Refusal::Unknown { .. })), "{ending}");
        }
    }
}
