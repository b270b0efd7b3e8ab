//! From the fields of a student's form to an answer, and what is still missing in it. No database, no clock.

use super::{Answer, Choice, Kind, Settings};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Longest reflection, in characters; as long as a draft may be.
pub const MAX_TEXT_CHARS: usize = 20_000;
/// Longest word on why, in characters.
pub const MAX_WHY_CHARS: usize = 1_000;

/// The fields of a form in the order they were sent; a name may come several times.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What is missing in an answer that is to be handed in, or too long in any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was written.
    Empty,
    /// More than [`MAX_TEXT_CHARS`].
    TooLong,
    /// No level was chosen for the criterion of this id.
    NoLevel(String),
    /// More than [`MAX_WHY_CHARS`] on the criterion of this id.
    WhyTooLong(String),
}

impl Answer {
    /// What was typed or ticked; none for a kind that is not answered by a form. What the form does not have, such as
    /// an item that was just taken out, is left out.
    pub fn of(settings: &Settings, fields: &Fields) -> Option<Self> {
        match settings {
            Settings::Checklist { items, .. } => {
                let ticked = fields.all("item").filter(|id| items.iter().any(|item| item.id == **id));
                Some(Self::Checklist { ticked: ticked.map(str::to_owned).collect() })
            }
            Settings::Reflection { .. } => {
                Some(Self::Reflection { text: plain(fields.get("text").unwrap_or_default()) })
            }
            Settings::Rubric { criteria, .. } => {
                let mut choices = BTreeMap::new();
                for criterion in criteria {
                    let level = fields.get(&level_field(&criterion.id)).and_then(|level| level.parse().ok());
                    let level = level.filter(|level| *level < criterion.levels.len());
                    let why = plain(fields.get(&why_field(&criterion.id)).unwrap_or_default());
                    if level.is_some() || !why.is_empty() {
                        choices.insert(criterion.id.clone(), Choice { level, why });
                    }
                }
                Some(Self::Rubric { choices })
            }
            Settings::Link { .. } | Settings::Text { .. } | Settings::Upload(_) | Settings::Gallery(_) => None,
        }
    }

    /// The fields that would be sent for it.
    pub fn fields(&self) -> Vec<(String, String)> {
        match self {
            Self::Checklist { ticked } => ticked.iter().map(|id| ("item".to_owned(), id.clone())).collect(),
            Self::Reflection { text } => vec![("text".to_owned(), text.clone())],
            Self::Rubric { choices } => choices
                .iter()
                .flat_map(|(id, choice)| {
                    let level = choice.level.map(|level| (level_field(id), level.to_string()));
                    level.into_iter().chain([(why_field(id), choice.why.clone())])
                })
                .collect(),
        }
    }

    /// As the column `drafts.text` has it.
    pub fn to_draft(&self) -> String {
        match self {
            Self::Reflection { text } => text.clone(),
            other => serde_json::json!(other).to_string(),
        }
    }

    /// The draft of an answer to this kind.
    pub fn from_draft(kind: Kind, text: &str) -> Option<Self> {
        match kind {
            Kind::Reflection => Some(Self::Reflection { text: text.to_owned() }),
            _ => serde_json::from_str(text).ok(),
        }
    }

    /// Why it cannot be kept, not even as a draft.
    pub fn too_long(&self) -> Vec<Fault> {
        match self {
            Self::Checklist { .. } => Vec::new(),
            Self::Reflection { text } => {
                if text.chars().count() > MAX_TEXT_CHARS {
                    vec![Fault::TooLong]
                } else {
                    Vec::new()
                }
            }
            Self::Rubric { choices } => choices
                .iter()
                .filter(|(_, choice)| choice.why.chars().count() > MAX_WHY_CHARS)
                .map(|(id, _)| Fault::WhyTooLong(id.clone()))
                .collect(),
        }
    }

    /// Why it cannot be handed in. A checklist always can: it is saved as it is.
    pub fn faults(&self, settings: &Settings) -> Vec<Fault> {
        let mut faults = self.too_long();
        match (self, settings) {
            (Self::Reflection { text }, _) if text.trim().is_empty() => faults.push(Fault::Empty),
            (Self::Rubric { choices }, Settings::Rubric { criteria, .. }) => {
                let chosen = |id: &str| choices.get(id).is_some_and(|choice| choice.level.is_some());
                let missing = criteria.iter().filter(|criterion| !chosen(&criterion.id));
                faults.extend(missing.map(|criterion| Fault::NoLevel(criterion.id.clone())));
            }
            _ => {}
        }
        faults
    }

    /// Nothing is left to do: of a checklist every item is ticked; anything else is done when it is handed in.
    pub fn is_whole(&self, settings: &Settings) -> bool {
        match (self, settings) {
            (Self::Checklist { ticked }, Settings::Checklist { items, .. }) => {
                items.iter().all(|item| ticked.contains(&item.id))
            }
            _ => true,
        }
    }
}

/// The field of a criterion's level.
pub fn level_field(criterion: &str) -> String {
    format!("level-{criterion}")
}

/// The field of the word on why.
pub fn why_field(criterion: &str) -> String {
    format!("why-{criterion}")
}

/// As it was typed, with line ends as they are kept: browsers send CR LF.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Answer, Fault, Fields, MAX_TEXT_CHARS, MAX_WHY_CHARS};
    use crate::material::{Criterion, Item, Kind, Level, Settings};

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn reflection() -> Settings {
        Settings::Reflection { source: String::new(), html: String::new() }
    }

    fn checklist() -> Settings {
        let items = ["a", "b"].map(|id| Item { id: id.to_owned(), text: id.to_owned() }).to_vec();
        Settings::Checklist { source: String::new(), html: String::new(), items }
    }

    fn rubric() -> Settings {
        let level = |title: &str| Level { title: title.to_owned(), description: String::new(), points: 0 };
        let levels = vec![level("not yet"), level("yes")];
        let criteria =
            ["c1", "c2"].map(|id| Criterion { id: id.to_owned(), title: id.to_owned(), levels: levels.clone() });
        Settings::Rubric { source: String::new(), html: String::new(), criteria: criteria.to_vec() }
    }

    #[test]
    fn only_items_that_are_there_can_be_ticked() {
        let answer = Answer::of(&checklist(), &fields(&[("item", "a"), ("item", "gone"), ("item", "a")])).unwrap();
        assert_eq!(answer.fields(), [("item".to_owned(), "a".to_owned())]);
        assert!(!answer.is_whole(&checklist()));
        let all = Answer::of(&checklist(), &fields(&[("item", "b"), ("item", "a")])).unwrap();
        assert!(all.is_whole(&checklist()) && all.faults(&checklist()).is_empty());
    }

    #[test]
    fn an_empty_reflection_is_not_handed_in_and_one_too_long_is_not_kept() {
        let of = |text: &str| Answer::of(&reflection(), &fields(&[("text", text)])).unwrap();
        assert_eq!(of(" \r\n ").faults(&reflection()), [Fault::Empty]);
        assert_eq!(of("first\r\nsecond\u{0}"), Answer::Reflection { text: "first\nsecond".to_owned() });
        assert!(of(&"é".repeat(MAX_TEXT_CHARS)).faults(&reflection()).is_empty());
        assert_eq!(of(&"é".repeat(MAX_TEXT_CHARS + 1)).too_long(), [Fault::TooLong]);
    }

    #[test]
    fn every_criterion_wants_a_level_that_exists() {
        let of = |pairs: &[(&str, &str)]| Answer::of(&rubric(), &fields(pairs)).unwrap();
        let missing = |id: &str| Fault::NoLevel(id.to_owned());
        assert_eq!(of(&[]).faults(&rubric()), [missing("c1"), missing("c2")]);
        assert_eq!(of(&[("level-c1", "1"), ("level-c2", "2")]).faults(&rubric()), [missing("c2")]);
        assert_eq!(of(&[("level-c1", "1"), ("why-c2", "later")]).faults(&rubric()), [missing("c2")]);
        assert!(of(&[("level-c1", "0"), ("level-c2", "1")]).faults(&rubric()).is_empty());
        let long = "x".repeat(MAX_WHY_CHARS + 1);
        assert_eq!(of(&[("why-c1", &long)]).too_long(), [Fault::WhyTooLong("c1".to_owned())]);
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let typed = fields(&[("level-c2", "1"), ("why-c1", "two\nlines"), ("text", "two\nlines")]);
        for settings in [reflection(), rubric(), checklist()] {
            let answer = Answer::of(&settings, &typed).unwrap();
            assert_eq!(Answer::from_draft(settings.kind(), &answer.to_draft()), Some(answer));
        }
        assert_eq!(Answer::from_draft(Kind::Rubric, "nonsense"), None);
    }
}
