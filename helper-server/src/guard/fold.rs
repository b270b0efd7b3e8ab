//! Makes different spellings of the same thing alike, to compare them: letters without accents, case and look-alikes,
//! digits of every script, number words of both languages as digits, signs of one kind. Spaces, markup and invisible
//! characters count for nothing.

/// One word, number or sign.
pub type Token = String;

/// The tokens of a text.
pub fn tokens(text: &str) -> Vec<Token> {
    numbers_from_words(cut(text))
}

/// A single character as it counts: none where it counts for nothing.
fn folded(c: char) -> Option<char> {
    let c = match c {
        // Bold, italic and other mathematical letters and digits.
        '\u{1D400}'..='\u{1D6A3}' => letter((c as u32 - 0x1D400) % 52),
        '\u{1D7CE}'..='\u{1D7FF}' => digit((c as u32 - 0x1D7CE) % 10),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{0660}'..='\u{0669}' => digit(c as u32 - 0x0660),
        '\u{06F0}'..='\u{06F9}' => digit(c as u32 - 0x06F0),
        '\u{2460}'..='\u{2468}' => digit(c as u32 - 0x245F),
        '\u{2080}'..='\u{2089}' => digit(c as u32 - 0x2080),
        '\u{24B6}'..='\u{24CF}' => letter(c as u32 - 0x24B6),
        '\u{24D0}'..='\u{24E9}' => letter(c as u32 - 0x24D0),
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => digit(c as u32 - 0x2070),
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'Á' | 'À' | 'Â' | 'Ä' | 'а' | 'А' | 'α' | 'Α' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' | 'е' | 'Е' | 'ε' | 'Ε' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' | 'і' | 'І' | 'ι' | 'Ι' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'о' | 'О' | 'ο' | 'Ο' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ñ' | 'Ñ' => 'n',
        'ç' | 'Ç' | 'с' | 'С' => 'c',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' => 'y',
        'В' | 'β' | 'Β' => 'b',
        'М' | 'Μ' => 'm',
        'Т' | 'Τ' => 't',
        'Н' | 'Η' => 'h',
        'К' | 'Κ' => 'k',
        '−' | '–' | '—' | '‐' | '‑' => '-',
        '÷' | '∕' | '⁄' => '/',
        '≡' => '=',
        c => c.to_lowercase().next().unwrap_or(c),
    };
    (!is_invisible(c)).then_some(c.to_ascii_lowercase())
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{0300}'..='\u{036F}')
}

fn digit(value: u32) -> char {
    char::from_digit(value % 10, 10).unwrap_or('0')
}

fn letter(index: u32) -> char {
    char::from_u32(u32::from(b'a') + index % 26).unwrap_or('a')
}

/// Words, numbers (with their decimals) and signs. Multiplication is left out, as it often is.
fn cut(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().filter_map(folded).collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let from = at;
        if c.is_ascii_digit() {
            while at < chars.len() && (chars[at].is_ascii_digit() || decimal_point(&chars, at)) {
                at += 1;
            }
            tokens.push(plain_number(&chars[from..at]));
        } else if c.is_alphabetic() {
            while at < chars.len() && chars[at].is_alphabetic() {
                at += 1;
            }
            tokens.push(chars[from..at].iter().collect());
        } else {
            if matches!(c, '+' | '-' | '/' | '=' | '^' | '<' | '>' | '%') {
                tokens.push(c.to_string());
            }
            at += 1;
        }
    }
    tokens
}

/// A point or comma with digits on both sides.
fn decimal_point(chars: &[char], at: usize) -> bool {
    matches!(chars[at], '.' | ',')
        && at > 0
        && chars[at - 1].is_ascii_digit()
        && chars.get(at + 1).is_some_and(char::is_ascii_digit)
}

/// `007` is `7`, `3,50` is `3.5`, `1,447` and `1.447` are `1447`: three digits after every mark are thousands.
fn plain_number(chars: &[char]) -> Token {
    let mut text: String = chars.iter().collect();
    // With both marks the last one is the decimal's.
    if let (Some(point), Some(comma)) = (text.rfind('.'), text.rfind(',')) {
        text = text.replace(if point > comma { ',' } else { '.' }, "");
    }
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    let thousands = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && groups[0] != "0"
        && groups[1..].iter().all(|group| group.len() == 3);
    let number = match groups.as_slice() {
        _ if thousands => groups.concat(),
        [whole, part] => {
            let part = part.trim_end_matches('0');
            if part.is_empty() { (*whole).to_owned() } else { format!("{whole}.{part}") }
        }
        _ => groups.concat(),
    };
    let bare = number.trim_start_matches('0');
    if bare.is_empty() || bare.starts_with('.') { format!("0{bare}") } else { bare.to_owned() }
}

/// What a number word is worth.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    /// Added.
    Of(u64),
    Hundred,
    Thousand,
    Million,
    /// "and", "y": between two of them.
    And,
}

fn worth(word: &str) -> Option<Worth> {
    let value = match word {
        "zero" | "cero" | "oh" => 0,
        "one" | "uno" | "una" | "un" => 1,
        "two" | "dos" => 2,
        "three" | "tres" => 3,
        "four" | "cuatro" => 4,
        "five" | "cinco" => 5,
        "six" | "seis" => 6,
        "seven" | "siete" => 7,
        "eight" | "ocho" => 8,
        "nine" | "nueve" => 9,
        "ten" | "diez" => 10,
        "eleven" | "once" => 11,
        "twelve" | "doce" => 12,
        "thirteen" | "trece" => 13,
        "fourteen" | "catorce" => 14,
        "fifteen" | "quince" => 15,
        "sixteen" | "dieciseis" => 16,
        "seventeen" | "diecisiete" => 17,
        "eighteen" | "dieciocho" => 18,
        "nineteen" | "diecinueve" => 19,
        "twenty" | "veinte" => 20,
        "veintiuno" | "veintiun" | "veintiuna" => 21,
        "veintidos" => 22,
        "veintitres" => 23,
        "veinticuatro" => 24,
        "veinticinco" => 25,
        "veintiseis" => 26,
        "veintisiete" => 27,
        "veintiocho" => 28,
        "veintinueve" => 29,
        "thirty" | "treinta" => 30,
        "forty" | "fourty" | "cuarenta" => 40,
        "fifty" | "cincuenta" => 50,
        "sixty" | "sesenta" => 60,
        "seventy" | "setenta" => 70,
        "eighty" | "ochenta" => 80,
        "ninety" | "noventa" => 90,
        "cien" | "ciento" => 100,
        "doscientos" | "doscientas" => 200,
        "trescientos" | "trescientas" => 300,
        "cuatrocientos" | "cuatrocientas" => 400,
        "quinientos" | "quinientas" => 500,
        "seiscientos" | "seiscientas" => 600,
        "setecientos" | "setecientas" => 700,
        "ochocientos" | "ochocientas" => 800,
        "novecientos" | "novecientas" => 900,
        "hundred" => return Some(Worth::Hundred),
        "thousand" | "mil" => return Some(Worth::Thousand),
        "million" | "millon" | "millones" => return Some(Worth::Million),
        "and" | "y" => return Some(Worth::And),
        _ => return None,
    };
    Some(Worth::Of(value))
}

/// Runs of number words become numbers; a run that is no number ("four two") becomes several.
fn numbers_from_words(tokens: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match spoken_number(&tokens[at..]) {
            Some((length, value)) => {
                out.push(value.to_string());
                at += length;
            }
            None => {
                out.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// The number that a text begins with, in words: how many tokens it takes, and its value.
fn spoken_number(tokens: &[Token]) -> Option<(usize, u64)> {
    // "un" and "una" are articles, "once" and "oh" words, far more often than numbers.
    let lonely = |word: &str| matches!(word, "un" | "una" | "once" | "oh" | "and" | "y");
    let (mut whole, mut part, mut length, mut last) = (0_u64, 0_u64, 0, None::<u64>);
    let mut at = 0;
    while let Some(worth) = tokens.get(at).and_then(|word| worth(word)) {
        match worth {
            Worth::Of(value) => {
                let fits = last.is_none_or(|last| match last {
                    1000.. => value < 1000,
                    100.. => value < 100,
                    20.. => last % 10 == 0 && value < 10,
                    _ => false,
                });
                if !fits {
                    break;
                }
                part += value;
                last = Some(value);
                length = at + 1;
            }
            Worth::Hundred if (1..10).contains(&part) => {
                part *= 100;
                last = Some(100);
                length = at + 1;
            }
            Worth::Thousand if whole == 0 => {
                whole = part.max(1) * 1000;
                (part, last) = (0, Some(1000));
                length = at + 1;
            }
            Worth::Million if part > 0 => {
                whole += part * 1_000_000;
                (part, last) = (0, Some(1_000_000));
                length = at + 1;
            }
            Worth::And if at > 0 => {}
            // A hyphen between words is a sign of its own and is looked over here.
            Worth::Hundred | Worth::Thousand | Worth::Million | Worth::And => break,
        }
        at += 1;
        if tokens.get(at).is_some_and(|sign| sign == "-") && tokens.get(at + 1).is_some_and(|word| worth_of(word)) {
            at += 1;
        }
    }
    if length == 0 || (length == 1 && lonely(&tokens[0])) { None } else { Some((length, whole + part)) }
}

fn worth_of(word: &str) -> bool {
    matches!(worth(word), Some(Worth::Of(_) | Worth::Hundred | Worth::Thousand))
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn folded(text: &str) -> String {
        tokens(text).join(" ")
    }

    #[test]
    fn spellings_of_the_same_number_are_alike() {
        for text in [
            "1447",
            "1,447",
            "1.447",
            "１４４７",
            "𝟏𝟒𝟒𝟕",
            "1\u{200b}4\u{200b}47",
            "01447.0",
            "1,447.00",
            "one thousand four hundred forty-seven",
            "one thousand four hundred and forty seven",
            "mil cuatrocientos cuarenta y siete",
        ] {
            assert_eq!(folded(text), "1447", "{text}");
        }
        assert_eq!(folded("3,50"), "3.5");
        assert_eq!(folded("0.5"), "0.5");
    }

    #[test]
    fn digits_one_by_one_stay_apart() {
        assert_eq!(folded("four two"), "4 2");
        assert_eq!(folded("4 2"), "4 2");
        assert_eq!(folded("cuatro, dos"), "4 2");
    }

    #[test]
    fn words_lose_case_accents_markup_and_disguise() {
        assert_eq!(folded("**Señal** `Clave`"), "senal clave");
        assert_eq!(folded("СОDЕ ⓓⓞⓖ"), "code dog");
        assert_eq!(folded("x = 3·y − 2"), "x = 3 y - 2");
    }

    #[test]
    fn words_that_are_numbers_only_sometimes_stay_words() {
        assert_eq!(folded("una clave y once upon a time"), "una clave y once upon a time");
    }
}
