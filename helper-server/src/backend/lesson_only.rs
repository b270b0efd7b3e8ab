//! No model at all: passages of the lesson that fit the question, and a question to think on with.

use super::TextStream;
use crate::{passages::Passage, prompt::Prompt, web::words::words};
use async_stream::stream;
use std::time::Duration;

/// Pace of the words: quick, and still seen to arrive.
const PAUSE: Duration = Duration::from_millis(15);
/// Longest quotation, in characters.
const QUOTED_CHARS: usize = 420;
const PASSAGES: usize = 2;

/// The answer, in pieces of a few words.
pub fn stream(prompt: &Prompt) -> TextStream {
    let answer = answer(prompt);
    Box::pin(stream! {
        let mut rest = answer.as_str();
        while !rest.is_empty() {
            let (piece, more) = rest.split_at(piece_end(rest));
            rest = more;
            yield Ok(piece.to_owned());
            tokio::time::sleep(PAUSE).await;
        }
    })
}

fn answer(prompt: &Prompt) -> String {
    let words = words(prompt.locale());
    let mut parts: Vec<String> = Vec::new();
    let quoted: Vec<String> = prompt.passages().iter().take(PASSAGES).map(quoted).collect();
    if quoted.is_empty() {
        parts.push(words.lesson_only_nothing_found.to_owned());
    } else {
        parts.push(words.lesson_only_found.to_owned());
        parts.extend(quoted);
    }
    parts.push(words.lesson_only_question.to_owned());
    parts.join("\n\n")
}

fn quoted(passage: &Passage) -> String {
    let mut body: String = passage.body.chars().take(QUOTED_CHARS).collect();
    if body.len() < passage.body.len() {
        let cut = body.rfind(char::is_whitespace).unwrap_or(body.len());
        body.truncate(cut);
        body.push('…');
    }
    let heading = if passage.heading.is_empty() { String::new() } else { format!("**{}**\n\n", passage.heading) };
    format!("{heading}{body}")
        .lines()
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// After the third space, or at the end.
fn piece_end(text: &str) -> usize {
    text.match_indices(' ').nth(2).map_or(text.len(), |(at, space)| at + space.len())
}

#[cfg(test)]
mod tests {
    use super::{piece_end, quoted};
    use crate::passages::Passage;

    #[test]
    fn a_passage_is_quoted_whole_or_cut_at_a_word() {
        let passage =
            |body: &str| Passage { position: 1, anchor: "p1".into(), heading: "Keys".into(), body: body.into() };
        assert_eq!(quoted(&passage("One\n\ntwo")), "> **Keys**\n>\n> One\n>\n> two");
        let long = quoted(&passage(&"ciphertext ".repeat(60)));
        assert!(long.ends_with("ciphertext…"), "{long}");
    }

    #[test]
    fn pieces_are_a_few_words() {
        assert_eq!(piece_end("What do you see here"), "What do you ".len());
        assert_eq!(piece_end("ñu"), 3);
    }
}
