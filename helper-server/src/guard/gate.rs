//! The outgoing check: every sentence of an answer is held back until it is complete and was looked at. What a model
//! was told not to say it says now and then; here it is stopped, whatever it was told.
//!
//! Looked for are the lesson's answers (also in pieces, spelled out, encoded, or begun in the sentence before), whole
//! solutions above the student's rung, personal data, and what is unsafe for a child.

use super::{
    fold::tokens,
    key::{Folded, Key},
    redact::{Personal, redact},
    sentence,
};
use crate::policy::safeguard::{Concern, concern_in_answer};
use shared_types::scope::Rung;

/// How much of what was shown is looked at together with the next sentence, in characters.
const TAIL_CHARS: usize = 300;

/// What a sentence was stopped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leak {
    /// One of the lesson's answers.
    Answer,
    /// A finished solution, above the rung.
    Solution,
    Personal,
    Unsafe,
    /// The model answers somebody who may be in danger; that is nothing for a model.
    Distress(Concern),
}

/// What an answer has to keep to.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The student's rung; none where nothing was asked that has one.
    pub rung: Option<Rung>,
    pub keys: Vec<Key>,
    /// What stands in the lesson may be repeated, code and addresses too.
    pub lesson: String,
}

/// Holds one answer's text back.
#[derive(Debug)]
pub struct Gate<'r> {
    rules: &'r Rules,
    /// Not shown yet.
    held: String,
    /// The end of what was shown.
    tail: String,
    in_code: bool,
    /// Lines of code that are not the lesson's.
    code_lines: usize,
}

impl<'r> Gate<'r> {
    /// A gate for an answer that follows `earlier` in the same conversation.
    pub fn new(rules: &'r Rules, earlier: &str) -> Self {
        let mut gate = Self { rules, held: String::new(), tail: String::new(), in_code: false, code_lines: 0 };
        gate.remember(earlier);
        gate
    }

    /// Takes more text; gives what may be shown now.
    pub fn push(&mut self, text: &str) -> Result<String, Leak> {
        self.held.push_str(text);
        let mut shown = String::new();
        while let Some(end) = sentence::end(&self.held) {
            let rest = self.held.split_off(end);
            let sentence = std::mem::replace(&mut self.held, rest);
            self.check(&sentence)?;
            shown.push_str(&sentence);
        }
        Ok(shown)
    }

    /// The text has ended; gives what is left of it.
    pub fn finish(&mut self) -> Result<String, Leak> {
        let rest = std::mem::take(&mut self.held);
        self.check(&rest)?;
        Ok(rest)
    }

    fn check(&mut self, sentence: &str) -> Result<(), Leak> {
        self.check_code(sentence)?;
        if tells_a_key(self.rules, &self.tail, sentence) {
            return Err(Leak::Answer);
        }
        if self.rules.rung != Some(Rung::Answer) && announces_the_answer(sentence) {
            return Err(Leak::Solution);
        }
        if tells_personal_data(self.rules, sentence) {
            return Err(Leak::Personal);
        }
        if let Some(concern) = concern_in_answer(sentence, &self.rules.lesson) {
            return Err(Leak::Distress(concern));
        }
        if is_unsafe(sentence) {
            return Err(Leak::Unsafe);
        }
        self.remember(sentence);
        Ok(())
    }

    /// Counts lines of code that are the model's own.
    fn check_code(&mut self, sentence: &str) -> Result<(), Leak> {
        let line = sentence.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            self.in_code = !self.in_code;
        } else if self.in_code && !line.is_empty() && !self.rules.lesson.contains(line) {
            self.code_lines += 1;
            if self.code_lines > most_code_lines(self.rules.rung) {
                return Err(Leak::Solution);
            }
        }
        Ok(())
    }

    fn remember(&mut self, shown: &str) {
        self.tail.push_str(shown);
        let chars = self.tail.chars().count();
        if chars > TAIL_CHARS {
            self.tail = self.tail.chars().skip(chars - TAIL_CHARS).collect();
        }
    }
}

/// A hint is no program; a similar example may be a short one.
const fn most_code_lines(rung: Option<Rung>) -> usize {
    match rung {
        Some(Rung::Nudge) => 2,
        None | Some(Rung::Concept) => 4,
        Some(Rung::SimilarExample | Rung::CheckMyStep) => 15,
        Some(Rung::Answer) => usize::MAX,
    }
}

fn tells_a_key(rules: &Rules, tail: &str, sentence: &str) -> bool {
    if rules.keys.is_empty() {
        return false;
    }
    let claims = claims_a_result(sentence);
    let (before, with) = (Folded::new(tail), Folded::new(&format!("{tail} {sentence}")));
    // Also without the space: a word that was cut in two by the sentence's end.
    let joined = Folded::new(&format!("{tail}{sentence}"));
    let more = |key: &Key| {
        let told = key.told_in(&before, claims);
        key.told_in(&with, claims) > told || key.told_in(&joined, claims) > told
    };
    rules.keys.iter().any(more) || tells_in_pieces(&rules.keys, sentence)
}

const RESULTS: &[&str] = &[
    "=",
    "is",
    "are",
    "answer",
    "result",
    "gives",
    "get",
    "gets",
    "equals",
    "makes",
    "solution",
    "es",
    "son",
    "respuesta",
    "resultado",
    "da",
    "sale",
    "igual",
    "solucion",
];

fn claims_a_result(sentence: &str) -> bool {
    tokens(sentence).iter().any(|token| RESULTS.contains(&token.as_str()))
}

const PARTS: &[&str] = &[
    "digit",
    "digits",
    "letter",
    "letters",
    "character",
    "characters",
    "digito",
    "digitos",
    "cifra",
    "cifras",
    "letra",
    "letras",
    "caracter",
];
const ORDER: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "next",
    "last",
    "starts",
    "begins",
    "ends",
    "final",
    "primer",
    "primera",
    "primero",
    "segundo",
    "segunda",
    "tercer",
    "tercera",
    "ultimo",
    "ultima",
    "siguiente",
    "empieza",
    "termina",
    "acaba",
];

const FIRST: &[&str] = &["first", "starts", "begins", "primer", "primera", "primero", "empieza"];
const LAST: &[&str] = &["last", "ends", "final", "ultimo", "ultima", "termina", "acaba"];

/// "The first digit is 4", where an answer begins with 4: an answer in pieces.
fn tells_in_pieces(keys: &[Key], sentence: &str) -> bool {
    let tokens = tokens(sentence);
    let has = |list: &[&str]| tokens.iter().any(|token| list.contains(&token.as_str()));
    if !has(PARTS) || !has(ORDER) {
        return false;
    }
    let is_piece = |key: &Key, piece: &str| {
        let letters = key.letters();
        letters.len() > piece.len()
            && match (has(FIRST), has(LAST)) {
                (true, false) => letters.starts_with(piece),
                (false, true) => letters.ends_with(piece),
                _ => letters.contains(piece),
            }
    };
    let pieces =
        tokens.iter().filter(|token| token.chars().count() == 1 && !matches!(token.as_str(), "a" | "i" | "y" | "o"));
    pieces.into_iter().any(|piece| keys.iter().any(|key| is_piece(key, piece)))
}

const ANNOUNCEMENTS: &[&str] = &[
    "the answer is",
    "the correct answer is",
    "the right answer is",
    "the final answer is",
    "final answer",
    "the solution is",
    "the result is",
    "here is the answer",
    "here is the solution",
    "here is the full solution",
    "here is the complete solution",
    "here is the finished",
    "here is the complete code",
    "here is the full code",
    "la respuesta es",
    "la respuesta correcta es",
    "la respuesta final es",
    "respuesta final",
    "la solucion es",
    "el resultado es",
    "aqui tienes la respuesta",
    "aqui tienes la solucion",
    "aqui esta la respuesta",
    "aqui esta la solucion",
];
/// What follows an announcement that gives nothing away: "the answer is in the lesson".
const GIVES_NOTHING: &[&str] = &[
    "in",
    "not",
    "near",
    "hidden",
    "found",
    "yours",
    "on",
    "there",
    "somewhere",
    "up",
    "waiting",
    "for",
    "something",
    "what",
    "correct",
    "right",
    "wrong",
    "close",
    "reasonable",
    "en",
    "no",
    "cerca",
    "tuya",
    "tuyo",
    "algo",
    "lo",
    "correcta",
    "correcto",
    "escondida",
    "razonable",
    "and",
    "y",
    "or",
    "o",
    "before",
    "after",
    "because",
    "when",
    "if",
    "antes",
    "porque",
    "cuando",
    "si",
];

/// Whether a sentence says what the answer is.
fn announces_the_answer(sentence: &str) -> bool {
    let asks = sentence.trim_end().ends_with('?');
    let folded = format!(" {} ", tokens(&sentence.replace("here's", "here is").replace("Here's", "here is")).join(" "));
    let announced = |phrase: &&str| {
        let Some(at) = folded.find(&format!(" {phrase} ")) else { return false };
        let mut after = folded[at + phrase.len() + 2..].split_whitespace();
        match after.next() {
            Some(next) => !GIVES_NOTHING.contains(&next),
            // It comes on the next line.
            None => phrase.starts_with("here") || phrase.starts_with("aqui"),
        }
    };
    !asks && ANNOUNCEMENTS.iter().any(announced)
}

/// An address or a number of somebody, unless it stands in the lesson.
fn tells_personal_data(rules: &Rules, sentence: &str) -> bool {
    let (clean, found) = redact(sentence);
    let somebodys = |what: &Personal| matches!(what, Personal::Email | Personal::Phone | Personal::Address);
    let ours = |word: &str| !rules.lesson.contains(word.trim_matches(|c: char| !c.is_alphanumeric()));
    found.iter().any(somebodys) && sentence.split_whitespace().any(|word| !clean.contains(word) && ours(word))
}

const UNSAFE: &[&str] = &[
    "kill yourself",
    "hurt yourself",
    "cut yourself",
    "hang yourself",
    "how to make a bomb",
    "build a bomb",
    "you should die",
    "nobody would miss you",
    "keep this secret from your parents",
    "do not tell your parents",
    "don t tell your parents",
    "send me a photo of you",
    "meet me alone",
    "you are stupid",
    "you are an idiot",
    "matate",
    "suicidate",
    "hazte dano",
    "cortate las venas",
    "como hacer una bomba",
    "nadie te echaria de menos",
    "no se lo digas a tus padres",
    "mandame una foto tuya",
    "eres tonto",
    "eres tonta",
    "eres idiota",
];

fn is_unsafe(sentence: &str) -> bool {
    let folded = format!(" {} ", tokens(sentence).join(" "));
    UNSAFE.iter().any(|phrase| folded.contains(&format!(" {phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::{Gate, Key, Leak, Rules};
    use proptest::prelude::*;
    use shared_types::scope::Rung;

    fn rules(rung: Rung) -> Rules {
        let keys = ["1447", "attack at dawn", "7"].iter().filter_map(|key| Key::parse(key)).collect();
        let lesson = "Write to club@example.org.\nprint(\"hello\")\nfor x in y:\n    shift(x)\n".into();
        Rules { rung: Some(rung), keys, lesson }
    }

    fn outcome(rung: Rung, text: &str) -> Result<String, Leak> {
        let rules = rules(rung);
        let mut gate = Gate::new(&rules, "");
        let shown = gate.push(text)?;
        Ok(shown + &gate.finish()?)
    }

    #[test]
    fn an_answer_is_stopped_however_it_is_put() {
        for text in [
            "Look. It is 1447.",
            "It begins with 14. 47 follows.",
            "The first digit is 1. Then look.",
            "The message says: attack\nat dawn",
            "So it is 7.",
            "A T T A C K. A T. D A W N.",
            "Decode YXR0YWNrIGF0IGRhd24= yourself.",
            "La primera cifra es 1.",
        ] {
            assert_eq!(outcome(Rung::CheckMyStep, text), Err(Leak::Answer), "{text}");
        }
    }

    #[test]
    fn a_solution_is_stopped_below_its_rung() {
        for text in ["The answer is twelve.", "Here's the complete code:\n", "La solución es girar el disco."] {
            assert_eq!(outcome(Rung::CheckMyStep, text), Err(Leak::Solution), "{text}");
            assert!(outcome(Rung::Answer, text).is_ok(), "{text}");
        }
        let code = "```\na = 1\nb = 2\nc = 3\n```\n";
        assert_eq!(outcome(Rung::Nudge, code), Err(Leak::Solution));
        assert!(outcome(Rung::SimilarExample, code).is_ok());
        assert!(
            outcome(Rung::Nudge, "```\nprint(\"hello\")\nfor x in y:\n    shift(x)\n```\n").is_ok(),
            "it is the lesson's"
        );
    }

    #[test]
    fn honest_help_passes_unchanged() {
        for text in [
            "What do you think the answer is? Look at step 7 and line 14.",
            "The answer is in the lesson, under “Keys”.",
            "Say which letters you shifted. A becomes D.\n\n- one\n- two\n",
            "If the attack was planned for noon, what would the message say?",
            "Write to club@example.org.",
        ] {
            assert_eq!(outcome(Rung::Nudge, text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn personal_and_unsafe_words_are_stopped_at_every_rung() {
        assert_eq!(outcome(Rung::Answer, "Ask mallory@example.net for it."), Err(Leak::Personal));
        assert_eq!(outcome(Rung::Answer, "Call +34 600 123 456."), Err(Leak::Personal));
        assert_eq!(outcome(Rung::Answer, "Don't tell your parents."), Err(Leak::Unsafe));
    }

    #[test]
    fn what_an_earlier_answer_began_is_not_finished_in_the_next() {
        let rules = rules(Rung::Nudge);
        let mut gate = Gate::new(&rules, "Think of 14");
        assert_eq!(gate.push("47 next. "), Err(Leak::Answer));
    }

    proptest! {
        #[test]
        fn text_is_neither_lost_nor_changed_however_it_comes(pieces in prop::collection::vec("[a-zñ .!\n]{0,9}", 0..40)) {
            let rules = Rules::default();
            let mut gate = Gate::new(&rules, "");
            let mut shown = String::new();
            for piece in &pieces {
                shown.push_str(&gate.push(piece).unwrap());
            }
            shown.push_str(&gate.finish().unwrap());
            prop_assert_eq!(shown, pieces.concat());
        }

        #[test]
        fn a_key_never_passes_wherever_the_pieces_are_cut(cuts in prop::collection::vec(1usize..6, 1..30), before in "[a-z ]{0,30}") {
            let text = format!("{before}. The word is attack at dawn, they say. Well.");
            let rules = rules(Rung::Nudge);
            let mut gate = Gate::new(&rules, "");
            let chars: Vec<char> = text.chars().collect();
            let (mut at, mut shown, mut stopped) = (0, String::new(), false);
            for cut in cuts.iter().cycle() {
                if at >= chars.len() || stopped {
                    break;
                }
                let end = (at + cut).min(chars.len());
                match gate.push(&chars[at..end].iter().collect::<String>()) {
                    Ok(more) => shown.push_str(&more),
                    Err(_) => stopped = true,
                }
                at = end;
            }
            prop_assert!(stopped);
            prop_assert!(!shown.contains("attack"));
        }
    }
}
