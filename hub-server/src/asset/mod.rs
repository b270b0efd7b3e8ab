//! The organisation's own files, in folders: films, pictures and sheets that lessons of any of its courses may use.
//! A file keeps its address when it is renamed or moved; students may ask for it once it is published.

mod asked;
pub mod change;
pub mod folder;
pub mod pages;
pub mod serve;
pub mod show;
pub mod store;
pub mod upload;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use shared_types::ids::AssetId;

/// Largest file: an hour's lesson on film.
pub const MAX_BYTES: u64 = 500 * 1024 * 1024;
/// How long a deletion can be taken back.
pub const UNDO_DAYS: i64 = 30;

/// What stays as it is in an address.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// Where a file is served. The name is for people; the id finds the file.
pub fn address(id: AssetId, name: &str) -> String {
    format!("/files/{id}/{}", utf8_percent_encode(name, NAME))
}

/// What lesson text has to say to show or play the file, or to lead to it.
pub fn markdown(id: AssetId, name: &str, content_type: &str) -> String {
    let label = name.rsplit_once('.').map_or(name, |(stem, _)| stem).replace(['[', ']'], " ");
    let shown = if is_shown(content_type) { "!" } else { "" };
    format!("{shown}[{label}]({})", address(id, name))
}

/// Kinds shown within a page; everything else is saved.
fn is_shown(content_type: &str) -> bool {
    ["image/", "video/", "audio/"].iter().any(|kind| content_type.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::{address, markdown};
    use shared_types::ids::AssetId;
    use uuid::Uuid;

    #[test]
    fn an_address_is_an_id_and_a_name_for_people() {
        let id = AssetId(Uuid::nil());
        assert_eq!(address(id, "a film (1).mp4"), format!("/files/{id}/a%20film%20%281%29.mp4"));
        assert_eq!(markdown(id, "dots.png", "image/png"), format!("![dots](/files/{id}/dots.png)"));
        assert_eq!(markdown(id, "ships.mp4", "video/mp4"), format!("![ships](/files/{id}/ships.mp4)"));
        assert_eq!(markdown(id, "morse.mp3", "audio/mpeg"), format!("![morse](/files/{id}/morse.mp3)"));
        assert_eq!(markdown(id, "a]b.pdf", "application/pdf"), format!("[a b](/files/{id}/a%5Db.pdf)"));
    }
}
