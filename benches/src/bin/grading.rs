//! A teacher grades one work after the other by "save and next ungraded", of a material with 30 works and of one with
//! 5,000, in turns. A step is over when the next work's page has come in whole. Holds if the 95th percentile with 5,000
//! is at most half as long again as with 30, and a step sends at most eight statements, by the hub's own log.

use anyhow::{Context, ensure};
use benches::{
    arguments::Arguments,
    gradable::Gradable,
    report, staff,
    system::System,
    visitor::{Visitor, attribute, form, hidden_fields},
};
use clap::Parser;
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::{
    fs,
    process::ExitCode,
    time::{Duration, Instant},
};

const NAME: &str = "grading";
/// Most that 5,000 works may cost, as a multiple of what 30 cost.
const MOST_RATIO: f64 = 1.5;
const MOST_STATEMENTS: usize = 8;
/// Steps of one turn: the small material has one more work.
const STEPS: usize = 29;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let (many, rounds) = if arguments.quick { (500, 2) } else { (5_000, 10) };
    let system = arguments.system()?;
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let (few, many) = (Gradable::put(&db, &system, 30).await?, Gradable::put(&db, &system, many).await?);
    let measured = measure(&system, &db, [few, many], rounds).await;
    few.remove(&db).await?;
    many.remove(&db).await?;
    let Measured { times, statements } = measured?;

    println!("{:<10} {:>7} {:>9} {:>9}", "works", "steps", "p50 ms", "p95 ms");
    for (gradable, times) in [few, many].iter().zip(&times) {
        println!(
            "{:<10} {:>7} {:>9.2} {:>9.2}",
            gradable.works,
            times.len(),
            percentile(times, 50),
            percentile(times, 95)
        );
    }
    println!("statements per step: {statements}");
    let [few, many] = times.map(|times| percentile(&times, 95));
    let ratio = many / few;
    let holds = ratio <= MOST_RATIO && statements <= MOST_STATEMENTS;
    Ok(report::close(
        NAME,
        holds,
        &[
            ("p95_ms_30", &format!("{few:.2}")),
            ("p95_ms_many", &format!("{many:.2}")),
            ("ratio", &format!("{ratio:.2}")),
            ("statements", &statements),
        ],
    ))
}

struct Measured {
    /// With few works and with many.
    times: [Vec<Duration>; 2],
    /// Of the dearest step.
    statements: usize,
}

async fn measure(system: &System, db: &PgPool, materials: [Gradable; 2], rounds: usize) -> anyhow::Result<Measured> {
    // First with every statement logged, then as it runs otherwise.
    let logging = ("RUST_LOG", "info,sqlx::query=debug,fred=warn,hyper=warn".to_owned());
    let hub = system.hub.start(&[logging]).await?;
    let visitor = signed_in(system).await?;
    let mut statements = 0;
    for gradable in materials {
        let mut page = visitor.page(&path(gradable)).await?;
        for _ in 0..5 {
            let before = logged(system)?;
            page = step(&visitor, gradable, &page).await?.1;
            statements = statements.max(logged(system)? - before);
        }
    }
    drop(hub);
    ensure!(statements > 0, "the hub logged no statement");
    let hub = system.hub.start(&[]).await?;
    let visitor = signed_in(system).await?;
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..=rounds {
        for (gradable, times) in materials.into_iter().zip(&mut times) {
            // Of the many, half are graded already, here and there.
            gradable.forget_grades(db, if gradable.works > 30 { 5 } else { 0 }).await?;
            let mut page = visitor.page(&path(gradable)).await?;
            for _ in 0..STEPS {
                let (time, next) = step(&visitor, gradable, &page).await?;
                // The first round warms everything up.
                if round > 0 {
                    times.push(time);
                }
                page = next;
            }
        }
    }
    drop(hub);
    Ok(Measured { times, statements })
}

async fn signed_in(system: &System) -> anyhow::Result<Visitor> {
    let visitor = Visitor::new(&system.hub_url)?;
    staff::sign_in(&visitor, &system.staff_email, &system.staff_password, &system.totp_secret).await?;
    Ok(visitor)
}

fn path(gradable: Gradable) -> String {
    format!("/teach/materials/{}/grading", gradable.material)
}

/// Saves the grade of the work on `page`, and reads the page of the next one; how long both took together.
async fn step(visitor: &Visitor, gradable: Gradable, page: &str) -> anyhow::Result<(Duration, String)> {
    let action = action(page, gradable).context("the page has no form of a grade")?;
    let html = form(page, &action).context("the form of the grade")?;
    let mut fields = hidden_fields(html);
    fields.extend((1..=4).map(|number| (format!("level-c{number}"), "2".to_owned())));
    fields.extend([("comment".to_owned(), "Well done.".to_owned()), ("action".to_owned(), "next".to_owned())]);
    let started = Instant::now();
    let answer = visitor.client.post(format!("{}{}", visitor.base, action.replace("&amp;", "&"))).form(&fields).send();
    let next = answer.await?.error_for_status()?.text().await?;
    let time = started.elapsed();
    ensure!(next.contains("lamp.toggle") || next.contains("lamp"), "the next work is not on its page");
    ensure!(self::action(&next, gradable).is_some_and(|next| next != action), "the same work came again");
    Ok((time, next))
}

/// The address that a page's grade is sent to.
fn action(page: &str, gradable: Gradable) -> Option<String> {
    let forms = page.split("<form").skip(1).filter_map(|rest| rest.split('>').next());
    forms.filter_map(|tag| attribute(tag, "action")).find(|action| action.starts_with(&format!("{}?", path(gradable))))
}

/// Lines of the hub's log that are statements of the grading pages; the hub's own chores send some too.
fn logged(system: &System) -> anyhow::Result<usize> {
    let log = fs::read_to_string(&system.hub.log).context("the hub's log")?;
    let is_ours = |line: &&str| line.contains("sqlx::query") && line.contains("/teach/materials/{material}/grading");
    Ok(log.lines().filter(is_ours).count())
}

fn percentile(times: &[Duration], percent: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(0.0, Duration::as_secs_f64) * 1000.0
}
