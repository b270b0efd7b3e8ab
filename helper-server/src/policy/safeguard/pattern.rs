//! Patterns over the words of a sentence, each written as one line:
//!
//! | written | stands for |
//! |---|---|
//! | `hit` | that word |
//! | `hit|hits` | one of them |
//! | `just?` | that word or nothing |
//! | `..` | up to three words |
//! | `^` | the beginning of the sentence; may be one of several: `i|^` |
//! | `!early|at` | none of them comes next |

/// How many words `..` passes over.
const GAP: usize = 3;

/// Where in a sentence a pattern begins to match: the number of its first word.
pub fn find(pattern: &str, words: &[String]) -> Option<usize> {
    let elements: Vec<&str> = pattern.split(' ').collect();
    (0..=words.len()).find(|&at| matches(&elements, words, at))
}

fn matches(elements: &[&str], words: &[String], at: usize) -> bool {
    let Some((element, rest)) = elements.split_first() else { return true };
    if *element == ".." {
        return (at..=words.len().min(at + GAP)).any(|from| matches(rest, words, from));
    }
    if let Some(not) = element.strip_prefix('!') {
        return !is_one_of(not, words, at) && matches(rest, words, at);
    }
    let (element, optional) = element.strip_suffix('?').map_or((*element, false), |element| (element, true));
    let begins = at == 0 && element.split('|').any(|word| word == "^");
    (is_one_of(element, words, at) && matches(rest, words, at + 1))
        || ((optional || begins) && matches(rest, words, at))
}

fn is_one_of(element: &str, words: &[String], at: usize) -> bool {
    words.get(at).is_some_and(|next| element.split('|').any(|word| word == next))
}

#[cfg(test)]
mod tests {
    use super::find;

    fn found(pattern: &str, sentence: &str) -> Option<usize> {
        find(pattern, &sentence.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn every_element_does_what_the_table_says() {
        for (pattern, sentence, expected) in [
            ("hit me", "they hit me", Some(1)),
            ("hit me", "they hit the ball", None),
            ("hit|hits me", "she hits me", Some(1)),
            ("i just? want", "i want", Some(0)),
            ("i just? want", "i just want", Some(0)),
            ("i .. want", "i really do not want", Some(0)),
            ("i .. want", "i one two three four want", None),
            ("i|^ do not", "do not", Some(0)),
            ("i|^ do not", "they do not", None),
            ("^ hit", "they hit", None),
            ("wake up !early|at", "wake up early", None),
            ("wake up !early|at", "wake up", Some(0)),
        ] {
            assert_eq!(found(pattern, sentence), expected, "{pattern} in {sentence}");
        }
    }
}
