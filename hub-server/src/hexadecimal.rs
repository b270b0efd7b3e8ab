//! Bytes as digests are written: two lower-case digits each.

use std::fmt::Write;

/// `[0, 255]` becomes `00ff`.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _always = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::hexadecimal;

    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(hexadecimal(&[0, 15, 255]), "000fff");
        assert_eq!(hexadecimal(&[]), "");
    }
}
