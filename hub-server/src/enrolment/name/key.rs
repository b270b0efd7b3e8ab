//! Names as they are compared: without case, accents and signs, and with letters that only look Latin taken for Latin.

use unicode_normalization::UnicodeNormalization;

/// Small Cyrillic, Greek and Armenian letters, and the Latin ones that they or their capitals look like.
/// `migrations/hub/0030_joining.sql` holds the same two lines.
const LOOK_ALIKES: &str = "авекмнорстухіјѕԁһԛԝӏαβεζηικμνορτυχօսհո";
const LATIN: &str = "abekmhopctyxijsdhqwlabezhikmvoptyxouhn";

/// `shown` as it is compared.
pub fn of(shown: &str) -> String {
    plain(shown).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Small Latin letters where they can be had, signs and spaces still there.
pub fn plain(text: &str) -> String {
    let bare = text.nfkd().filter(|c| !is_accent(*c));
    // Up and down again: "ß" and "ss", "ς" and "σ" are one.
    bare.flat_map(char::to_uppercase).flat_map(char::to_lowercase).filter(|c| !is_accent(*c)).map(latin).collect()
}

/// Accents of Latin, Greek and Cyrillic letters. Marks of other scripts are letters of their own.
pub const fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

fn latin(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    LOOK_ALIKES.chars().zip(LATIN.chars()).find(|(other, _)| *other == c).map_or(c, |(_, latin)| latin)
}

#[cfg(test)]
mod tests {
    use super::{LATIN, LOOK_ALIKES, of};

    #[test]
    fn every_look_alike_has_its_letter() {
        assert_eq!(LOOK_ALIKES.chars().count(), LATIN.chars().count());
        let migration = include_str!("../../../../migrations/hub/0030_joining.sql");
        assert!(migration.contains(LOOK_ALIKES) && migration.contains(LATIN));
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (one, other) in [
            ("Jonas", "JОNАS"),
            ("Elena", "Εlena"),
            ("Lena", "Ｌｅｎａ"),
            ("Lena", "𝓛𝓮𝓷𝓪"),
            ("Weiß", "WEISS"),
            ("Núria", "Nuria"),
            ("İpek", "ipek"),
            ("Ναὸς", "ΝΑΌΣ"),
            ("Zoë-Ana", "zoe ana"),
        ] {
            assert_eq!(of(one), of(other), "{one} {other}");
        }
    }

    #[test]
    fn who_has_another_name_is_someone_else() {
        for (one, other) in
            [("Ana 1", "Ana 2"), ("Ana I.", "Ana L."), ("रवि", "रव"), ("Иван", "Иванка"), ("Jonas", "Janos")]
        {
            assert_ne!(of(one), of(other), "{one} {other}");
        }
    }
}
