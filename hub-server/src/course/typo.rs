//! Which known name somebody probably meant by one that is not known.

/// The known name that differs by a letter or two from `name`, or that `name` is the first word of.
pub fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = name.trim().to_lowercase().replace(['-', ' '], "_");
    let most = if plain.len() < 9 { 1 } else { 2 };
    let near = |known: &&str| plain.len() > 3 && distance(&plain, known) <= most;
    let first_word =
        |known: &&str| plain.len() > 3 && known.strip_prefix(&plain).is_some_and(|rest| rest.starts_with('_'));
    let find = |fits: &dyn Fn(&&str) -> bool| known.iter().copied().find(fits);
    if known.contains(&name) { None } else { find(&near).or_else(|| find(&first_word)) }
}

/// How many letters are to be added, taken out, changed or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut next = vec![i];
        for j in 1..=other.len() {
            let change = row[j - 1] + usize::from(one[i - 1] != other[j - 1]);
            let mut least = change.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn slips_of_a_letter_or_two_are_seen() {
        let known = ["title", "needs", "submission", "done_looks_like", "duration_minutes", "makes", "help", "course"];
        for (name, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("need", Some("needs")),
            ("submision", Some("submission")),
            ("sumbision", Some("submission")),
            ("done-looks-like", Some("done_looks_like")),
            ("done_look_like", Some("done_looks_like")),
            ("duration", Some("duration_minutes")),
            ("title", None),
            ("notes", None),
            ("tile_set", None),
            ("hel", None),
            ("source", None),
            ("ñ", None),
            ("", None),
        ] {
            assert_eq!(meant(name, &known), expected, "{name}");
        }
    }
}
