//! The seven kinds of material, what is particular to each, and what a student may answer.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The kind of a material, as the column `kind` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// Leads elsewhere: to a lesson of the class, or to an address.
    Link,
    /// Something to read.
    Text,
    /// A file to hand in, seen by the student and the teachers of the class.
    Upload,
    /// A file to hand in that the student may show to the class.
    Gallery,
    /// Points to tick off.
    Checklist,
    /// A question to answer in one's own words.
    Reflection,
    /// Criteria to place one's own work by.
    Rubric,
}

/// What is particular to a kind, as the column `settings` has it. Markdown is kept as it was written and as the
/// sanitised HTML that pages show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Settings {
    /// `url` is http(s) or a path of this site; none where the row's `lesson_id` says where to.
    Link {
        url: Option<String>,
    },
    Text {
        source: String,
        html: String,
    },
    Upload(Handing),
    Gallery(Handing),
    Checklist {
        source: String,
        html: String,
        items: Vec<Item>,
    },
    Reflection {
        source: String,
        html: String,
    },
    Rubric {
        source: String,
        html: String,
        criteria: Vec<Criterion>,
    },
}

/// What may be handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handing {
    /// The task.
    pub source: String,
    pub html: String,
    /// Endings without the dot, in lower case; empty where every kind we take is welcome.
    pub accepted: Vec<String>,
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// How the file should be called; a wish, not a rule.
    pub naming: Option<String>,
}

/// One point of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Stays when the words change, so that a tick stays too.
    pub id: String,
    pub text: String,
}

/// One row of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub id: String,
    pub title: String,
    /// From the lowest to the highest.
    pub levels: Vec<Level>,
}

/// One step of a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub title: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub points: u32,
}

/// What a student answered, as the column `responses.answer` has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// The ids of the ticked items.
    Checklist {
        ticked: BTreeSet<String>,
    },
    Reflection {
        text: String,
    },
    /// For each criterion's id the number of the level, 0 the lowest, and a word on why.
    Rubric {
        choices: BTreeMap<String, Choice>,
    },
}

/// Where a student places their work on one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// None where only the word on why is there.
    pub level: Option<usize>,
    #[serde(default)]
    pub why: String,
}

impl Kind {
    /// Every kind, in the order they are offered.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Link, Self::Checklist, Self::Reflection, Self::Rubric, Self::Upload, Self::Gallery];

    /// Students hand in or answer something, which can be graded.
    pub const fn is_answered(self) -> bool {
        !matches!(self, Self::Link | Self::Text)
    }

    /// The word it is stored as.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Text => "text",
            Self::Upload => "upload",
            Self::Gallery => "gallery",
            Self::Checklist => "checklist",
            Self::Reflection => "reflection",
            Self::Rubric => "rubric",
        }
    }
}

impl Settings {
    /// The kind these are the settings of.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Link { .. } => Kind::Link,
            Self::Text { .. } => Kind::Text,
            Self::Upload(_) => Kind::Upload,
            Self::Gallery(_) => Kind::Gallery,
            Self::Checklist { .. } => Kind::Checklist,
            Self::Reflection { .. } => Kind::Reflection,
            Self::Rubric { .. } => Kind::Rubric,
        }
    }
}

impl Answer {
    /// The kind it answers to.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Checklist { .. } => Kind::Checklist,
            Self::Reflection { .. } => Kind::Reflection,
            Self::Rubric { .. } => Kind::Rubric,
        }
    }
}

/// The items of a checklist after its lines were edited. A line keeps the id, and with it the ticks, of the item with
/// the same words, else of the one that stood between the same neighbours and is only reworded: what says something else
/// was ticked by nobody.
pub fn revise_items(standing: &[Item], texts: &[String]) -> Vec<Item> {
    let known: Vec<(&str, &str)> = standing.iter().map(|item| (item.id.as_str(), item.text.as_str())).collect();
    let titles: Vec<&str> = texts.iter().map(String::as_str).collect();
    let ids = kept_ids(&known, &titles, "i", |_, _| true);
    ids.into_iter().zip(texts).map(|(id, text)| Item { id, text: text.clone() }).collect()
}

/// The criteria of a rubric after it was edited; ids are kept as [`revise_items`] keeps them, where the levels that were
/// there still are in their places: an answer names the place of its level.
pub fn revise_criteria(standing: &[Criterion], mut edited: Vec<Criterion>) -> Vec<Criterion> {
    let known: Vec<(&str, &str)> = standing.iter().map(|one| (one.id.as_str(), one.title.as_str())).collect();
    let titles: Vec<&str> = edited.iter().map(|one| one.title.as_str()).collect();
    let ids = kept_ids(&known, &titles, "c", |old, new| levels_stand(&standing[old].levels, &edited[new].levels));
    for (criterion, id) in edited.iter_mut().zip(ids) {
        criterion.id = id;
    }
    edited
}

fn levels_stand(standing: &[Level], edited: &[Level]) -> bool {
    let same = standing.iter().zip(edited).all(|(old, new)| is_reworded(&old.title, &new.title));
    same && edited.len() >= standing.len()
}

/// Whether it may still say the same: a slip was mended, or words were added or taken out.
fn is_reworded(old: &str, new: &str) -> bool {
    /// Of the letters: one slip in a short word, a few in a sentence.
    const LEAST_ALIKE: f64 = 0.75;
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    let holds = |longer: &str, shorter: &str| {
        let words: BTreeSet<&str> = longer.split_whitespace().collect();
        shorter.split_whitespace().all(|word| words.contains(word))
    };
    strsim::normalized_damerau_levenshtein(&old, &new) >= LEAST_ALIKE || holds(&new, &old) || holds(&old, &new)
}

/// An id for each title: that of the same title; else of one that is gone, stood between the same neighbours and is only
/// reworded; else a new one. `may_stay` says of two places, the old one first, whether the rest of them allows it.
fn kept_ids(
    standing: &[(&str, &str)],
    titles: &[&str],
    prefix: &str,
    may_stay: impl Fn(usize, usize) -> bool,
) -> Vec<String> {
    let mut places: Vec<Option<usize>> = vec![None; titles.len()];
    for (at, title) in titles.iter().enumerate() {
        let is_same = |place: &usize| standing[*place].1 == *title && may_stay(*place, at);
        places[at] = (0..standing.len()).find(|place| is_same(place) && !places.contains(&Some(*place)));
    }
    for at in 0..places.len() {
        if places[at].is_none() {
            let after = places[..at].iter().rev().flatten().next().map_or(0, |place| place + 1);
            let before = places[at..].iter().flatten().next().copied().unwrap_or(standing.len());
            let is_it = |place: &usize| is_reworded(standing[*place].1, titles[at]) && may_stay(*place, at);
            places[at] = (after..before).find(|place| is_it(place) && !places.contains(&Some(*place)));
        }
    }
    let number = |id: &str| id.strip_prefix(prefix).and_then(|number| number.parse::<u32>().ok()).unwrap_or(0);
    let mut last = standing.iter().map(|(id, _)| number(id)).max().unwrap_or(0);
    let mut id = |place: Option<usize>| {
        place.map_or_else(
            || {
                last += 1;
                format!("{prefix}{last}")
            },
            |place| standing[place].0.to_owned(),
        )
    };
    places.into_iter().map(&mut id).collect()
}

#[cfg(test)]
mod tests {
    use super::{Criterion, Item, Level, revise_criteria, revise_items};

    #[test]
    fn a_tick_stays_with_its_line() {
        let items = |pairs: &[(&str, &str)]| -> Vec<Item> {
            pairs.iter().map(|(id, text)| Item { id: (*id).to_owned(), text: (*text).to_owned() }).collect()
        };
        let standing = items(&[("i1", "plan"), ("i2", "build"), ("i3", "test")]);
        for (edited, expected) in [
            (vec!["plan", "build", "test"], items(&[("i1", "plan"), ("i2", "build"), ("i3", "test")])),
            // Another order.
            (vec!["test", "plan", "build"], items(&[("i3", "test"), ("i1", "plan"), ("i2", "build")])),
            // Other words in the same place.
            (vec!["plan", "build it", "test"], items(&[("i1", "plan"), ("i2", "build it"), ("i3", "test")])),
            // One more in between, one less.
            (
                vec!["plan", "draw", "build", "test"],
                items(&[("i1", "plan"), ("i4", "draw"), ("i2", "build"), ("i3", "test")]),
            ),
            (
                vec!["plan", "draw", "build", "test twice"],
                items(&[("i1", "plan"), ("i4", "draw"), ("i2", "build"), ("i3", "test twice")]),
            ),
            (vec!["plan", "test"], items(&[("i1", "plan"), ("i3", "test")])),
            // A slip mended; something else in its place.
            (vec!["plan", "biuld", "test"], items(&[("i1", "plan"), ("i2", "biuld"), ("i3", "test")])),
            (vec!["plan", "paint", "test"], items(&[("i1", "plan"), ("i4", "paint"), ("i3", "test")])),
            // The same words twice are two items.
            (vec!["plan", "plan"], items(&[("i1", "plan"), ("i4", "plan")])),
        ] {
            let lines: Vec<String> = edited.iter().map(|line| (*line).to_owned()).collect();
            assert_eq!(revise_items(&standing, &lines), expected, "{edited:?}");
        }
    }

    #[test]
    fn a_chosen_level_stays_with_its_criterion_while_both_say_the_same() {
        let criterion = |id: &str, title: &str, levels: &[&str]| Criterion {
            id: id.to_owned(),
            title: title.to_owned(),
            levels: levels
                .iter()
                .map(|title| Level { title: (*title).to_owned(), description: String::new(), points: 0 })
                .collect(),
        };
        let standing = [criterion("c1", "It works", &["no", "yes"])];
        for (title, levels, id) in [
            ("It works", vec!["no", "yes"], "c1"),
            ("It works well", vec!["no", "yes"], "c1"),
            ("It works", vec!["no", "yes", "yes, and more"], "c1"),
            // Who chose the second did not choose this.
            ("It works", vec!["no", "nearly", "yes"], "c2"),
            ("It works", vec!["no"], "c2"),
            ("It is tidy", vec!["no", "yes"], "c2"),
        ] {
            let revised = revise_criteria(&standing, vec![criterion("", title, &levels)]);
            assert_eq!(revised[0].id, id, "{title} {levels:?}");
        }
    }
}
