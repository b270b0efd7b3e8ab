//! Sends files that mean harm, as a student's work and as a teacher's course, and prints what came of each. Holds if
//! every one is refused with a sentence, or kept and served so that nothing in it can run; no answer is an error of the
//! server's or takes long, and the hub is well afterwards.

use anyhow::Context;
use benches::{
    arguments::Arguments,
    assignment::Assignment,
    hostile::{self, Case},
    report, staff,
    visitor::{Attached, Visitor, form, hidden_fields},
};
use clap::Parser;
use reqwest::{Response, StatusCode, header};
use sqlx::postgres::PgPoolOptions;
use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

const NAME: &str = "hostile";
/// Longer than this counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// What came of one attempt.
struct Outcome {
    good: bool,
    said: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let system = arguments.system()?;
    let db = PgPoolOptions::new().max_connections(2).connect(&system.admin_database_url).await?;
    let assignment = Assignment::put(&db, &system.class_code, 50_000_000).await?;
    let student = Visitor::new(&system.base_url)?;
    student.join(&system.class_code, &format!("Mallory {:x}", std::process::id())).await?;
    let teacher = Visitor::new(&system.base_url)?;
    staff::sign_in(&teacher, &system.staff_email, &system.staff_password, &system.totp_secret).await?;

    let (uploads, packs) = (hostile::uploads(arguments.quick), hostile::packs(arguments.quick));
    let (mut good, mut slowest) = (0, Duration::ZERO);
    for (case, is_pack) in uploads.iter().map(|case| (case, false)).chain(packs.iter().map(|case| (case, true))) {
        let started = Instant::now();
        let work =
            async { if is_pack { pack(&teacher, case).await } else { upload(&student, &assignment, case).await } };
        let outcome = match tokio::time::timeout(PATIENCE, work).await {
            Ok(outcome) => outcome.unwrap_or_else(|error| Outcome { good: false, said: format!("{error:#}") }),
            Err(_) => Outcome { good: false, said: "no answer in time".to_owned() },
        };
        let took = started.elapsed();
        slowest = slowest.max(took);
        good += usize::from(outcome.good);
        let mark = if outcome.good { "ok " } else { "BAD" };
        println!("{mark} {:<36} {:>6} ms  {}", case.what, took.as_millis(), outcome.said);
    }
    assignment.remove(&db).await?;
    let well = teacher.client.get(format!("{}/readyz", system.hub.url)).send().await?.status() == StatusCode::OK;
    let all = uploads.len() + packs.len();
    Ok(report::close(
        NAME,
        good == all && well,
        &[("cases", &all), ("good", &good), ("slowest_ms", &slowest.as_millis()), ("well_afterwards", &well)],
    ))
}

async fn upload(student: &Visitor, assignment: &Assignment, case: &Case) -> anyhow::Result<Outcome> {
    let (path, action) = (assignment.path(), format!("{}/submissions", assignment.path()));
    let page = student.page(&path).await?;
    let fields = hidden_fields(form(&page, &action).context("no form to hand in with")?);
    let file = Attached { name: case.name.clone(), content: case.content.clone() };
    let answer = student.attach(&action, &fields, "file", &file).await?;
    let status = answer.status();
    let told: serde_json::Value = serde_json::from_str(&answer.text().await?).unwrap_or_default();
    if status.is_client_error() {
        let message = told["message"].as_str().unwrap_or_default().to_owned();
        return Ok(Outcome { good: !message.is_empty(), said: format!("{} {message}", status.as_u16()) });
    }
    if !status.is_success() || case.must_refuse {
        return Ok(Outcome { good: false, said: format!("{status}: should have been refused with a sentence") });
    }
    let page = student.page(&path).await?;
    let link =
        page.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|link| link.ends_with("/file"));
    let link = link.context("it was taken and is not there")?;
    let sent = student.client.get(format!("{}{link}", student.base)).send().await?;
    let harmless = is_harmless(&sent);
    let same = sent.bytes().await? == case.content.as_slice();
    let said =
        if harmless && same { "kept, sent as a download that cannot run" } else { "kept, but not sent harmlessly" };
    Ok(Outcome { good: harmless && same, said: format!("{} {said}", status.as_u16()) })
}

/// Saved and not shown, believed to be what we say it is, and kept from running if somebody shows it all the same.
fn is_harmless(sent: &Response) -> bool {
    let is = |name, test: &dyn Fn(&str) -> bool| {
        sent.headers().get(name).and_then(|value| value.to_str().ok()).is_some_and(test)
    };
    sent.status().is_success()
        && is(header::CONTENT_DISPOSITION, &|value| value.starts_with("attachment"))
        && is(header::X_CONTENT_TYPE_OPTIONS, &|value| value == "nosniff")
        && is(header::CONTENT_SECURITY_POLICY, &|value| {
            value.contains("sandbox") && value.contains("default-src 'none'")
        })
        && is(header::CONTENT_TYPE, &|value| {
            !value.contains("html") && !value.contains("svg") && !value.contains("script")
        })
}

async fn pack(teacher: &Visitor, case: &Case) -> anyhow::Result<Outcome> {
    const ACTION: &str = "/teach/courses/imports";
    let page = teacher.page("/teach/courses").await?;
    let fields = hidden_fields(form(&page, ACTION).context("no form to import with")?);
    let file = Attached { name: case.name.clone(), content: case.content.clone() };
    let answer = teacher.attach_plainly(ACTION, &fields, "file", &file).await?;
    let (status, path) = (answer.status(), answer.url().path().to_owned());
    let page = answer.text().await?;
    if status.is_client_error() {
        let said = sentence(&page);
        return Ok(Outcome { good: !said.is_empty(), said: format!("{} {said}", status.as_u16()) });
    }
    // Nothing is imported yet: the page shows what would be.
    let shown = status.is_success() && path.starts_with("/teach/courses/imports/") && !case.must_refuse;
    let runs = page.contains("<script>alert") || page.contains("onerror=");
    if shown && !runs {
        return Ok(Outcome { good: true, said: format!("{} shown as what it would become", status.as_u16()) });
    }
    Ok(Outcome { good: false, said: format!("{status} at {path}: should have been refused with a sentence") })
}

/// What an error page says: the first fault it lists, the summary of its problems, or its heading.
fn sentence(page: &str) -> String {
    let from = ["<tbody", "error-summary", "<h1"].into_iter().find_map(|part| page.find(part)).unwrap_or(page.len());
    let mut text = String::new();
    let mut within_tag = true;
    for c in page[from..].chars().take(3000) {
        match c {
            '<' => within_tag = true,
            '>' => {
                within_tag = false;
                text.push(' ');
            }
            c if !within_tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().take(40).collect::<Vec<_>>().join(" ")
}
