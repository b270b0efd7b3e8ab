//! What a file was called, made safe to show and to save under; and the header that says it (RFC 6266).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// Longest name, in characters.
const MAX_CHARS: usize = 120;
/// What RFC 5987 lets stand in `filename*` beside letters and digits.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Names that some systems keep for themselves.
const RESERVED: [&str; 8] = ["con", "prn", "aux", "nul", "com1", "com2", "lpt1", "lpt2"];

/// A file name without a path, without control characters and of reasonable length; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeName(String);

impl SafeName {
    /// From whatever a browser or an archive says: the last part of a path of either kind.
    pub fn of(name: &str) -> Self {
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain: String = last.chars().map(|c| if is_safe(c) { c } else { '_' }).collect();
        // A leading dot hides a file, and a trailing one gets lost on some systems.
        let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
        let (stem, ending) = parts(plain);
        let room = MAX_CHARS - ending.map_or(0, |ending| ending.chars().count() + 1);
        let mut stem: String = stem.chars().take(room).collect();
        if stem.is_empty() || RESERVED.contains(&stem.to_ascii_lowercase().as_str()) {
            stem.insert_str(0, "file");
        }
        Self(ending.map_or_else(|| stem.clone(), |ending| format!("{stem}.{ending}")))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the last dot, in lower case.
    pub fn ending(&self) -> Option<String> {
        parts(&self.0).1.map(str::to_ascii_lowercase)
    }

    /// The same with `-2`, `-3` … before the ending.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Self {
        let (stem, ending) = parts(&self.0);
        Self(ending.map_or_else(|| format!("{stem}-{number}"), |ending| format!("{stem}-{number}.{ending}")))
    }

    /// The value of `Content-Disposition`.
    pub fn disposition(&self, kind: &str) -> String {
        let ascii: String = self
            .0
            .chars()
            .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') { c } else { '_' })
            .collect();
        format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(&self.0, ENCODED))
    }
}

impl fmt::Display for SafeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Stem and ending; an ending is short and plain, everything else belongs to the stem.
fn parts(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && (1..=8).contains(&ending.len())
                && ending.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            (stem, Some(ending))
        }
        _ => (name, None),
    }
}

/// Letters of all scripts are welcome; what turns text around or cannot be seen is not.
fn is_safe(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\')
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::SafeName;

    #[test]
    fn whatever_a_file_is_called_it_gets_a_plain_name() {
        for (name, safe) in [
            ("cat.png", "cat.png"),
            ("C:\\Users\\lena\\My Cat.PNG", "My Cat.PNG"),
            ("../../etc/passwd", "passwd"),
            ("/absolute/x.txt", "x.txt"),
            ("señal – versión 2.sb3", "señal – versión 2.sb3"),
            ("..", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("a\r\nSet-Cookie: x.txt", "a__Set-Cookie_ x.txt"),
            ("evil\u{202e}gnp.exe", "evil_gnp.exe"),
            ("con.txt", "filecon.txt"),
            ("quote\".txt", "quote_.txt"),
        ] {
            assert_eq!(SafeName::of(name).as_str(), safe, "{name:?}");
        }
        let long = SafeName::of(&format!("{}.sb3", "ä".repeat(500)));
        assert!(long.as_str().chars().count() <= 120 && long.as_str().ends_with("ä.sb3"));
    }

    #[test]
    fn endings_are_known_in_lower_case_and_numbers_stand_before_them() {
        assert_eq!(SafeName::of("Game.SB3").ending().as_deref(), Some("sb3"));
        assert_eq!(SafeName::of("no ending").ending(), None);
        assert_eq!(SafeName::of("Game.SB3").numbered(2).as_str(), "Game-2.SB3");
        assert_eq!(SafeName::of("notes").numbered(3).as_str(), "notes-3");
    }

    #[test]
    fn the_header_is_ascii_and_says_the_whole_name() {
        let header = SafeName::of("señal \"2\".txt").disposition("attachment");
        assert_eq!(header, "attachment; filename=\"se_al__2_.txt\"; filename*=UTF-8''se%C3%B1al%20_2_.txt");
        assert!(header.is_ascii());
    }
}
