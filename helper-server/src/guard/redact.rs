//! Takes e-mail addresses, telephone numbers, postal addresses and long numbers out of a text. By rules, on this
//! machine: a model never sees what was there.
//!
//! Lessons are full of numbers. Left alone are decimals, dates, times, binary and single digits in a row, whatever their
//! length.

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    Email,
    Phone,
    Address,
    Number,
}

impl Personal {
    /// What is put in its place: the same in every language, so that a model does not answer it.
    const fn mark(self) -> &'static str {
        match self {
            Self::Email => "[e-mail]",
            Self::Phone => "[phone]",
            Self::Address => "[address]",
            Self::Number => "[number]",
        }
    }
}

/// Digits of a telephone number, country code included (ITU-T E.164: at most 15).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
const MOST_STREET_WORDS: usize = 4;

/// The text with marks in the place of what is personal, and what that was.
pub fn redact(text: &str) -> (String, Vec<Personal>) {
    let words = words(text);
    let mut found: Vec<(usize, usize, Personal)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let next = email(text, &words, at).or_else(|| address(text, &words, at)).or_else(|| number(text, &words, at));
        match next {
            Some((end, from, to, what)) => {
                found.push((from, to, what));
                at = end;
            }
            None => at += 1,
        }
    }
    let (mut clean, mut done) = (String::with_capacity(text.len()), 0);
    for &(from, to, what) in &found {
        clean.push_str(&text[done..from]);
        clean.push_str(what.mark());
        done = to;
    }
    clean.push_str(&text[done..]);
    (clean, found.into_iter().map(|(_, _, what)| what).collect())
}

/// Next word to look at, stretch of the text in bytes, and what it is.
type Found = (usize, usize, usize, Personal);

/// The stretches between white space.
fn words(text: &str) -> Vec<(usize, usize)> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| (start(word), start(word) + word.len())).collect()
}

/// A stretch without the marks around it.
fn inner(text: &str, (from, to): (usize, usize)) -> (usize, usize) {
    let word = &text[from..to];
    let around = |c: char| !c.is_alphanumeric() && c != '+';
    let kept = word.trim_start_matches(around);
    let from = to - kept.len();
    (from, from + kept.trim_end_matches(around).len())
}

fn email(text: &str, words: &[(usize, usize)], at: usize) -> Option<Found> {
    let (from, to) = inner(text, words[at]);
    let (name, host) = text[from..to].split_once('@')?;
    let dotted = host.split_once('.').is_some_and(|(host, rest)| !host.is_empty() && rest.len() >= 2);
    (!name.is_empty() && dotted && host.starts_with(char::is_alphanumeric)).then_some((
        at + 1,
        from,
        to,
        Personal::Email,
    ))
}

/// Digits with what telephone numbers are grouped by, over several words.
fn number(text: &str, words: &[(usize, usize)], at: usize) -> Option<Found> {
    let grouped = |word: &str| {
        word.contains(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '/' | '.'))
    };
    let core = |index: usize| {
        let word = &text[words[index].0..words[index].1];
        word.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '.'))
    };
    let mut end = at;
    while end < words.len() && grouped(core(end)) {
        end += 1;
        // A mark after a word ends the number.
        if text[..words[end - 1].1].ends_with([',', ';', '.', '!', '?', ':']) {
            break;
        }
    }
    if end == at {
        return None;
    }
    let groups: Vec<&str> = (at..end)
        .flat_map(|index| core(index).split(|c: char| !c.is_ascii_digit()))
        .filter(|group| !group.is_empty())
        .collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let plus = core(at).starts_with('+');
    if digits < *PHONE_DIGITS.start() || is_of_a_lesson(&groups, core(at), end - at) {
        return None;
    }
    let from = words[at].0 + text[words[at].0..words[at].1].find(core(at)).unwrap_or_default();
    let last = words[end - 1];
    let to = last.0 + text[last.0..last.1].find(core(end - 1)).unwrap_or_default() + core(end - 1).len();
    let phone = PHONE_DIGITS.contains(&digits) && (plus || groups.len() > 1 || digits <= 11);
    Some((end, from, to, if phone { Personal::Phone } else { Personal::Number }))
}

fn is_of_a_lesson(groups: &[&str], first: &str, words: usize) -> bool {
    let binary = groups.iter().all(|group| group.bytes().all(|digit| digit <= b'1'));
    let single = groups.iter().all(|group| group.len() == 1);
    let decimal =
        words == 1 && groups.len() == 2 && first.matches('.').count() == 1 && !first.contains(['-', '/', '+', '(']);
    let thousands = words == 1
        && first.contains('.')
        && groups.len() > 1
        && groups[0].len() <= 3
        && groups[1..].iter().all(|group| group.len() == 3)
        && !first.contains(['-', '/', '+', '(']);
    let date = words == 1
        && groups.len() == 3
        && groups.iter().any(|group| group.len() == 4)
        && groups.iter().filter(|group| group.len() <= 2).count() == 2;
    let round = groups.len() == 1 && groups[0].trim_end_matches('0').len() <= 2;
    // An equation, not a number: signs between the digits are written without a plus at the front.
    let sum = first.contains('+') && !first.starts_with('+') || first.contains('/') && groups.len() == 2;
    binary || single || decimal || thousands || date || round || sum
}

const STREETS_AFTER: &[&str] =
    &["street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "boulevard", "blvd", "court", "close"];
const STREETS_BEFORE: &[&str] =
    &["calle", "avenida", "avda", "plaza", "paseo", "carretera", "camino", "callejón", "urbanización"];

/// "12 Long Lane", "Calle Mayor 12", "Av. de la Paz, 3".
fn address(text: &str, words: &[(usize, usize)], at: usize) -> Option<Found> {
    let plain = |index: usize| {
        let (from, to) = inner(text, words[index]);
        text[from..to].to_lowercase()
    };
    let house = |word: &str| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        (1..=5).contains(&digits) && word.len() <= digits + 1
    };
    let window = at + 1..words.len().min(at + 2 + MOST_STREET_WORDS);
    let first = plain(at);
    let end = if house(&first) {
        let named = |index: usize| text[words[index].0..].starts_with(char::is_uppercase);
        let end = window.clone().find(|&index| STREETS_AFTER.contains(&plain(index).as_str()))?;
        (end > at + 1 && (at + 1..=end).all(named)).then_some(end)?
    } else if STREETS_BEFORE.contains(&first.as_str()) {
        window.clone().find(|&index| house(&plain(index)))?
    } else {
        return None;
    };
    let (from, _) = inner(text, words[at]);
    let (_, to) = inner(text, words[end]);
    Some((end + 1, from, to, Personal::Address))
}

#[cfg(test)]
mod tests {
    use super::{Personal, redact};
    use proptest::prelude::*;

    #[test]
    fn what_is_personal_is_taken_out() {
        for (text, clean) in [
            ("write to lena@example.org, please", "write to [e-mail], please"),
            ("(jonas.k+x@mail.example.com)", "([e-mail])"),
            ("call +34 600 123 456 now", "call [phone] now"),
            ("my number is 555-0123-456.", "my number is [phone]."),
            ("600123456?", "[phone]?"),
            ("card 4111 1111 1111 1111 1", "card [number]"),
            ("I live at 12 Long Lane, near school", "I live at [address], near school"),
            ("vivo en la Calle Mayor 12", "vivo en la [address]"),
            ("Avenida de la Paz, 3", "[address]"),
        ] {
            assert_eq!(redact(text).0, clean);
        }
        assert_eq!(redact("a@b.org 600123456").1, [Personal::Email, Personal::Phone]);
    }

    #[test]
    fn what_a_lesson_is_about_stays() {
        for text in [
            "is 3.14159265 right?",
            "1.000.000 + 2",
            "on 2026-11-22 at 10:30",
            "01001000 01101001",
            "1 2 3 4 5 6 7 8 9",
            "10000000 people",
            "x = 1234 + 5678",
            "1234/5678",
            "shift 3 letters, so A becomes D",
            "@everyone hi",
            "print(\"a@b\")",
            "In step 12 I drive on the street",
            "the street has 12 trees",
        ] {
            assert_eq!(redact(text), (text.to_owned(), vec![]));
        }
    }

    proptest! {
        #[test]
        fn a_text_of_any_kind_is_read_and_redacting_twice_changes_nothing(text in "\\PC{0,80}") {
            let (once, _) = redact(&text);
            prop_assert_eq!(&redact(&once).0, &once);
        }

        #[test]
        fn an_address_is_found_wherever_it_stands(before in "[a-zñ ,.]{0,20}", after in "[a-z ,.]{0,20}") {
            let text = format!("{before} lena@example.org {after}");
            prop_assert!(!redact(&text).0.contains("lena@"));
        }
    }
}
