//! Cuts a growing text into sentences: what is held back until it was looked at is never more than one.

/// A sentence that does not end is cut here, at a space.
const LONGEST: usize = 240;

/// Where the first sentence of `text` ends; none while it may go on. The end of a line ends it, and so does a mark
/// with a space after it.
pub fn end(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c == '\n' {
            return Some(at + 1);
        }
        if c == ' ' && (matches!(before, '.' | '!' | '?' | '…' | ':' | '。') || at >= LONGEST) {
            return Some(at + 1);
        }
        before = c;
    }
    (text.len() > 4 * LONGEST).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::end;
    use proptest::prelude::*;

    #[test]
    fn a_mark_and_a_space_or_a_line_end_a_sentence() {
        assert_eq!(end("Look. And"), Some(6));
        assert_eq!(end("¿Qué ves? Mira"), Some("¿Qué ves? ".len()));
        assert_eq!(end("- one\n- two"), Some(6));
        for going_on in ["", "Look", "Look.", "3.14 and", "x=1,2"] {
            assert_eq!(end(going_on), None, "{going_on}");
        }
    }

    proptest! {
        #[test]
        fn every_cut_is_between_characters_and_comes_in_time(text in "\\PC{0,1200}") {
            match end(&text) {
                Some(at) => prop_assert!(at > 0 && text.is_char_boundary(at)),
                None => prop_assert!(text.len() <= 4 * 240),
            }
        }
    }
}
