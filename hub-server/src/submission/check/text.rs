//! Texts: no control characters but those that texts have. Which alphabet it is in is the reader's matter.

use super::Refusal;
use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

/// Whether bytes look like text.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    // The Windows editor's "Unicode" has a zero in every other byte.
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return bytes.len() > 3 && !bytes.starts_with(b"\xff\xfe\0\0");
    }
    bytes.iter().all(|byte| is_text(*byte))
}

const fn is_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0x20..=0x7e | 0x80..=0xff)
}

/// Reads the whole file, a piece at a time.
pub(super) fn check(path: &Path) -> Result<(), Refusal> {
    let mut file = BufReader::with_capacity(64 * 1024, File::open(path).map_err(|_| Refusal::Damaged)?);
    let mut piece = vec![0; 64 * 1024];
    let mut first = true;
    loop {
        let read = file.read(&mut piece).map_err(|_| Refusal::Damaged)?;
        if read == 0 {
            return Ok(());
        }
        let piece = &piece[..read];
        if first && (piece.starts_with(b"\xff\xfe") || piece.starts_with(b"\xfe\xff")) {
            return Ok(());
        }
        first = false;
        if !piece.iter().all(|byte| is_text(*byte)) {
            return Err(Refusal::Damaged);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{check, looks_like};
    use crate::submission::check::{Refusal, samples::Sample};

    #[test]
    fn texts_have_no_control_characters_wherever_they_stand() {
        for good in ["print('hi')\n", "a\tb\r\n", "señal 信号 🙂", ""] {
            assert!(looks_like(good.as_bytes()), "{good}");
        }
        assert!(looks_like(b"caf\xe9"));
        assert!(looks_like(b"\xff\xfeh\0i\0"));
        assert!(!looks_like(b"a\0b"));
        let mut late = vec![b'a'; 200_000];
        assert_eq!(check(&Sample::of(&late).0), Ok(()));
        late[199_999] = 0;
        assert_eq!(check(&Sample::of(&late).0), Err(Refusal::Damaged));
    }
}
