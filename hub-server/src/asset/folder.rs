//! Folders are paths: `films/unit 1`. One is there as long as something lies in it.

/// Longest path, in characters; the same limit stands in the table.
pub const MAX_CHARS: usize = 200;
/// Deepest nesting.
const MAX_DEPTH: usize = 6;

/// A path as it is kept: trimmed steps, no empty ones; nothing where it is too long, too deep or leads up.
pub fn parse(typed: &str) -> Option<String> {
    let steps: Vec<String> = typed
        .split(['/', '\\'])
        .map(|step| step.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|step| !step.is_empty())
        .collect();
    let hidden = |step: &String| step == "." || step == ".." || step.chars().any(char::is_control);
    if steps.len() > MAX_DEPTH || steps.iter().any(hidden) {
        return None;
    }
    let path = steps.join("/");
    (path.chars().count() <= MAX_CHARS).then_some(path)
}

/// The folders directly in `folder`, of all that hold something.
pub fn within(folder: &str, all: &[String]) -> Vec<String> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut inside: Vec<String> = all
        .iter()
        .filter_map(|path| path.strip_prefix(&prefix))
        .filter(|rest| !rest.is_empty())
        .map(|rest| format!("{prefix}{}", rest.split('/').next().unwrap_or_default()))
        .collect();
    inside.sort();
    inside.dedup();
    inside
}

/// Each folder above and including `folder`, outermost first.
pub fn trail(folder: &str) -> Vec<String> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain((!folder.is_empty()).then_some(folder.len()));
    ends.map(|end| folder[..end].to_owned()).collect()
}

/// The last step of a path.
pub fn name(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

#[cfg(test)]
mod tests {
    use super::{parse, trail, within};

    #[test]
    fn a_path_is_tidied_or_refused() {
        for (typed, path) in [
            ("", Some("")),
            (" films / unit  1/", Some("films/unit 1")),
            ("films\\unit 1", Some("films/unit 1")),
            ("//", Some("")),
            ("../etc", None),
            ("a/./b", None),
            ("a/b/c/d/e/f/g", None),
        ] {
            assert_eq!(parse(typed).as_deref(), path, "{typed}");
        }
        assert_eq!(parse(&"x".repeat(201)), None);
    }

    #[test]
    fn folders_are_found_from_what_lies_in_them() {
        let all = ["films/unit 1", "films/unit 2/old", "films", "sheets"].map(str::to_owned);
        assert_eq!(within("", &all), ["films", "sheets"]);
        assert_eq!(within("films", &all), ["films/unit 1", "films/unit 2"]);
        assert_eq!(within("film", &all), Vec::<String>::new());
        assert_eq!(trail("films/unit 2/old"), ["films", "films/unit 2", "films/unit 2/old"]);
        assert_eq!(trail(""), Vec::<String>::new());
    }
}
