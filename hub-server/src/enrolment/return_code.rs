//! Return codes: six characters, or the same as four words that a young child can draw.

use super::things::{COUNT, THINGS, Thing};
use crate::{
    code::{self, ALPHABET},
    web::{Lang, secrets::Secrets},
};
use server_kit::entropy::Entropy;
use shared_types::ids::ClassroomId;
use std::fmt;

const LENGTH: u32 = 6;
/// Bits of one character: the alphabet has 32.
const BITS: u32 = 5;
const WORDS: usize = 4;

/// A return code, as a number of 30 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReturnCode(u32);

impl ReturnCode {
    /// A new one.
    pub fn mint(entropy: &Entropy) -> Self {
        Self(entropy.below(1 << (LENGTH * BITS)))
    }

    /// As typed: the characters in any case with or without dash and spaces, or the four words in either language.
    pub fn parse(typed: &str) -> Option<Self> {
        Self::from_characters(typed).or_else(|| Self::from_words(typed))
    }

    /// What is stored of it.
    pub fn fingerprint(self, secrets: &Secrets, classroom: ClassroomId) -> [u8; 32] {
        secrets.fingerprint("return-code", &[classroom.0.as_bytes(), &self.0.to_be_bytes()])
    }

    /// The same as four things.
    pub fn things(self) -> [Thing; WORDS] {
        let mut rest = self.0;
        let mut things = [THINGS[0]; WORDS];
        for thing in things.iter_mut().rev() {
            *thing = THINGS[(rest % COUNT) as usize];
            rest /= COUNT;
        }
        things
    }

    fn from_characters(typed: &str) -> Option<Self> {
        let mut number = 0;
        let mut length = 0;
        for c in code::characters(typed) {
            let place = ALPHABET.iter().position(|known| char::from(*known) == c)?;
            length += 1;
            if length > LENGTH {
                return None;
            }
            number = number << BITS | u32::try_from(place).ok()?;
        }
        (length == LENGTH).then_some(Self(number))
    }

    fn from_words(typed: &str) -> Option<Self> {
        let words: Vec<String> =
            typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(plain).collect();
        if words.len() != WORDS {
            return None;
        }
        Lang::ALL.into_iter().find_map(|lang| {
            let mut number = 0_u64;
            for word in &words {
                let place = THINGS.iter().position(|thing| plain(thing.word(lang)) == *word)?;
                number = number * u64::from(COUNT) + place as u64;
            }
            u32::try_from(number).ok().filter(|number| *number < 1 << (LENGTH * BITS)).map(Self)
        })
    }
}

impl Thing {
    /// What it is called.
    pub const fn word(self, lang: Lang) -> &'static str {
        match lang {
            Lang::English => self.english,
            Lang::Spanish => self.spanish,
        }
    }
}

/// Lower case and without accents: a child should not fail over one.
fn plain(word: &str) -> String {
    let bare = |c: char| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        other => other,
    };
    word.to_lowercase().chars().map(bare).collect()
}

impl fmt::Display for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..LENGTH).rev() {
            let index = (self.0 >> (place * BITS)) as usize % ALPHABET.len();
            write!(f, "{}", char::from(ALPHABET[index]))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReturnCode")
    }
}

#[cfg(test)]
mod tests {
    use super::{ReturnCode, THINGS, plain};
    use crate::web::Lang;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn there_are_enough_things_and_none_twice() {
        assert!(THINGS.len().pow(4) >= 1 << 30);
        for lang in Lang::ALL {
            let words: HashSet<String> = THINGS.iter().map(|thing| plain(thing.word(lang))).collect();
            assert_eq!(words.len(), THINGS.len(), "{lang:?}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for typed in ["", "ABCDE", "ABCDEFG", "ABCDE0", "dog cat", "dog cat mouse spoonful", "dog cat mouse bear fox"] {
            assert_eq!(ReturnCode::parse(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_read_as_it_is_shown(number in 0_u32..1 << 30) {
            let code = ReturnCode(number);
            prop_assert_eq!(ReturnCode::parse(&code.to_string()), Some(code));
            let relaxed = code.to_string().to_lowercase();
            prop_assert_eq!(ReturnCode::parse(&format!(" {}-{} ", &relaxed[..3], &relaxed[3..])), Some(code));
            for lang in Lang::ALL {
                let words: Vec<String> = code.things().into_iter().map(|thing| plain(thing.word(lang))).collect();
                prop_assert_eq!(ReturnCode::parse(&words.join(" · ")), Some(code));
                prop_assert_eq!(ReturnCode::parse(&words.join(", ").to_uppercase()), Some(code));
            }
        }

        #[test]
        fn nothing_typed_breaks_it(typed: String) {
            let _ = ReturnCode::parse(&typed);
        }
    }
}
