//! The answers of a lesson, which a teacher wrote down so that the helper never says them.

use super::fold::{Token, tokens};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};

/// From this length on a key is looked for letter by letter, also inside words.
const LONG: usize = 8;
/// Of a longer key, the words at its beginning that make up this share already give it away, in percent.
const TELLING_PERCENT: usize = 60;
/// A line of a key of several lines is a key of its own from this length on.
const LINE: usize = 12;

/// One answer.
#[derive(Clone, Debug)]
pub struct Key {
    /// All its tokens in one.
    whole: String,
    /// The part whose beginning is enough.
    telling: String,
    reversed: Option<String>,
    /// A number as small as any other: only a sentence that claims it gives it away.
    needs_claim: bool,
}

/// Words from the beginning, as many as make up the telling share.
fn beginning(tokens: &[Token], letters: usize) -> String {
    let mut telling = String::new();
    for token in tokens {
        let begun = telling.chars().count();
        if begun >= LONG && begun * 100 >= letters * TELLING_PERCENT {
            break;
        }
        telling.push_str(token);
    }
    telling
}

impl Key {
    /// What an answer gives: itself, and each of its lines that is not the lesson's.
    pub fn all_of(answer: &str, lesson: &str) -> Vec<Self> {
        let lines = answer.lines().filter(|line| answer.contains('\n') && !lesson.contains(line.trim()));
        let lines = lines.filter_map(Self::parse).filter(|key| key.whole.chars().count() >= LINE);
        Self::parse(answer).into_iter().chain(lines).collect()
    }

    /// None where nothing of the text counts.
    pub fn parse(text: &str) -> Option<Self> {
        let tokens = canonical(&tokens(text));
        let whole = tokens.concat();
        if whole.is_empty() {
            return None;
        }
        let letters = whole.chars().count();
        let telling = if letters >= LONG { beginning(&tokens, letters) } else { whole.clone() };
        let reversed: String = whole.chars().rev().collect();
        Some(Self {
            needs_claim: letters == 1,
            reversed: (letters >= 3 && reversed != whole).then_some(reversed),
            telling,
            whole,
        })
    }

    /// All of it that counts, in one.
    pub fn letters(&self) -> &str {
        &self.whole
    }

    /// How often a text gives it away.
    pub fn told_in(&self, text: &Folded, claims: bool) -> usize {
        if self.needs_claim && !claims {
            return 0;
        }
        let told =
            text.count(&self.whole) + text.decoded.iter().filter(|decoded| decoded.contains(&self.whole)).count();
        let begun = if self.telling.len() < self.whole.len() { text.count(&self.telling) } else { 0 };
        let backwards = self.reversed.as_ref().map_or(0, |reversed| text.count(reversed));
        told + begun + backwards
    }
}

/// A text made ready to be searched.
#[derive(Clone, Debug)]
pub struct Folded {
    whole: String,
    /// Where in `whole` a token begins; its end is the last.
    starts: Vec<usize>,
    /// What words of the text say when they are decoded.
    decoded: Vec<String>,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let tokens = canonical(&tokens(text));
        let (mut whole, mut starts) = (String::new(), vec![0]);
        for token in &tokens {
            whole.push_str(token);
            starts.push(whole.len());
        }
        Self { whole, starts, decoded: decoded(text) }
    }

    /// How often `key` is in it: anywhere if it is long, else as whole words.
    fn count(&self, key: &str) -> usize {
        let whole_words = |&(at, _): &(usize, &str)| {
            self.starts.binary_search(&at).is_ok() && self.starts.binary_search(&(at + key.len())).is_ok()
        };
        let found = self.whole.match_indices(key);
        if key.chars().count() >= LONG { found.count() } else { found.filter(whole_words).count() }
    }
}

/// Words for "=" become the sign, fractions and per cent decimals, and hyphens nothing.
fn canonical(tokens: &[Token]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let number = |index: usize| tokens.get(index).and_then(|token| token.parse::<f64>().ok());
        let sign = |index: usize| tokens.get(index).map(String::as_str);
        if let (Some(over), Some("/"), Some(under)) = (number(at), sign(at + 1), number(at + 2))
            && under != 0.0
        {
            out.push(decimal(over / under));
            at += 3;
        } else if let (Some(hundredths), Some("%" | "percent" | "porciento")) = (number(at), sign(at + 1)) {
            out.push(decimal(hundredths / 100.0));
            at += 2;
        } else if tokens[at] == "-" {
            // As often a hyphen as a sign.
            at += 1;
        } else {
            out.push(match tokens[at].as_str() {
                "equals" | "equal" | "igual" | "vale" => "=".to_owned(),
                token => token.to_owned(),
            });
            at += 1;
        }
    }
    out
}

/// Up to four places, as people write them.
fn decimal(value: f64) -> Token {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Base64 and hexadecimal words, decoded.
fn decoded(text: &str) -> Vec<String> {
    let word = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/'));
    text.split(word)
        .filter(|word| word.len() >= 6)
        .flat_map(|word| [STANDARD_NO_PAD.decode(word).ok(), hex(word)])
        .flatten()
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .map(|text| canonical(&tokens(&text)).concat())
        .filter(|text| !text.is_empty())
        .collect()
}

fn hex(word: &str) -> Option<Vec<u8>> {
    let pairs = word.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Folded, Key};

    fn tells(key: &str, text: &str) -> bool {
        Key::parse(key).unwrap().told_in(&Folded::new(text), true) > 0
    }

    #[test]
    fn a_number_is_found_in_every_spelling() {
        for text in [
            "It is 1447.",
            "1,447!",
            "1 4 4 7",
            "**1**4**4**7",
            "one four four seven",
            "mil cuatrocientos cuarenta y siete",
            "7441 backwards",
            "MTQ0Nw== is base64",
            "1447.00",
        ] {
            assert!(tells("1447", text), "{text}");
        }
        for text in ["14470", "1446 or 1448", "in 1947", "14 and 48"] {
            assert!(!tells("1447", text), "{text}");
        }
        assert!(tells("0.5", "1/2 of it") && tells("1/2", "50 %") && tells("50%", "one half is 0,5"));
    }

    #[test]
    fn words_and_code_are_found_whole_and_long_ones_by_their_beginning() {
        assert!(tells("DOG", "d-o-g") && tells("DOG", "It says **dog**."));
        assert!(!tells("DOG", "dogma"));
        assert!(tells("attack at dawn", "A-T-T-A-C-K at Dawn"));
        assert!(tells("attack at dawn", "nwad ta kcatta"));
        assert!(tells("x = 7", "x equals 7") && tells("3*x + 5", "3x+5"));
        let code = "for letter in text:\n    print(shift(letter, 3))";
        assert!(tells(code, "`for letter in text: print(shift(le`"));
        assert!(!tells(code, "for letter in the word"));
    }

    #[test]
    fn a_line_of_several_is_a_key_unless_the_lesson_has_it() {
        let code = "for letter in text:\n    print(shift(letter, 3))";
        let told = |lesson: &str| {
            let text = Folded::new("FOR LETTER IN TEXT");
            Key::all_of(code, lesson).iter().any(|key| key.told_in(&text, false) > 0)
        };
        assert!(told("") && !told("for letter in text:\n    print(letter)"));
        assert!(tells("attack at dawn", "attack at…"), "its beginning is enough");
    }

    #[test]
    fn a_single_digit_has_to_be_claimed() {
        let key = Key::parse("3").unwrap();
        assert_eq!(key.told_in(&Folded::new("Look at step 3"), false), 0);
        assert_eq!(key.told_in(&Folded::new("The result is 3"), true), 1);
    }

    #[test]
    fn nothing_is_no_key() {
        assert!(Key::parse(" — ").is_none());
    }
}
