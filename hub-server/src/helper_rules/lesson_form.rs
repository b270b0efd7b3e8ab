//! The form of one lesson's rules.

use super::{LessonRules, from_word};
use crate::web::FormState;
use serde::Deserialize;

const MOST_ANSWERS: usize = 40;
const LONGEST_ANSWER: usize = 400;
/// Between two answers where one has several lines, as program code has.
const BETWEEN: &str = "---";

/// The form as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LessonForm {
    pub enabled: Option<String>,
    /// Empty: as the class.
    pub max_rung: String,
    pub answers: String,
}

impl LessonForm {
    /// The form of rules that hold.
    pub fn of(rules: &LessonRules) -> Self {
        let between = if rules.answers.iter().any(|answer| answer.contains('\n')) { "\n---\n" } else { "\n" };
        Self {
            enabled: rules.enabled.then(|| "true".to_owned()),
            max_rung: rules.max_rung.map(super::word).unwrap_or_default(),
            answers: rules.answers.join(between),
        }
    }

    /// What it means; else the form with what is wrong.
    pub fn parse(self) -> Result<LessonRules, FormState<Self>> {
        let answers = answers(&self.answers);
        let max_rung = if self.max_rung.is_empty() { Some(None) } else { from_word(&self.max_rung).map(Some) };
        let enabled = self.enabled.is_some();
        match (max_rung, answers) {
            (Some(max_rung), Some(answers)) => Ok(LessonRules { enabled, max_rung, answers }),
            (None, _) => Err(FormState::new(self).refuse("max_rung", "rules-choose")),
            (_, None) => Err(FormState::new(self).refuse("answers", "rules-answers-wrong")),
        }
    }
}

/// One a line, or, where a line is `---`, one between two of those.
fn answers(text: &str) -> Option<Vec<String>> {
    let text = text.replace("\r\n", "\n");
    let parts: Vec<String> = if text.lines().any(|line| line.trim() == BETWEEN) {
        let lines: Vec<&str> = text.lines().collect();
        lines.split(|line| line.trim() == BETWEEN).map(|part| part.join("\n")).collect()
    } else {
        text.lines().map(str::to_owned).collect()
    };
    let answers: Vec<String> = parts
        .iter()
        .map(|part| part.trim_matches('\n').trim_end().to_owned())
        .filter(|part| !part.trim().is_empty())
        .collect();
    let fit = answers.len() <= MOST_ANSWERS
        && answers.iter().all(|answer| answer.chars().count() <= LONGEST_ANSWER && !answer.contains('\0'));
    fit.then_some(answers)
}

#[cfg(test)]
mod tests {
    use super::{LessonForm, answers};

    #[test]
    fn answers_stand_on_lines_or_between_rules() {
        assert_eq!(answers("42\r\n\r\n attack at dawn \n").unwrap(), ["42", " attack at dawn"]);
        assert_eq!(answers("for x in y:\n    print(x)\n---\n42").unwrap(), ["for x in y:\n    print(x)", "42"]);
        assert!(answers(&"x".repeat(500)).is_none());
    }

    #[test]
    fn what_is_shown_and_sent_again_means_the_same() {
        let form = LessonForm { enabled: None, max_rung: "concept".into(), answers: "a\nb\n---\nc".into() };
        let rules = form.parse().unwrap();
        assert_eq!(LessonForm::of(&rules).parse().unwrap(), rules);
        assert!(LessonForm { max_rung: "roof".into(), ..LessonForm::default() }.parse().is_err());
    }
}
