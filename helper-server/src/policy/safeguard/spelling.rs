//! One spelling of what people type in several: `don't`, `dont` and `don’t`, `I'm` and `im`, `no one` and `nobody`.

use crate::guard::fold::tokens;

/// What is typed as one word or cut in two at its apostrophe, and how it is written out.
const SHORT: &[(&[&str], &[&str])] = &[
    (&["don", "t"], &["do", "not"]),
    (&["dont"], &["do", "not"]),
    (&["dnt"], &["do", "not"]),
    (&["doesn", "t"], &["does", "not"]),
    (&["doesnt"], &["does", "not"]),
    (&["didn", "t"], &["did", "not"]),
    (&["didnt"], &["did", "not"]),
    (&["can", "t"], &["can", "not"]),
    (&["cant"], &["can", "not"]),
    (&["cannot"], &["can", "not"]),
    (&["won", "t"], &["will", "not"]),
    (&["wont"], &["will", "not"]),
    (&["isn", "t"], &["is", "not"]),
    (&["isnt"], &["is", "not"]),
    (&["wasn", "t"], &["was", "not"]),
    (&["wasnt"], &["was", "not"]),
    (&["hadn", "t"], &["had", "not"]),
    (&["wouldn", "t"], &["would", "not"]),
    (&["wouldnt"], &["would", "not"]),
    (&["ain", "t"], &["is", "not"]),
    (&["i", "m"], &["i", "am"]),
    (&["im"], &["i", "am"]),
    (&["i", "ve"], &["i", "have"]),
    (&["ive"], &["i", "have"]),
    (&["i", "d"], &["i", "would"]),
    (&["i", "ll"], &["i", "will"]),
    (&["he", "s"], &["he", "is"]),
    (&["hes"], &["he", "is"]),
    (&["she", "s"], &["she", "is"]),
    (&["shes"], &["she", "is"]),
    (&["it", "s"], &["it", "is"]),
    (&["they", "re"], &["they", "are"]),
    (&["theyre"], &["they", "are"]),
    (&["they", "ve"], &["they", "have"]),
    (&["wanna"], &["want", "to"]),
    (&["gonna"], &["going", "to"]),
    (&["anymore"], &["any", "more"]),
    // Number words have become digits.
    (&["no", "1"], &["nobody"]),
    (&["noone"], &["nobody"]),
    (&["everybody"], &["everyone"]),
    (&["every", "1"], &["everyone"]),
    (&["someone"], &["somebody"]),
    (&["some", "1"], &["somebody"]),
    (&["my", "self"], &["myself"]),
];

/// The sentences of a text, each as words in one spelling.
pub fn sentences(text: &str) -> Vec<Vec<String>> {
    let sentences = text.split(['.', '!', '?', ';', '\n']);
    sentences.map(|sentence| written_out(&tokens(sentence))).filter(|words| !words.is_empty()).collect()
}

fn written_out(typed: &[String]) -> Vec<String> {
    let mut words = Vec::with_capacity(typed.len());
    let mut at = 0;
    while at < typed.len() {
        let short =
            SHORT.iter().find(|(short, _)| typed[at..].len() >= short.len() && typed[at..][..short.len()] == **short);
        match short {
            Some((short, long)) => {
                words.extend(long.iter().map(|&word| word.to_owned()));
                at += short.len();
            }
            None => {
                words.push(typed[at].clone());
                at += 1;
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn spellings_of_one_word_are_alike() {
        let expected = [["i", "do", "not", "want", "to", "live", "any", "more"].map(str::to_owned).to_vec()];
        for text in [
            "I don't want to live anymore",
            "i dont wanna live any more",
            "I don’t want to live anymore.",
            "I DO NOT want to live any more!",
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
        assert_eq!(
            sentences("No one likes me. Everybody left"),
            [vec!["nobody", "likes", "me"], vec!["everyone", "left"]]
        );
    }
}
