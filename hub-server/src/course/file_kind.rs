//! Which files a lesson may bring, and how each is served. Decided by content where the content tells.

/// How a file is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    pub content_type: &'static str,
    /// Shown in the page; everything else is a download, so that nothing a pack brings runs as a page of ours.
    pub inline: bool,
}

/// Endings, what such files are served as, and whether a page shows them itself.
const KINDS: [(&[&str], &str, bool); 18] = [
    (&["png"], "image/png", true),
    (&["jpg", "jpeg"], "image/jpeg", true),
    (&["gif"], "image/gif", true),
    (&["webp"], "image/webp", true),
    (&["mp4", "m4v"], "video/mp4", true),
    (&["webm"], "video/webm", true),
    (&["mp3"], "audio/mpeg", true),
    (&["wav"], "audio/wav", true),
    (&["ogg"], "audio/ogg", true),
    (&["vtt"], "text/vtt; charset=utf-8", true),
    (&["pdf"], "application/pdf", false),
    (&["txt", "md", "py", "csv", "ino"], "text/plain; charset=utf-8", false),
    (&["sb3"], "application/x.scratch.sb3", false),
    (&["zip"], "application/zip", false),
    (&["hex"], "application/octet-stream", false),
    (&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false),
    (&["pptx"], "application/vnd.openxmlformats-officedocument.presentationml.presentation", false),
    (&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false),
];

impl FileKind {
    /// The kind of a file, by the end of its name; what a page shows must begin as such files begin.
    /// `None` where the hub does not serve such files.
    pub fn of(path: &str, content: &[u8]) -> Option<Self> {
        let (content_type, inline) = by_ending(path)?;
        let genuine = match content_type {
            "image/png" => content.starts_with(b"\x89PNG\r\n\x1a\n"),
            "image/jpeg" => content.starts_with(b"\xff\xd8\xff"),
            "image/gif" => content.starts_with(b"GIF87a") || content.starts_with(b"GIF89a"),
            "image/webp" => content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP"),
            "video/mp4" => content.get(4..8) == Some(b"ftyp"),
            "video/webm" => content.starts_with(b"\x1a\x45\xdf\xa3"),
            "audio/mpeg" => content.starts_with(b"ID3") || content.first() == Some(&0xff),
            "audio/wav" => content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WAVE"),
            "audio/ogg" => content.starts_with(b"OggS"),
            _ => true,
        };
        genuine.then_some(Self { content_type, inline })
    }

    /// The endings of all files that are served.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        KINDS.iter().flat_map(|(endings, ..)| endings.iter().copied())
    }

    /// Whether a file of that name would be served if it were what its name says.
    pub fn is_known(path: &str) -> bool {
        by_ending(path).is_some()
    }
}

fn by_ending(path: &str) -> Option<(&'static str, bool)> {
    let (_, ending) = path.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    let (_, content_type, inline) = KINDS.iter().find(|(endings, ..)| endings.contains(&ending.as_str()))?;
    Some((content_type, *inline))
}

/// Width and height of a PNG or GIF, from its header, so that the page does not jump while it loads.
pub fn picture_size(content: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(content.get(at..at + 4)?.try_into().ok()?));
    let short = |at: usize| Some(u32::from(u16::from_le_bytes(content.get(at..at + 2)?.try_into().ok()?)));
    if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some((number(16)?, number(20)?))
    } else if content.starts_with(b"GIF8") {
        Some((short(6)?, short(8)?))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{FileKind, picture_size};

    #[test]
    fn a_picture_is_what_its_bytes_say() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x05\x50\0\0\x01\xae";
        assert!(FileKind::of("a/b.PNG", png).is_some_and(|kind| kind.inline && kind.content_type == "image/png"));
        assert_eq!(FileKind::of("b.png", b"<script>alert(1)</script>"), None);
        assert_eq!(FileKind::of("b.gif", png), None);
        assert_eq!(picture_size(png), Some((1360, 430)));
        assert_eq!(picture_size(b"\x89PNG\r\n\x1a\n"), None);
    }

    #[test]
    fn pages_and_drawings_with_scripts_are_not_served() {
        for name in ["a.html", "a.svg", "a.js", "a.exe", "noending"] {
            assert_eq!(FileKind::of(name, b"anything"), None, "{name}");
        }
        assert!(FileKind::of("notes.pdf", b"%PDF").is_some_and(|kind| !kind.inline));
        assert!(FileKind::of("a.mp4", b"\0\0\0\x20ftypisom").is_some_and(|kind| kind.inline));
        assert_eq!(FileKind::of("a.mp4", b"<html>"), None);
    }
}
