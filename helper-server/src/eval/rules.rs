//! Cases that no model has a part in.

use super::cases::{Case, What};
use crate::{
    guard::{
        gate::{Gate, Leak, Rules},
        key::Key,
        redact::redact,
    },
    passages::{Passage, cite::cite},
    policy::{intent, ladder, safeguard},
    turn::standing::word,
    web::words::words,
};
use shared_types::scope::{Policy, Rung, ScopeMode};

/// What came of a case.
#[derive(Debug)]
pub struct Checked {
    pub id: String,
    pub kind: &'static str,
    /// What it did instead.
    pub failure: Option<String>,
}

/// Words a sentence has on average, at most, for a twelve-year-old.
const MOST_WORDS: usize = 20;
/// What offers a next step.
const STEPS: &[&str] = &[
    "?",
    "ask ",
    "read ",
    "try ",
    "tell ",
    "write ",
    "talk ",
    "wait ",
    "choose ",
    "show ",
    "put ",
    "come back",
    "pregunta ",
    "lee ",
    "prueba ",
    "cuéntame",
    "escribe",
    "apunta ",
    "habla ",
    "espera ",
    "elige ",
    "enséñame",
    "junta ",
    "vuelve ",
];

/// Runs a case; none where it is one for a model.
pub fn check(case: &Case) -> Option<Checked> {
    let (kind, failure) = match &case.what {
        What::Intent { text, expect } => ("intent", differs(&intent::read(text).intent, expect)),
        What::Redact { text, expect } => ("redact", differs(&redact(text).0, expect)),
        What::Safeguard { text, expect } => ("safeguard", differs(&concern(text), expect)),
        What::Leak { text, rung, answers } => {
            ("leak", gate(text, *rung, answers).is_ok().then(|| format!("was shown: {text}")))
        }
        What::Honest { text, rung, answers } => ("honest", differs(&gate(text, *rung, answers), &Ok(text.clone()))),
        What::Ladder { turns, expect, max_rung, strictness } => {
            let (strictness, max_rung) = (*strictness, *max_rung);
            let policy = Policy { strictness, scope_mode: ScopeMode::Soft, topic_filter: false, max_rung };
            ("ladder", differs(&ladder::walk(policy, turns), expect))
        }
        What::Cite { lesson, text, expect } => {
            let passages: Vec<Passage> = (1..).zip(lesson).map(|(number, body)| passage(number, body)).collect();
            let anchors: Vec<String> = cite(text, &passages).into_iter().map(|cited| cited.anchor).collect();
            ("cite", differs(&anchors, expect))
        }
        What::Kind { text, lang } => ("kind", unkind(&own_words(text, lang))),
        What::Model { .. } => return None,
    };
    Some(Checked { id: case.id.clone(), kind, failure })
}

fn differs<T: PartialEq + std::fmt::Debug>(is: &T, should: &T) -> Option<String> {
    (is != should).then(|| format!("{is:?} instead of {should:?}"))
}

fn concern(text: &str) -> String {
    safeguard::concern(text, "").map_or_else(
        || "none".to_owned(),
        |concern| format!("{}:{}", word(concern.tier).unwrap_or_default(), word(concern.kind).unwrap_or_default()),
    )
}

/// A whole answer through the outgoing check.
pub fn gate(text: &str, rung: Rung, answers: &[String]) -> Result<String, Leak> {
    let keys = answers.iter().flat_map(|answer| Key::all_of(answer, "")).collect();
    let rules = Rules { rung: Some(rung), keys, lesson: String::new() };
    let mut gate = Gate::new(&rules, "");
    let shown = gate.push(text)?;
    Ok(shown + &gate.finish()?)
}

/// A paragraph of a lesson.
pub fn passage(number: usize, body: &str) -> Passage {
    Passage {
        position: i32::try_from(number).unwrap_or_default(),
        anchor: format!("p{number}"),
        heading: String::new(),
        body: body.to_owned(),
    }
}

fn own_words(code: &str, lang: &str) -> String {
    let words = words(lang);
    match code {
        "off_topic" => words.off_topic("The Caesar cipher", false),
        "off_topic_troubled" => words.off_topic("The Caesar cipher", true),
        "help_now" => words.help_now(false),
        "help_now_read_along" => words.help_now(true),
        "off_class" => words.off_class.to_owned(),
        "off_lesson" => words.off_lesson.to_owned(),
        "off_hours" => (words.off_hours)(" (08:00–17:00)"),
        "line_full" => words.line_full.to_owned(),
        "limit_day" => words.limit_day.to_owned(),
        rung => {
            let number = rung.rsplit('_').next().and_then(|number| number.parse::<usize>().ok());
            number.and_then(|number| words.rung_questions.get(number)).copied().unwrap_or_default().to_owned()
        }
    }
}

/// What is wrong with a sentence for children.
fn unkind(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let sentences =
        lower.split(['.', '!', '?', ':', ';', '\n']).filter(|sentence| sentence.split_whitespace().count() > 2);
    let lengths: Vec<usize> = sentences.map(|sentence| sentence.split_whitespace().count()).collect();
    let average = lengths.iter().sum::<usize>() / lengths.len().max(1);
    if lengths.is_empty() {
        Some("there is no such sentence".to_owned())
    } else if average > MOST_WORDS {
        Some(format!("{average} words a sentence: {text}"))
    } else if !STEPS.iter().any(|step| lower.contains(step)) {
        Some(format!("no next step: {text}"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::eval::cases::{OURS, parse};
    use std::collections::HashSet;

    #[test]
    fn every_case_of_the_rules_passes() {
        let cases = parse(OURS).unwrap();
        assert!(cases.len() >= 200, "{}", cases.len());
        let ids: HashSet<_> = cases.iter().map(|case| &case.id).collect();
        assert_eq!(ids.len(), cases.len(), "every id once");
        let failed: Vec<_> = cases.iter().filter_map(check).filter(|checked| checked.failure.is_some()).collect();
        assert!(failed.is_empty(), "{failed:#?}");
    }

    #[test]
    fn a_case_that_should_fail_does() {
        let wrong = r#"{"id":"a","kind":"leak","rung":"nudge","answers":["42"],"text":"Look again."}
{"id":"b","kind":"intent","text":"Hi!","expect":"stuck"}
{"id":"c","kind":"kind","text":"rung_9","lang":"en"}"#;
        assert!(parse(wrong).unwrap().iter().filter_map(check).all(|checked| checked.failure.is_some()));
        assert!(parse("{}").is_err());
    }
}
