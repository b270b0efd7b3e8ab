//! The form of a class's rules: what was typed becomes what is meant.

use super::{ClassRules, Hours, RUNGS, from_word, word};
use crate::web::FormState;
use chrono::{NaiveTime, Timelike};
use serde::Deserialize;
use shared_types::scope::{Limits, Policy};

/// Topics of a class travel in every token.
const MOST_TOPICS: usize = 20;
const LONGEST_TOPIC: usize = 80;
/// The days as the form names them, Monday first.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The form as it is sent. A box that is not ticked is not sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RulesForm {
    pub enabled: Option<String>,
    pub strictness: String,
    pub scope_mode: String,
    pub topic_filter: Option<String>,
    pub max_rung: String,
    pub allowed_topics: String,
    pub opens: String,
    pub closes: String,
    pub mon: Option<String>,
    pub tue: Option<String>,
    pub wed: Option<String>,
    pub thu: Option<String>,
    pub fri: Option<String>,
    pub sat: Option<String>,
    pub sun: Option<String>,
    pub per_minute: String,
    pub per_day: String,
    pub class_per_day: String,
}

impl RulesForm {
    /// The form of rules that hold.
    pub fn of(rules: &ClassRules) -> Self {
        let ticked = |yes: bool| yes.then(|| "true".to_owned());
        let days = rules.hours.days.map(ticked);
        let [mon, tue, wed, thu, fri, sat, sun] = days;
        let time = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let (opens, closes) = rules.hours.minutes.map_or_else(Default::default, |(from, to)| (time(from), time(to)));
        Self {
            enabled: ticked(rules.enabled),
            strictness: word(rules.policy.strictness),
            scope_mode: word(rules.policy.scope_mode),
            topic_filter: ticked(rules.policy.topic_filter),
            max_rung: word(rules.policy.max_rung),
            allowed_topics: rules.allowed_topics.join("\n"),
            opens,
            closes,
            mon,
            tue,
            wed,
            thu,
            fri,
            sat,
            sun,
            per_minute: rules.limits.per_minute.to_string(),
            per_day: rules.limits.per_day.to_string(),
            class_per_day: rules.limits.class_per_day.to_string(),
        }
    }

    /// The days that are ticked, Monday first.
    pub fn days(&self) -> [bool; 7] {
        [&self.mon, &self.tue, &self.wed, &self.thu, &self.fri, &self.sat, &self.sun].map(Option::is_some)
    }

    /// What it means; else the form with what is wrong.
    pub fn parse(self) -> Result<ClassRules, FormState<Self>> {
        let (strictness, scope_mode) = (from_word(&self.strictness), from_word(&self.scope_mode));
        let max_rung = from_word(&self.max_rung).filter(|rung| RUNGS.contains(rung));
        let (topics, minutes) = (topics(&self.allowed_topics), minutes(&self.opens, &self.closes));
        let per_minute = number(&self.per_minute, 60).and_then(|number| u16::try_from(number).ok());
        let per_day = number(&self.per_day, 1_000).and_then(|number| u16::try_from(number).ok());
        let class_per_day = number(&self.class_per_day, 100_000);
        let (enabled, topic_filter, days) = (self.enabled.is_some(), self.topic_filter.is_some(), self.days());
        let mut form = FormState::new(self);
        if strictness.is_none() {
            form = form.refuse("strictness", "rules-choose");
        }
        if scope_mode.is_none() {
            form = form.refuse("scope_mode", "rules-choose");
        }
        if max_rung.is_none() {
            form = form.refuse("max_rung", "rules-choose");
        }
        if topics.is_none() {
            form = form.refuse("allowed_topics", "rules-topics-wrong");
        }
        if let Err(field) = minutes {
            form = form.refuse(field, "rules-hours-wrong");
        }
        if per_minute.is_none() {
            form = form.refuse("per_minute", "rules-per-minute-wrong");
        }
        if per_day.is_none() {
            form = form.refuse("per_day", "rules-per-day-wrong");
        }
        if class_per_day.is_none() {
            form = form.refuse("class_per_day", "rules-class-per-day-wrong");
        }
        match (strictness, scope_mode, max_rung, topics, minutes.ok(), per_minute, per_day, class_per_day) {
            (
                Some(strictness),
                Some(scope_mode),
                Some(max_rung),
                Some(allowed_topics),
                Some(minutes),
                Some(per_minute),
                Some(per_day),
                Some(class_per_day),
            ) => Ok(ClassRules {
                enabled,
                policy: Policy { strictness, scope_mode, topic_filter, max_rung },
                allowed_topics,
                hours: Hours { minutes, days },
                limits: Limits { per_minute, per_day, class_per_day },
            }),
            _ => Err(form),
        }
    }
}

/// One a line.
fn topics(text: &str) -> Option<Vec<String>> {
    let topics: Vec<String> = text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let fit = topics.iter().all(|topic| topic.chars().count() <= LONGEST_TOPIC && !topic.contains(char::is_control));
    (topics.len() <= MOST_TOPICS && fit).then_some(topics)
}

/// From and to in minutes of the day; both empty is always. Midnight as an end is the day's end. Else the field that is
/// wrong.
fn minutes(opens: &str, closes: &str) -> Result<Option<(u16, u16)>, &'static str> {
    if opens.trim().is_empty() && closes.trim().is_empty() {
        return Ok(None);
    }
    let minute = |text: &str| {
        let time =
            ["%H:%M", "%H:%M:%S"].into_iter().find_map(|form| NaiveTime::parse_from_str(text.trim(), form).ok())?;
        u16::try_from(time.hour() * 60 + time.minute()).ok()
    };
    let (from, to) = (minute(opens).ok_or("opens")?, minute(closes).ok_or("closes")?);
    let to = if to == 0 { 24 * 60 } else { to };
    if from < to { Ok(Some((from, to))) } else { Err("closes") }
}

fn number(text: &str, most: u32) -> Option<u32> {
    text.trim().parse().ok().filter(|number| (1..=most).contains(number))
}

#[cfg(test)]
mod tests {
    use super::{ClassRules, RulesForm};

    #[test]
    fn what_is_shown_and_sent_again_means_the_same() {
        let rules = ClassRules::default();
        assert_eq!(RulesForm::of(&rules).parse().unwrap(), rules);
        let until_midnight = RulesForm { opens: "08:30".into(), closes: "00:00".into(), ..RulesForm::of(&rules) };
        let parsed = until_midnight.parse().unwrap();
        assert_eq!(parsed.hours.minutes, Some((510, 1440)));
        assert_eq!(RulesForm::of(&parsed).closes, "00:00");
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        let form = RulesForm {
            strictness: "fierce".into(),
            opens: "18:00".into(),
            closes: "08:00".into(),
            per_day: "0".into(),
            allowed_topics: "x".repeat(200),
            ..RulesForm::of(&ClassRules::default())
        };
        let refused = form.parse().unwrap_err();
        let fields: Vec<_> = refused.errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, ["strictness", "allowed_topics", "closes", "per_day"]);
        let half = RulesForm { closes: "08:00".into(), ..RulesForm::of(&ClassRules::default()) }.parse().unwrap_err();
        assert_eq!(half.errors.iter().map(|error| error.field).collect::<Vec<_>>(), ["opens"]);
        assert_eq!(refused.typed.closes, "08:00", "what was typed is kept");
    }
}
