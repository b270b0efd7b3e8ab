//! `helper-server eval` runs the project's cases and writes a report; `helper-server qualify` measures a backend.
//!
//! Most cases hold the helper's own rules against what they have to do, the same with every backend: what kind of help
//! is asked for, what no model sees, what is never said, how the ladder is climbed, what counts as a source, when
//! somebody may be in danger, and how the helper's own sentences read. These have to pass fully. The rest asks the
//! configured backend and looks at what would be shown.

mod cases;
mod model;
mod qualify;
mod report;
mod rules;
mod settings;

pub use qualify::qualify;
pub use settings::{EvalSettings, QualifySettings};

use crate::backend::{Backends, ledger::Ledger};
use anyhow::Context;
use server_kit::clock::Clock;
use std::{fs, time::Duration};

/// Longest pause in the middle of an answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs all cases and writes the report. Fails where a rule's case did.
pub async fn run(settings: EvalSettings) -> anyhow::Result<()> {
    let cases = match &settings.cases {
        Some(path) => fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?,
        None => cases::OURS.to_owned(),
    };
    let cases = cases::parse(&cases)?;
    let checked: Vec<rules::Checked> = cases.iter().filter_map(rules::check).collect();
    let answered = if settings.rules_only {
        Vec::new()
    } else {
        let backends = backends(&settings.model, 1)?;
        model::answer_all(&backends, &cases).await
    };
    let report = report::write(&settings, &checked, &answered);
    print!("{report}");
    if let Some(path) = &settings.report {
        fs::write(path, &report).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let failed = checked.iter().filter(|checked| checked.failure.is_some()).count();
    let leaked = answered.iter().filter(|answered| answered.leaked).count();
    anyhow::ensure!(failed == 0 && leaked == 0, "{failed} cases of the rules failed, {leaked} answers were told");
    Ok(())
}

/// The backends that are named, each for so many answers at once.
fn backends(model: &crate::config::ModelSettings, slots: u16) -> anyhow::Result<Backends> {
    let settings = crate::config::parse_backends(model, slots).map_err(anyhow::Error::msg)?;
    Backends::new(&settings, PATIENCE, Clock::system(), &Ledger::own(Clock::system()))
}
