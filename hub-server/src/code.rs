//! Codes that people read to one another and type: of a class, of an invitation, of a certificate.

use server_kit::entropy::Entropy;
use std::fmt;

/// Without 0, 1, I and O, which are mistaken for one another.
pub const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// How many characters are shown together.
const GROUP: usize = 4;

/// `LENGTH` characters of [`ALPHABET`], five bits each. Well-formed; whether it leads anywhere is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code<const LENGTH: usize>(String);

impl<const LENGTH: usize> Code<LENGTH> {
    /// A new one.
    pub fn mint(entropy: &Entropy) -> Self {
        Self(entropy.code(ALPHABET, LENGTH))
    }

    /// As typed.
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String = characters(typed).collect();
        let known = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
        known.then_some(Self(code))
    }

    /// As stored: the characters alone.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const LENGTH: usize> fmt::Display for Code<LENGTH> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

/// What is typed for a code, in any case, with or without dashes and spaces.
pub fn characters(typed: &str) -> impl Iterator<Item = char> {
    let typed = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '‑'));
    typed.map(|c| c.to_ascii_uppercase())
}

/// A stored code as people read it: `ABCD-EFGH`.
pub fn shown(code: &str) -> String {
    let mut shown = String::with_capacity(code.len() + code.len() / GROUP);
    for (place, c) in code.chars().enumerate() {
        if place > 0 && place % GROUP == 0 {
            shown.push('-');
        }
        shown.push(c);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{Code, shown};
    use proptest::prelude::*;
    use server_kit::entropy::Entropy;

    #[test]
    fn typed_codes_are_read_kindly_and_others_refused() {
        for typed in ["ABCD-EFGH", "abcdefgh", " abcd efgh ", "ABCD–EFGH"] {
            assert_eq!(Code::<8>::parse(typed).unwrap().as_str(), "ABCDEFGH", "{typed}");
        }
        for typed in ["", "ABCDEFG", "ABCDEFGHJ", "ABCD-EFG0", "ABCDEFGI", "ÄBCDEFGH", "ABCDEFG'"] {
            assert_eq!(Code::<8>::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn codes_are_shown_in_fours() {
        assert_eq!(shown("ABCDEFGHJKLMNPQR"), "ABCD-EFGH-JKLM-NPQR");
        assert_eq!(shown(""), "");
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(seed: u64) {
            let code = Code::<16>::mint(&Entropy::seeded(seed));
            prop_assert_eq!(Code::parse(&code.to_string()), Some(code));
        }

        #[test]
        fn nothing_typed_breaks_it(typed: String) {
            if let Some(code) = Code::<8>::parse(&typed) {
                prop_assert_eq!(code.as_str().len(), 8);
            }
        }
    }
}
