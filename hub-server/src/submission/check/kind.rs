//! The kinds of file that are taken, and how each is told by its first bytes.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Pdf,
    Zip,
    Sb3,
    Docx,
    Mp3,
    Mp4,
    Text,
    Markdown,
    Python,
    Csv,
    /// Never shown, always saved.
    Html,
}

/// What can be told from the first bytes alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Png,
    Jpeg,
    Gif,
    Webp,
    Pdf,
    /// zip, sb3 and docx.
    Archive,
    Mp3,
    Mp4,
    Text,
    Other,
}

const ENDINGS: [(&str, FileKind); 16] = [
    ("png", FileKind::Png),
    ("jpg", FileKind::Jpeg),
    ("jpeg", FileKind::Jpeg),
    ("gif", FileKind::Gif),
    ("webp", FileKind::Webp),
    ("pdf", FileKind::Pdf),
    ("sb3", FileKind::Sb3),
    ("docx", FileKind::Docx),
    ("zip", FileKind::Zip),
    ("mp3", FileKind::Mp3),
    ("mp4", FileKind::Mp4),
    ("txt", FileKind::Text),
    ("md", FileKind::Markdown),
    ("py", FileKind::Python),
    ("csv", FileKind::Csv),
    ("html", FileKind::Html),
];

/// Every ending that is taken, in the order they are named to people.
pub fn names() -> impl Iterator<Item = &'static str> {
    ENDINGS.into_iter().map(|(ending, _)| ending).filter(|ending| *ending != "jpeg")
}

impl FileKind {
    /// The kind an ending stands for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        let ending = ending.trim_start_matches('.');
        let ending = if ending.eq_ignore_ascii_case("htm") { "html" } else { ending };
        ENDINGS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, kind)| kind)
    }

    /// What it is sent as.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
            Self::Sb3 => "application/x.scratch.sb3",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
            Self::Text | Self::Markdown | Self::Python | Self::Csv => "text/plain; charset=utf-8",
            Self::Html => "application/octet-stream",
        }
    }

    pub(super) const fn family(self) -> Family {
        match self {
            Self::Png => Family::Png,
            Self::Jpeg => Family::Jpeg,
            Self::Gif => Family::Gif,
            Self::Webp => Family::Webp,
            Self::Pdf => Family::Pdf,
            Self::Zip | Self::Sb3 | Self::Docx => Family::Archive,
            Self::Mp3 => Family::Mp3,
            Self::Mp4 => Family::Mp4,
            Self::Text | Self::Markdown | Self::Python | Self::Csv | Self::Html => Family::Text,
        }
    }
}

/// What a file is by its first bytes.
pub(super) fn family(head: &[u8]) -> Family {
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Family::Png
    } else if head.starts_with(b"\xff\xd8\xff") {
        Family::Jpeg
    } else if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        Family::Gif
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        Family::Webp
    } else if head.starts_with(b"%PDF-") {
        Family::Pdf
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Family::Archive
    } else if head.get(4..8) == Some(b"ftyp") {
        Family::Mp4
    } else if head.starts_with(b"ID3") || is_mp3_frame(head) {
        Family::Mp3
    } else if !infer::is_app(head) && super::text::looks_like(head) {
        Family::Text
    } else {
        Family::Other
    }
}

/// Sync word, layer III, a bit rate and a sample rate that exist.
fn is_mp3_frame(head: &[u8]) -> bool {
    matches!(head, [0xff, second, third, ..]
        if second & 0xe6 == 0xe2 && (1..15).contains(&(third >> 4)) && (third >> 2) & 3 != 3)
}

/// The ending of what the content is, where it can be told.
pub(super) fn told(head: &[u8]) -> Option<&'static str> {
    match family(head) {
        Family::Png => Some("png"),
        Family::Jpeg => Some("jpg"),
        Family::Gif => Some("gif"),
        Family::Webp => Some("webp"),
        Family::Pdf => Some("pdf"),
        Family::Archive => Some("zip"),
        Family::Mp3 => Some("mp3"),
        Family::Mp4 => Some("mp4"),
        Family::Text => Some("txt"),
        // Programs are not told by name: nobody renamed one by accident.
        Family::Other => infer::get(head).map(|found| found.extension()).filter(|_| !infer::is_app(head)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Family, FileKind, family};

    #[test]
    fn first_bytes_tell_the_family() {
        for (head, expected) in [
            (&b"\x89PNG\r\n\x1a\n"[..], Family::Png),
            (b"\xff\xd8\xff\xe1", Family::Jpeg),
            (b"GIF87a", Family::Gif),
            (b"RIFF\0\0\0\0WEBPVP8 ", Family::Webp),
            (b"RIFF\0\0\0\0WAVEfmt ", Family::Other),
            (b"%PDF-1.7", Family::Pdf),
            (b"PK\x03\x04", Family::Archive),
            (b"\0\0\0\x20ftypisom", Family::Mp4),
            (b"ID3\x04", Family::Mp3),
            (b"\xff\xfb\x90\x64", Family::Mp3),
            (b"\xff\xff\0\0", Family::Other),
            (b"plain", Family::Text),
            (b"#!/bin/sh\n", Family::Text),
        ] {
            assert_eq!(family(head), expected, "{head:?}");
        }
    }

    #[test]
    fn endings_are_known_however_they_are_written() {
        assert_eq!(FileKind::of_ending(".JPEG"), Some(FileKind::Jpeg));
        assert_eq!(FileKind::of_ending("htm"), Some(FileKind::Html));
        assert_eq!(FileKind::of_ending("svg"), None);
        assert_eq!(super::names().count(), 15);
    }
}
