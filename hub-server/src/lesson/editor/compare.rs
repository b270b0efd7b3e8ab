//! Two versions beside one another, line by line.

use similar::{ChangeTag, TextDiff};
use std::time::Duration;

/// Unchanged lines shown around a change.
const AROUND: usize = 3;
/// Comparing takes no longer; what is not found by then is shown as replaced.
const PATIENCE: Duration = Duration::from_millis(500);

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Same,
    Removed,
    Added,
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the older text, from 1.
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub change: Change,
    pub text: String,
}

/// The places where two texts differ, each with a few lines around it.
pub fn compare(old: &str, new: &str) -> Vec<Vec<Line>> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let groups = diff.grouped_ops(AROUND);
    let place = |ops: &Vec<similar::DiffOp>| {
        let lines = ops.iter().flat_map(|op| diff.iter_changes(op)).map(|change| Line {
            old: change.old_index().map(|index| index + 1),
            new: change.new_index().map(|index| index + 1),
            change: match change.tag() {
                ChangeTag::Equal => Change::Same,
                ChangeTag::Delete => Change::Removed,
                ChangeTag::Insert => Change::Added,
            },
            text: change.value().trim_end_matches('\n').to_owned(),
        });
        lines.collect()
    };
    groups.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::{Change, compare};

    #[test]
    fn what_changed_is_shown_with_its_lines() {
        let old: String = (1..=20).map(|n| format!("line {n}\n")).collect();
        let new = old.replace("line 10\n", "line ten\nand a half\n");
        let places = compare(&old, &new);
        assert_eq!(places.len(), 1);
        let changed: Vec<_> = places[0]
            .iter()
            .filter(|line| line.change != Change::Same)
            .map(|line| (line.change, line.old, line.new, line.text.as_str()))
            .collect();
        assert_eq!(
            changed,
            [
                (Change::Removed, Some(10), None, "line 10"),
                (Change::Added, None, Some(10), "line ten"),
                (Change::Added, None, Some(11), "and a half"),
            ]
        );
        assert_eq!(places[0].len(), 3 + 3 + 3);
        assert!(compare(&old, &old).is_empty());
    }
}
