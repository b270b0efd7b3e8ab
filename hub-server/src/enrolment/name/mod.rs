//! The name a student goes by in a class. It need not be a real one, and must not be an address or a number by which
//! somebody could be reached, nor a word that hurts.

pub mod key;
mod kindness;
mod reach;

use crate::web::FormState;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest name, in characters.
pub const MAX_CHARS: usize = 40;
/// Marks on one letter: Hebrew and Vietnamese take up to three, a pile of them hides the line above.
const MOST_MARKS: usize = 3;

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
    /// Nothing but signs, or letters buried under marks.
    Unreadable,
    EmailAddress,
    PhoneNumber,
    WebAddress,
    /// A word that hurts or embarrasses.
    Unkind,
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
            Self::Unkind => form.refuse("display_name", "join-name-unkind"),
        }
    }
}

impl DisplayName {
    /// As typed, made tidy: signs that nobody sees go, spaces become single ones, letters are composed.
    pub fn parse(typed: &str) -> Result<Self, NameFault> {
        let shown = tidy(typed);
        let key = key::of(&shown);
        if typed.trim().is_empty() {
            Err(NameFault::Missing)
        } else if shown.chars().count() > MAX_CHARS {
            Err(NameFault::TooLong)
        } else if key.is_empty() || is_buried(&shown) {
            Err(NameFault::Unreadable)
        } else if reach::is_email(&shown) {
            Err(NameFault::EmailAddress)
        } else if reach::is_phone_number(&shown) {
            Err(NameFault::PhoneNumber)
        } else if reach::is_web_address(&shown) {
            Err(NameFault::WebAddress)
        } else if kindness::is_unkind(&shown) {
            Err(NameFault::Unkind)
        } else {
            Ok(Self { shown, key })
        }
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// As it is compared: "Núria B." and "nuria b" are one name.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// The name without what nobody sees.
fn tidy(typed: &str) -> String {
    let mut visible = String::with_capacity(typed.len());
    let mut rest = typed.chars().peekable();
    while let Some(c) = rest.next() {
        let joins = is_joiner(c) && is_joinable(visible.chars().next_back()) && is_joinable(rest.peek().copied());
        if c.is_whitespace() || !is_invisible(c) || joins {
            visible.push(c);
        }
    }
    let composed: String = visible.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Holds emoji together and Persian letters apart.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// What such a sign stands between.
fn is_joinable(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !is_invisible(c))
}

/// Control signs, signs that turn or hide text, and letters that are only a gap.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_buried(name: &str) -> bool {
    let mut marks = 0;
    name.nfd().any(|c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks > MOST_MARKS
    })
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
            ("Núria", "Núria", "nuria"),
            ("李小龙", "李小龙", "李小龙"),
            ("O'Neil-Ávila", "O'Neil-Ávila", "oneilavila"),
            ("<b>Jonas</b>", "<b>Jonas</b>", "bjonasb"),
            ("Ana 😀", "Ana 😀", "ana"),
            ("Ana 👩\u{200d}🚀", "Ana 👩\u{200d}🚀", "ana"),
            ("sanoj\u{202e}", "sanoj", "sanoj"),
            ("jo\u{200b}nas\u{200d}", "jonas", "jonas"),
            ("Jose\u{301}", "José", "jose"),
            ("Ana\u{a0}\u{3164}\u{2800}B", "Ana B", "anab"),
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
            ("\u{200b}", NameFault::Unreadable),
            ("😀", NameFault::Unreadable),
            ("...", NameFault::Unreadable),
            ("J\u{334}\u{335}\u{336}\u{337}o", NameFault::Unreadable),
            ("jonas@school.example", NameFault::EmailAddress),
            ("+34 612 34 56 78", NameFault::PhoneNumber),
            ("www.jonas.example", NameFault::WebAddress),
            ("Sh1t", NameFault::Unkind),
            ("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", NameFault::TooLong),
        ] {
            assert_eq!(DisplayName::parse(typed), Err(fault), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_short_visible_and_stays_itself(typed in ".{0,60}") {
            if let Ok(name) = DisplayName::parse(&typed) {
                prop_assert!(name.as_str().chars().count() <= MAX_CHARS);
                prop_assert!(!name.key().is_empty());
                prop_assert_eq!(DisplayName::parse(name.as_str()), Ok(name));
            }
        }

        #[test]
        fn case_and_spaces_make_no_other_person(name in "[a-z]{3,10} [a-z]{3,10}") {
            let spaced = format!(" {} ", name.to_uppercase().replace(' ', "   "));
            let (a, b) = (DisplayName::parse(&name), DisplayName::parse(&spaced));
            prop_assert_eq!(a.map(|name| name.key), b.map(|name| name.key));
        }
    }
}
