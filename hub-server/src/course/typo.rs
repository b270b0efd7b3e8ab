//! Which known name somebody probably meant by one that is not known.

use strsim::osa_distance;

/// The known name that differs by a letter or two from `name`, or that `name` is the first word of.
pub fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = name.trim().to_lowercase().replace(['-', ' '], "_");
    let most = if plain.len() < 9 { 1 } else { 2 };
    let near = |known: &&str| plain.len() > 3 && osa_distance(&plain, known) <= most;
    let first_word =
        |known: &&str| plain.len() > 3 && known.strip_prefix(&plain).is_some_and(|rest| rest.starts_with('_'));
    let find = |fits: &dyn Fn(&&str) -> bool| known.iter().copied().find(fits);
    if known.contains(&name) { None } else { find(&near).or_else(|| find(&first_word)) }
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
