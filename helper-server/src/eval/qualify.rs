//! Measures the first backend: time to its first text, its pace, and how many answers it really writes side by side.

use super::{QualifySettings, backends, model::running};
use crate::{
    backend::{Answering, Backends},
    prompt::{Prompt, Talk},
};
use anyhow::Context;
use futures::{StreamExt, future::join_all};
use shared_types::scope::Rung;
use std::{
    fmt::Write,
    fs, iter,
    time::{Duration, Instant},
};

/// A slot more is worth having while all together write at least so much faster.
const WORTH: f64 = 1.15;

/// One answer's figures.
struct Measured {
    first_text: Duration,
    writing: Duration,
    words: usize,
}

/// Measures; prints a table and what to set, and keeps it where a report is asked for.
pub async fn qualify(settings: QualifySettings) -> anyhow::Result<()> {
    let at_most = usize::from(settings.at_most);
    let backends = backends(&settings.model, settings.at_most)?;
    let mut report = format!("# What a backend does side by side\n\nBackends: `{}`.\n\n", settings.model.backends);
    report.push_str(
        "| answers at once | first text, median | words a second, all | words a second, each |\n|---:|---:|---:|---:|\n",
    );
    let (mut best, mut slots) = (0.0, 1);
    for at_once in iter::successors(Some(1), |at_once| Some(at_once * 2)).take_while(|at_once| *at_once <= at_most) {
        let started = Instant::now();
        let answers = join_all((0..at_once).map(|number| answer(&backends, number))).await;
        let answers = answers.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        let took = started.elapsed().as_secs_f64();
        let mut first: Vec<Duration> = answers.iter().map(|one| one.first_text).collect();
        first.sort();
        let together = count(answers.iter().map(|one| one.words).sum()) / took;
        let each = answers.iter().map(|one| count(one.words) / one.writing.as_secs_f64().max(0.001)).sum::<f64>()
            / count(at_once);
        let median = first[first.len() / 2].as_millis();
        let _ = writeln!(report, "| {at_once} | {median} ms | {together:.1} | {each:.1} |");
        if together > best * WORTH {
            (best, slots) = (together, at_once);
        }
    }
    let reason =
        if slots * 2 > at_most { "more were not tried" } else { "more answers at once would only each take longer" };
    let _ = writeln!(report, "\nSet HELPER_SLOTS={slots}: {reason}.");
    let (context, answer) = (settings.model.num_ctx, settings.model.max_answer_tokens);
    let _ = writeln!(report, "Context: HELPER_NUM_CTX={context}, answers up to {answer} tokens.");
    print!("{report}");
    if let Some(path) = &settings.report {
        fs::write(path, &report).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

async fn answer(backends: &Backends, number: usize) -> anyhow::Result<Measured> {
    let question = format!("Explain with an example of your own how a shift cipher with the key {} works.", number + 2);
    let prompt = Prompt::compose(
        &running("en", Rung::Concept),
        Talk { question, history: Vec::new(), summary: None },
        Vec::new(),
    );
    let backend = backends.to_try()[0];
    let started = Instant::now();
    let Answering { first, mut rest } = backends.open(backend, &prompt).await?;
    let first_text = started.elapsed();
    let mut text = first;
    while let Some(piece) = rest.next().await {
        text.push_str(&piece?);
    }
    Ok(Measured {
        first_text,
        writing: started.elapsed().saturating_sub(first_text),
        words: text.split_whitespace().count(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn count(number: usize) -> f64 {
    number as f64
}
