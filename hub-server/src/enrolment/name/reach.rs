//! Whether a name is a way to reach somebody: an e-mail address, a telephone number, a web address.

use super::key;

/// The shortest telephone numbers that reach a person from outside have seven digits.
const PHONE_DIGITS: usize = 7;
/// Endings of addresses that students would write; "Ana B.Com" loses nothing by it.
const ENDINGS: &[&str] = &[
    "app", "ar", "biz", "ca", "cat", "ch", "cl", "co", "com", "de", "dev", "edu", "es", "eu", "example", "fr", "gg",
    "gov", "info", "io", "it", "live", "me", "mx", "net", "online", "org", "pe", "pt", "site", "tv", "uk", "us", "xyz",
];

/// Anything with an `@`, and "jonas at school dot org".
pub fn is_email(name: &str) -> bool {
    if name.contains(['@', '＠', '﹫']) {
        return true;
    }
    let plain = key::plain(name);
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| matches!(*word, "at" | "arroba"));
    let dot = words.iter().rposition(|word| matches!(*word, "dot" | "punto"));
    matches!((at, dot), (Some(at), Some(dot)) if at < dot)
        || at.is_some_and(|at| at > 0) && plain.split_whitespace().any(ends_like_an_address)
}

/// So many digits in one name, whatever stands between them.
pub fn is_phone_number(name: &str) -> bool {
    name.chars().filter(|c| c.is_numeric()).count() >= PHONE_DIGITS
}

/// With `://`, `www.`, or ending like a host's name.
pub fn is_web_address(name: &str) -> bool {
    let plain = key::plain(name);
    plain.contains("://") || plain.contains("www.") || plain.split_whitespace().any(ends_like_an_address)
}

/// `jonas.com`, `school.co.uk`, `anything.at/all`.
fn ends_like_an_address(word: &str) -> bool {
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.trim_matches(|c: char| !c.is_alphanumeric());
    let has_path = word.contains('/') && host.contains('.');
    has_path || host.rsplit_once('.').is_some_and(|(name, ending)| name.len() > 1 && ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::{is_email, is_phone_number, is_web_address};

    #[test]
    fn ways_to_reach_somebody_are_seen() {
        for name in
            ["jonas@school.example", "@jonas", "jonas＠x", "jonas (at) school (dot) org", "lena arroba correo punto es"]
        {
            assert!(is_email(name), "{name}");
        }
        for name in ["+34 612 34 56 78", "Jonas 0123-4567", "٠١٢٣٤٥٦", "6.1.2.3.4.5.6"] {
            assert!(is_phone_number(name), "{name}");
        }
        for name in ["https://jonas.example", "www.jonas", "jonas.com", "Jonas.ES", "discord.gg/abc", "youtu.be/abc"] {
            assert!(is_web_address(name), "{name}");
        }
    }

    #[test]
    fn names_with_dots_and_numbers_are_names() {
        for name in
            ["J. Me", "A.M.E.", "Jonas B.", "Otter 2026", "Ana 123456", "Cat Dot", "Pat at Home", "M.Co", "St. Gall"]
        {
            assert!(!is_email(name) && !is_phone_number(name) && !is_web_address(name), "{name}");
        }
    }
}
