//! Where an answer ends that could not end by itself: its room was used up, or its model had begun to say the same over and
//! over.

/// Words that are looked at for what comes again and again.
const WORDS: usize = 60;
/// How many words what comes again may have, at most.
const LONGEST_CYCLE: usize = 10;

/// The beginning of a text, up to the end of its last full sentence; empty where it has none.
pub fn full_sentences(text: &str) -> &str {
    let text = text.trim_end();
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '\n');
    // After its mark a sentence may close what it had opened.
    let closes = |c: char| matches!(c, '"' | '”' | '»' | '’' | ')' | '*' | '_' | '`');
    let mut end = None;
    for (at, c) in text.char_indices().filter(|(_, c)| is_end(*c)) {
        let rest = &text[at + c.len_utf8()..];
        let closed = rest.len() - rest.trim_start_matches(closes).len();
        if c == '\n' || rest[closed..].chars().next().is_none_or(char::is_whitespace) {
            end = Some(at + c.len_utf8() + closed);
        }
    }
    text[..end.unwrap_or_default()].trim_end()
}

/// Whether the last words of a text are a few that come again and again, as of a model that has lost itself.
pub fn goes_round(text: &str) -> bool {
    let mut words: Vec<&str> = text.split_whitespace().rev().take(WORDS).collect();
    words.reverse();
    let cycles = || (1..=LONGEST_CYCLE).any(|cycle| words.iter().zip(&words[cycle..]).all(|(word, next)| word == next));
    // What is only signs may be a drawing or a table.
    words.len() == WORDS && words.iter().any(|word| word.contains(char::is_alphabetic)) && cycles()
}

#[cfg(test)]
mod tests {
    use super::{full_sentences, goes_round};

    #[test]
    fn what_is_left_ends_with_a_sentence() {
        for (text, left) in [
            ("Look at the key. It says how", "Look at the key."),
            ("Is it 3.14? Then (so it is said.) and", "Is it 3.14? Then (so it is said.)"),
            ("- one\n- two\n- thr", "- one\n- two"),
            ("It is whole. ", "It is whole."),
            ("no end", ""),
        ] {
            assert_eq!(full_sentences(text), left, "{text}");
        }
    }

    #[test]
    fn a_model_that_has_lost_itself_is_noticed() {
        assert!(goes_round(&"again and ".repeat(40)));
        assert!(goes_round(&format!("So it begins. {}", "I see. You see. ".repeat(20))));
        assert!(!goes_round(&"again and ".repeat(20)), "a song may do that");
        assert!(!goes_round(&"0 0 0 0 0 0 0 0\n".repeat(20)), "a picture may do that");
        let story: String = (0..80).map(|number| format!("word{number} ")).collect();
        assert!(!goes_round(&story));
    }
}
