//! Which words of an answer stand in the lesson, word for word: only those are shown as its sources.

use super::Passage;
use serde::{Deserialize, Serialize};

/// What is shorter could be in any lesson.
const FEWEST_WORDS: usize = 5;
const MOST: usize = 3;
const LONGEST_QUOTE: usize = 160;

/// Words of the lesson, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// Its number in the lesson; 0 where it was stored before that was noted.
    #[serde(default)]
    pub position: i32,
    pub anchor: String,
    pub quote: String,
}

/// The quotations and sentences of `answer` that are in one of `passages` exactly, but for line ends and markup.
pub fn cite(answer: &str, passages: &[Passage]) -> Vec<Cited> {
    let passages: Vec<(&Passage, String)> = passages.iter().map(|passage| (passage, plain(&passage.body))).collect();
    let mut cited: Vec<Cited> = Vec::new();
    for stretch in stretches(answer) {
        let quote = plain(&stretch);
        if quote.split(' ').count() < FEWEST_WORDS {
            continue;
        }
        let found = passages.iter().find(|(_, body)| body.contains(&quote));
        if let Some((passage, _)) = found
            && cited.iter().all(|known| known.anchor != passage.anchor)
        {
            cited.push(Cited { position: passage.position, anchor: passage.anchor.clone(), quote: shortened(&quote) });
        }
        if cited.len() == MOST {
            break;
        }
    }
    cited
}

/// What stands between quotation marks, then sentence by sentence.
fn stretches(answer: &str) -> Vec<String> {
    let mut stretches = Vec::new();
    for (open, close) in [('“', '”'), ('«', '»'), ('"', '"')] {
        let mut rest = answer;
        while let Some((_, after)) = rest.split_once(open) {
            let Some((quoted, after)) = after.split_once(close) else { break };
            stretches.push(quoted.to_owned());
            rest = after;
        }
    }
    let lines = answer.lines().map(|line| line.trim_start_matches(['>', '-', '*', '#', ' ']));
    for line in lines {
        let mut rest = line;
        while let Some(end) = rest.find(['.', '!', '?', ':']) {
            stretches.push(rest[..end].to_owned());
            rest = rest[end + 1..].trim_start();
        }
        stretches.push(rest.to_owned());
    }
    stretches
}

/// What Markdown and formulas write around words.
const MARKUP: [&str; 8] = ["[ ] ", "[x] ", "[X] ", r"\(", r"\)", r"\[", r"\]", "$$"];

/// Without markup, white space as one space, and without the mark at the end.
fn plain(text: &str) -> String {
    let text = MARKUP.iter().fold(text.to_owned(), |text, markup| text.replace(markup, ""));
    let bare: String = text.chars().filter(|c| !matches!(c, '*' | '`' | '_' | '…')).collect();
    let words = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches(['.', ',', ';', ':', '!', '?']).to_owned()
}

fn shortened(quote: &str) -> String {
    if quote.chars().count() <= LONGEST_QUOTE {
        return quote.to_owned();
    }
    let cut: String = quote.chars().take(LONGEST_QUOTE).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

#[cfg(test)]
mod tests {
    use super::{Cited, cite};
    use crate::passages::Passage;

    fn lesson() -> Vec<Passage> {
        let passage = |position: i32, body: &str| Passage {
            position,
            anchor: format!("p{position}"),
            heading: "Keys".into(),
            body: body.into(),
        };
        vec![
            passage(1, "A **key** says how far\nevery letter is moved. It is a number."),
            passage(2, "Romans wrote secret letters to their generals."),
        ]
    }

    #[test]
    fn only_words_that_are_in_the_lesson_are_cited() {
        let answer = "The lesson says “A key says how far every letter is moved”. It also says “Keys are made of gold and silver”.";
        let cited =
            Cited { position: 1, anchor: "p1".into(), quote: "A key says how far every letter is moved".into() };
        assert_eq!(cite(answer, &lesson()), [cited]);
    }

    #[test]
    fn a_sentence_taken_over_is_cited_without_marks() {
        let answer = "Think of this:\n\n> Romans wrote secret letters to their generals.\n\nWho else did?";
        assert_eq!(cite(answer, &lesson())[0].anchor, "p2");
    }

    #[test]
    fn boxes_and_signs_of_formulas_are_not_quoted() {
        let mut lesson = lesson();
        lesson[1].body = "- [ ] Write down the number \\(k\\) of your own key.".into();
        let answer = "- [x] Write down the number k of your own key.";
        assert_eq!(cite(answer, &lesson)[0].quote, "Write down the number k of your own key");
    }

    #[test]
    fn a_few_words_are_no_source() {
        assert_eq!(cite("It is a number.", &lesson()), []);
    }
}
