//! Reading from the storage what is looked at.

use crate::storage::{Spooled, Storage};
use anyhow::Context;
use futures::TryStreamExt;
use shared_types::ids::FileId;

/// The beginning of a text, and whether there is more. What is no UTF-8 is replaced.
pub(super) async fn text(storage: &Storage, file: FileId, max_bytes: usize) -> anyhow::Result<(String, bool)> {
    let mut pieces = storage.open(file, None).await?;
    let mut content = Vec::new();
    while content.len() <= max_bytes {
        let Some(piece) = pieces.try_next().await? else { break };
        content.extend_from_slice(&piece);
    }
    let cut = content.len() > max_bytes;
    content.truncate(max_bytes);
    let mut text = decoded(&content);
    if cut {
        // Not in the middle of a line.
        text.truncate(text.rfind('\n').unwrap_or(text.len()));
    }
    Ok((text, cut))
}

/// UTF-8, or UTF-16 where the first two bytes say so.
fn decoded(content: &[u8]) -> String {
    let utf16 = |pair: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = content[2..].chunks_exact(2).map(|two| pair([two[0], two[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match content {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(content).into_owned(),
    }
}

/// A copy of a file on this machine, which goes when it is dropped: an archive is read from its end.
pub(super) async fn copy(storage: &Storage, file: FileId, bytes: u64) -> anyhow::Result<Spooled> {
    let mut pieces = storage.open(file, None).await?;
    let mut spool = storage.spool(bytes).await?;
    while let Some(piece) = pieces.try_next().await? {
        spool.write(&piece).await.context("the file is longer than its row says")?;
    }
    Ok(spool.finish().await?)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_text_is_read_as_it_was_written() {
        assert_eq!(decoded("señal".as_bytes()), "señal");
        assert_eq!(decoded(b"\xef\xbb\xbfhi"), "hi");
        assert_eq!(decoded(b"\xff\xfeh\0i\0"), "hi");
        assert_eq!(decoded(b"\xfe\xff\0h\0i"), "hi");
        assert_eq!(decoded(b"caf\xe9"), "caf\u{fffd}");
    }
}
