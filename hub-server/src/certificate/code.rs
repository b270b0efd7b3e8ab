//! What is printed on a certificate to look it up by: sixteen characters, 80 bits, shown as `ABCD-EFGH-JKLM-NPQR`.

use crate::classroom::code::ALPHABET;
use server_kit::entropy::Entropy;

const LENGTH: usize = 16;
const GROUP: usize = 4;

/// A well-formed code; whether there is such a certificate is another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A new one. Nobody guesses it: of 2^80 there are never more than a few million.
    pub fn mint(entropy: &Entropy) -> Self {
        Self(entropy.code(ALPHABET, LENGTH))
    }

    /// As typed from paper: any case, with or without dashes and spaces.
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '‑'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let known = code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte));
        known.then_some(Self(code))
    }

    /// As stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A stored code as people read it.
pub fn shown(code: &str) -> String {
    let groups: Vec<String> =
        code.as_bytes().chunks(GROUP).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::{Code, shown};
    use proptest::prelude::*;
    use server_kit::entropy::Entropy;

    #[test]
    fn typed_codes_are_read_kindly_and_others_refused() {
        for typed in ["ABCD-EFGH-JKLM-NPQR", "abcdefghjklmnpqr", " abcd efgh jklm npqr "] {
            assert_eq!(Code::parse(typed).unwrap().as_str(), "ABCDEFGHJKLMNPQR", "{typed}");
        }
        for typed in ["", "ABCD-EFGH", "ABCDEFGHJKLMNPQ0", "ABCDEFGHJKLMNPQRS", "ABCDEFGHJKLMNPQ'"] {
            assert_eq!(Code::parse(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_can_be_typed(seed: u64) {
            let code = Code::mint(&Entropy::seeded(seed));
            prop_assert_eq!(Code::parse(&shown(code.as_str())), Some(code));
        }
    }
}
