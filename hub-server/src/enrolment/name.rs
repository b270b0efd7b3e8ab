//! The name a student goes by in a class. It need not be a real one, and must not be an address or a number by which
//! somebody could be reached.

use crate::web::FormState;

/// Longest name, in characters.
pub const MAX_CHARS: usize = 40;
/// The shortest telephone numbers that reach a person from outside have seven digits.
const PHONE_DIGITS: usize = 7;

/// A name fit to be shown on a class list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName {
    shown: String,
    key: String,
}

/// Why a name was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    Missing,
    TooLong,
    /// Holds signs that cannot be seen, or nothing but signs.
    Unreadable,
    EmailAddress,
    PhoneNumber,
    WebAddress,
}

impl NameFault {
    /// Says in `form` what is wrong with the name and what to do.
    pub fn refuse_in<F>(self, form: FormState<F>) -> FormState<F> {
        match self {
            Self::Missing => form.refuse("display_name", "join-name-missing"),
            Self::TooLong => form.refuse("display_name", "join-name-too-long"),
            Self::Unreadable => form.refuse("display_name", "join-name-unreadable"),
            Self::EmailAddress => form.refuse("display_name", "join-name-email"),
            Self::PhoneNumber => form.refuse("display_name", "join-name-phone"),
            Self::WebAddress => form.refuse("display_name", "join-name-web"),
        }
    }
}

impl DisplayName {
    /// As typed; spaces at the ends go and those within become single ones.
    pub fn parse(typed: &str) -> Result<Self, NameFault> {
        let shown = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let key: String = shown.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        if shown.is_empty() {
            Err(NameFault::Missing)
        } else if shown.chars().count() > MAX_CHARS {
            Err(NameFault::TooLong)
        } else if shown.contains(is_invisible) || key.is_empty() {
            Err(NameFault::Unreadable)
        } else if looks_like_email(&shown) {
            Err(NameFault::EmailAddress)
        } else if shown.chars().filter(|c| c.is_numeric()).count() >= PHONE_DIGITS {
            Err(NameFault::PhoneNumber)
        } else if looks_like_web_address(&shown) {
            Err(NameFault::WebAddress)
        } else {
            Ok(Self { shown, key })
        }
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// As it is compared: "Jonas B." and "jonas b" are one name.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// Control signs, and the signs that turn or hide text.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

fn looks_like_email(name: &str) -> bool {
    name.contains(['@', '＠'])
}

fn looks_like_web_address(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("://") || lower.contains("www.")
}

#[cfg(test)]
mod tests {
    use super::{DisplayName, MAX_CHARS, NameFault};
    use proptest::prelude::*;

    #[test]
    fn names_are_taken_kindly() {
        for (typed, shown, key) in [
            ("Jonas", "Jonas", "jonas"),
            ("  lena   b. ", "lena b.", "lenab"),
            ("Curious Otter 17", "Curious Otter 17", "curiousotter17"),
            ("Núria", "Núria", "núria"),
            ("李小龙", "李小龙", "李小龙"),
            ("O'Neil-Ávila", "O'Neil-Ávila", "oneilávila"),
            ("<b>Jonas</b>", "<b>Jonas</b>", "bjonasb"),
            ("Ana 😀", "Ana 😀", "ana"),
        ] {
            let name = DisplayName::parse(typed).unwrap();
            assert_eq!((name.as_str(), name.key()), (shown, key), "{typed}");
        }
    }

    #[test]
    fn names_that_reach_a_person_or_nobody_are_refused() {
        for (typed, fault) in [
            ("", NameFault::Missing),
            (" \t ", NameFault::Missing),
            ("jonas@school.example", NameFault::EmailAddress),
            ("@jonas", NameFault::EmailAddress),
            ("+34 612 34 56 78", NameFault::PhoneNumber),
            ("Jonas 0123-4567", NameFault::PhoneNumber),
            ("https://jonas.example", NameFault::WebAddress),
            ("www.jonas.example", NameFault::WebAddress),
            ("😀", NameFault::Unreadable),
            ("...", NameFault::Unreadable),
            ("sanoj\u{202e}", NameFault::Unreadable),
            ("jo\u{200b}nas", NameFault::Unreadable),
            ("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", NameFault::TooLong),
        ] {
            assert_eq!(DisplayName::parse(typed), Err(fault), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_short_visible_and_stays_itself(typed in "\\PC{0,60}") {
            if let Ok(name) = DisplayName::parse(&typed) {
                prop_assert!(name.as_str().chars().count() <= MAX_CHARS);
                prop_assert!(!name.key().is_empty());
                prop_assert_eq!(DisplayName::parse(name.as_str()), Ok(name));
            }
        }

        #[test]
        fn case_and_spaces_make_no_other_person(name in "[a-z]{1,10} [a-z]{1,10}") {
            let spaced = format!(" {} ", name.to_uppercase().replace(' ', "   "));
            let (a, b) = (DisplayName::parse(&name).unwrap(), DisplayName::parse(&spaced).unwrap());
            prop_assert_eq!(a.key(), b.key());
        }
    }
}
