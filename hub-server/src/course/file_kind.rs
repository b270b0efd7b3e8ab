//! Which files a lesson may bring, and how each is served. Decided by content where the content tells.

/// How a file is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    pub content_type: &'static str,
    /// Shown in the page; everything else is a download, so that nothing a pack brings runs as a page of ours.
    pub inline: bool,
}

impl FileKind {
    /// The kind of a file, by the end of its name, with pictures checked by their first bytes.
    /// `None` where the hub does not serve such files.
    pub fn of(path: &str, content: &[u8]) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        let picture = match extension.as_str() {
            "png" => Some(("image/png", content.starts_with(b"\x89PNG\r\n\x1a\n"))),
            "jpg" | "jpeg" => Some(("image/jpeg", content.starts_with(b"\xff\xd8\xff"))),
            "gif" => Some(("image/gif", content.starts_with(b"GIF87a") || content.starts_with(b"GIF89a"))),
            "webp" => Some(("image/webp", content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP"))),
            _ => None,
        };
        if let Some((content_type, genuine)) = picture {
            return genuine.then_some(Self { content_type, inline: true });
        }
        let content_type = match extension.as_str() {
            "pdf" => "application/pdf",
            "txt" | "md" | "py" | "csv" => "text/plain; charset=utf-8",
            "sb3" => "application/x.scratch.sb3",
            "mp3" => "audio/mpeg",
            "mp4" => "video/mp4",
            "zip" => "application/zip",
            _ => return None,
        };
        Some(Self { content_type, inline: false })
    }
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
    }
}
