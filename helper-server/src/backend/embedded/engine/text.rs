//! Bytes of tokens as text: a character may be spread over several tokens.

/// Holds back the bytes of a character that is not whole yet.
#[derive(Debug, Default)]
pub struct Utf8(Vec<u8>);

impl Utf8 {
    /// Adds bytes and takes what is whole. Bytes that can never become text are replaced.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        self.0.extend_from_slice(bytes);
        let mut text = String::new();
        loop {
            match std::str::from_utf8(&self.0) {
                Ok(whole) => {
                    text.push_str(whole);
                    self.0.clear();
                    return text;
                }
                Err(error) => {
                    let (whole, rest) = self.0.split_at(error.valid_up_to());
                    text.push_str(&String::from_utf8_lossy(whole));
                    let Some(broken) = error.error_len() else {
                        self.0 = rest.to_vec();
                        return text;
                    };
                    text.push(char::REPLACEMENT_CHARACTER);
                    self.0 = rest[broken..].to_vec();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Utf8;

    #[test]
    fn a_character_in_pieces_comes_out_whole() {
        let mut text = Utf8::default();
        assert_eq!(text.push(b"a\xF0\x9F"), "a");
        assert_eq!(text.push(b"\xA6"), "");
        assert_eq!(text.push(b"\x8A!"), "🦊!");
    }

    #[test]
    fn broken_bytes_are_replaced() {
        let mut text = Utf8::default();
        assert_eq!(text.push(b"a\xFFb\xC3"), "a\u{FFFD}b");
        assert_eq!(text.push(b"c"), "\u{FFFD}c");
    }
}
