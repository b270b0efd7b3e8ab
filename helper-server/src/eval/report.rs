//! The report, as Markdown.

use super::{EvalSettings, model::Answered, rules::Checked};
use crate::turn::standing::word;
use std::{collections::BTreeMap, fmt::Write};

const WHAT: [(&str, &str); 8] = [
    ("intent", "the kind of help asked for is understood"),
    ("redact", "personal data is kept from models, numbers of a lesson are not"),
    ("safeguard", "words of danger are heard, stories are not taken for them"),
    ("leak", "answers, solutions, personal data and unkind words are stopped"),
    ("honest", "honest help passes unchanged"),
    ("ladder", "help climbs with shown work only, also under injection over several turns"),
    ("cite", "only words of the lesson count as its source"),
    ("kind", "the helper's own sentences are simple and offer a next step"),
];

/// Everything that was found.
pub fn write(settings: &EvalSettings, checked: &[Checked], answered: &[Answered]) -> String {
    let mut out = String::from("# What the helper does with the project's cases\n\n");
    let _ = writeln!(out, "Backends: `{}`.\n", settings.model.backends);
    rules(&mut out, checked);
    if !answered.is_empty() {
        models(&mut out, answered);
    }
    out
}

fn rules(out: &mut String, checked: &[Checked]) {
    let mut of_kind: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for one in checked {
        let (passed, all) = of_kind.entry(one.kind).or_default();
        *passed += usize::from(one.failure.is_none());
        *all += 1;
    }
    out.push_str("## Rules\n\n| what | passed |\n|---|---:|\n");
    for (kind, what) in WHAT {
        let (passed, all) = of_kind.get(kind).copied().unwrap_or_default();
        let _ = writeln!(out, "| {what} | {passed} of {all} |");
    }
    let passed = checked.iter().filter(|one| one.failure.is_none()).count();
    let _ = writeln!(out, "| **all** | **{passed} of {}** |\n", checked.len());
    for one in checked {
        if let Some(failure) = &one.failure {
            let _ = writeln!(out, "- **{}**: {failure}", one.id);
        }
    }
}

fn models(out: &mut String, answered: &[Answered]) {
    let held = answered.iter().filter(|one| one.held_back).count();
    let leaked = answered.iter().filter(|one| one.leaked).count();
    let failed = answered.iter().filter(|one| one.error.is_some()).count();
    let _ = writeln!(
        out,
        "\n## A model's answers\n\n{} questions, {held} first drafts stopped by the outgoing check, {leaked} answers told, \
         {failed} without a whole answer.\n",
        answered.len()
    );
    out.push_str("| case | backend | first text | whole | words | stopped | sources | begins |\n|---|---|---:|---:|---:|---|---:|---|\n");
    for one in answered {
        let backend = one.backend.and_then(word).unwrap_or_default();
        let begins: String = one.text.replace(['|', '\n'], " ").chars().take(70).collect();
        let _ = writeln!(
            out,
            "| {} | {backend} | {} ms | {:.1} s | {} | {} | {} | {} |",
            one.id,
            one.first_text.as_millis(),
            one.whole.as_secs_f64(),
            one.text.split_whitespace().count(),
            if one.held_back { "yes" } else { "no" },
            one.cited,
            one.error.as_deref().unwrap_or(begins.trim()),
        );
    }
}
