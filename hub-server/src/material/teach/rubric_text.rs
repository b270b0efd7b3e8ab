//! A rubric as plain text, for a form without scripts:
//!
//! ```text
//! The code works
//! - Not yet: it does not run
//! - Nearly: it runs with mistakes (1)
//! - Yes: it runs as planned (2)
//! ```
//!
//! A line that begins with `-` is a level of the criterion above it, from the lowest to the highest: its title, after a
//! colon what it means, in brackets its points.

use crate::material::{Criterion, Level};
use std::fmt::Write;

const MAX_CRITERIA: usize = 12;
const LEVELS: std::ops::RangeInclusive<usize> = 2..=6;
const MAX_TITLE_CHARS: usize = 120;
const MAX_DESCRIPTION_CHARS: usize = 400;

/// What is wrong with a rubric's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Empty,
    TooManyCriteria,
    /// A level stands before the first criterion.
    LevelFirst,
    /// A criterion has fewer than two levels or more than six.
    WrongLevels,
    /// A title is missing or too long, or what a level means is.
    WrongWords,
}

/// The criteria of a text, without ids.
pub fn parse(text: &str) -> Result<Vec<Criterion>, Fault> {
    let mut criteria: Vec<Criterion> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(level) = line.strip_prefix(['-', '*', '–']) {
            criteria.last_mut().ok_or(Fault::LevelFirst)?.levels.push(self::level(level.trim())?);
        } else {
            let title = fitting(line, MAX_TITLE_CHARS)?;
            criteria.push(Criterion { id: String::new(), title, levels: Vec::new() });
        }
    }
    if criteria.is_empty() {
        return Err(Fault::Empty);
    }
    if criteria.len() > MAX_CRITERIA {
        return Err(Fault::TooManyCriteria);
    }
    if criteria.iter().any(|criterion| !LEVELS.contains(&criterion.levels.len())) {
        return Err(Fault::WrongLevels);
    }
    Ok(criteria)
}

fn level(line: &str) -> Result<Level, Fault> {
    let (line, points) = points(line);
    let (title, description) = line.split_once(':').unwrap_or((line, ""));
    let description = description.trim();
    if description.chars().count() > MAX_DESCRIPTION_CHARS {
        return Err(Fault::WrongWords);
    }
    Ok(Level { title: fitting(title.trim(), MAX_TITLE_CHARS)?, description: description.to_owned(), points })
}

/// Takes `(3)` off the end of a line.
fn points(line: &str) -> (&str, u32) {
    let bracketed = line.strip_suffix(')').and_then(|line| line.rsplit_once('('));
    match bracketed.and_then(|(before, points)| Some((before.trim_end(), points.trim().parse().ok()?))) {
        Some((before, points)) if points <= 1_000 => (before, points),
        _ => (line, 0),
    }
}

fn fitting(text: &str, chars: usize) -> Result<String, Fault> {
    if text.is_empty() || text.chars().count() > chars { Err(Fault::WrongWords) } else { Ok(text.to_owned()) }
}

/// The text of criteria.
pub fn shown(criteria: &[Criterion]) -> String {
    let mut text = String::new();
    for criterion in criteria {
        let _infallible = writeln!(text, "{}", criterion.title);
        for level in &criterion.levels {
            let colon = if level.description.is_empty() { "" } else { ": " };
            let points = if level.points > 0 { format!(" ({})", level.points) } else { String::new() };
            let _infallible = writeln!(text, "- {}{colon}{}{points}", level.title, level.description);
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Fault, parse, shown};

    const TEXT: &str =
        "The code works\n- Not yet: it does not run\n- Yes: it runs (2)\n\nIt is tidy\n- No\n- Yes (1)\n\n";

    #[test]
    fn a_rubric_comes_back_as_it_was_written() {
        let criteria = parse(TEXT).unwrap();
        assert_eq!(criteria.len(), 2);
        assert_eq!(criteria[0].levels[1].title, "Yes");
        assert_eq!(criteria[0].levels[1].description, "it runs");
        assert_eq!((criteria[0].levels[1].points, criteria[1].levels[0].points), (2, 0));
        assert_eq!(shown(&criteria), TEXT);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let many = "A\n- x\n- y\n".repeat(13);
        let long = format!("{}\n- x\n- y", "a".repeat(121));
        for (text, fault) in [
            ("", Fault::Empty),
            ("\n \n", Fault::Empty),
            ("- x\nA", Fault::LevelFirst),
            ("A", Fault::WrongLevels),
            ("A\n- x", Fault::WrongLevels),
            ("A\n- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7", Fault::WrongLevels),
            ("A\n-\n- y", Fault::WrongWords),
            ("A\n- : only what it means\n- y", Fault::WrongWords),
            (many.as_str(), Fault::TooManyCriteria),
            (long.as_str(), Fault::WrongWords),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }
}
