//! Whether a name is a word that hurts or embarrasses, in English or Spanish, however it is spelt.
//!
//! Whole words are compared, not stretches of letters: Scunthorpe, Cassandra and Yoshitaka are names. Only words
//! that occur in no other are also looked for inside. A teacher sees every name on the roster; this list keeps the
//! plainest ones from ever standing there.

use super::key;
use unicode_normalization::UnicodeNormalization;

/// Refused wherever they stand.
const INSIDE: &[&str] = &[
    "asshole",
    "blowjob",
    "cabrones",
    "faggot",
    "fuck",
    "gilipolla",
    "hijodeputa",
    "hijueputa",
    "maricon",
    "motherf",
    "nigger",
    "pendejo",
];
/// Refused as a word of their own.
const WHOLE: &[&str] = &[
    "anal", "anus", "arse", "ass", "bastard", "bitch", "boob", "bollocks", "cabron", "cagada", "chinga", "chingada",
    "chingar", "cock", "cojones", "coño", "cum", "cunt", "dildo", "fck", "fuk", "fag", "folla", "follar", "goebbels",
    "heil", "hentai", "hitler", "joder", "kkk", "mierda", "nazi", "nigga", "negrata", "orgasm", "orgasmo", "penis",
    "pene", "pinche", "piss", "porn", "porno", "puta", "putita", "puto", "pussy", "rapist", "retard", "sex", "sexo",
    "sexy", "shit", "slut", "sudaca", "tetas", "tit", "twat", "verga", "wank", "wanker", "whore",
];

/// Whether one of the listed words is in `name`.
pub fn is_unkind(name: &str) -> bool {
    let words = words(name);
    words.iter().chain(&spelt_out(&words)).flat_map(|word| readings(word)).any(|word| is_listed(&word))
}

fn is_listed(word: &str) -> bool {
    let stems = [Some(word), word.strip_suffix('s'), word.strip_suffix("es")];
    let whole = stems.iter().flatten().any(|stem| WHOLE.contains(stem));
    whole || INSIDE.iter().any(|listed| word.contains(listed))
}

/// Small letters; "ñ" stays what it is, because "coño" is not "cono".
fn words(name: &str) -> Vec<String> {
    let composed: String = name.nfkd().filter(|c| !key::is_accent(*c) || *c == '\u{303}').nfc().collect();
    let small: String = composed
        .chars()
        .map(|c| if c == 'ñ' || c == 'Ñ' { "ñ".to_owned() } else { key::plain(&c.to_string()) })
        .collect();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '$' | '!' | '|' | '+' | '€');
    small.split(|c: char| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// "f u c k" and "fu.ck": neighbours of at most two letters, together.
fn spelt_out(words: &[String]) -> Vec<String> {
    let is_short = |word: &String| word.chars().count() <= 2;
    let runs = words.split(|word| !is_short(word)).filter(|run| run.len() > 1);
    runs.map(<[String]>::concat).collect()
}

/// How a word may be meant: figures for letters, figures around it, letters drawn out.
fn readings(word: &str) -> Vec<String> {
    let bare = word.trim_matches(|c: char| !c.is_alphabetic());
    let mut readings = Vec::new();
    for word in [word, bare].into_iter().filter(|word| word.contains(char::is_alphabetic)) {
        let read: String = word.chars().map(letter).collect();
        readings.extend([drawn_out(&read, 2), drawn_out(&read, 1), read]);
    }
    readings
}

const fn letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    }
}

/// Three and more of one letter become `kept` of it.
fn drawn_out(word: &str, kept: usize) -> String {
    let letters: Vec<char> = word.chars().collect();
    let runs = letters.chunk_by(|one, other| one == other);
    runs.flat_map(|run| &run[..if run.len() > 2 { kept } else { run.len() }]).collect()
}

#[cfg(test)]
mod tests {
    use super::is_unkind;

    #[test]
    fn the_plainest_words_are_seen_however_they_are_spelt() {
        for name in [
            "shit",
            "Sh1t",
            "SHIIIIT",
            "5h1t",
            "f.u.c.k",
            "fu ck",
            "F u c k 17",
            "xXfuckXx",
            "fuuuuck",
            "Big Ass",
            "a$$",
            "Puta",
            "PUTO 3",
            "coño",
            "CON\u{303}O",
            "hijo de puta",
            "mierda!",
            "Gilipollas",
            "b00bs",
            "tits",
            "ｓｈｉｔ",
            "ѕhіt",
            "Heil",
            "nazis",
            "Hitler",
            "Jonas bitch",
        ] {
            assert!(is_unkind(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_hold_such_letters_are_names() {
        for name in [
            "Scunthorpe",
            "Penistone",
            "Essex",
            "Sussex",
            "Cassandra",
            "Assunta",
            "Massimo",
            "Dickinson",
            "Dick",
            "Hancock",
            "Peacock",
            "Cockburn",
            "Lipshitz",
            "Yoshitaka",
            "Ashita",
            "Titus",
            "Tito",
            "Analía",
            "Ana L.",
            "Vergara",
            "Nazir",
            "Nazaret",
            "Cumberland",
            "Putnam",
            "Disputa",
            "Computadora",
            "Classy Otter 17",
            "Cono Azul",
            "Conó",
            "Sexto",
            "Negro",
            "Niger",
            "Nigel",
            "Concha",
            "Macabro Nutria",
            "Fukuda",
            "Pornchai",
            "Penelope",
            "Mikael",
            "Swank",
            "Bo Li",
            "J. S. Bach",
            "A S",
            "Perro",
            "Zorra Curiosa",
            "Ana 455",
            "Wu Fu",
        ] {
            assert!(!is_unkind(name), "{name}");
        }
    }
}
