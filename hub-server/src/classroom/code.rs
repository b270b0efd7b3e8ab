//! Class codes: eight characters that are not mistaken for one another, shown as `ABCD-EFGH`.

use server_kit::entropy::Entropy;
use std::fmt;

/// Without 0, 1, I and O.
pub const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 8;

/// A well-formed class code; whether there is such a class is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassCode(String);

impl ClassCode {
    /// A new one.
    pub fn mint(entropy: &Entropy) -> Self {
        Self(entropy.code(ALPHABET, LENGTH))
    }

    /// As typed: any case, with or without dash and spaces.
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '‑'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let known = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
        known.then_some(Self(code))
    }

    /// As stored: eight characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClassCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

/// A stored code as people read it: `ABCD-EFGH`.
pub fn shown(code: &str) -> String {
    match code.split_at_checked(LENGTH / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::ClassCode;
    use proptest::prelude::*;
    use server_kit::entropy::Entropy;

    #[test]
    fn typed_codes_are_read_kindly_and_others_refused() {
        for typed in ["ABCD-EFGH", "abcdefgh", " abcd efgh ", "ABCD–EFGH"] {
            assert_eq!(ClassCode::parse(typed).unwrap().as_str(), "ABCDEFGH", "{typed}");
        }
        for typed in ["", "ABCDEFG", "ABCDEFGHJ", "ABCD-EFG0", "ABCDEFGI", "ÄBCDEFGH", "ABCDEFG'"] {
            assert_eq!(ClassCode::parse(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(seed: u64) {
            let code = ClassCode::mint(&Entropy::seeded(seed));
            prop_assert_eq!(ClassCode::parse(&code.to_string()), Some(code));
        }

        #[test]
        fn nothing_typed_breaks_it(typed: String) {
            if let Some(code) = ClassCode::parse(&typed) {
                prop_assert_eq!(code.as_str().len(), 8);
            }
        }
    }
}
