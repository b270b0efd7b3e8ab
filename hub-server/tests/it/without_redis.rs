//! The hub without Redis: everything works, limits hold within the process.

use crate::harness::TestApp;
use std::time::{Duration, Instant};

#[tokio::test]
async fn amira_signs_in_and_no_page_waits() {
    let app = TestApp::start_without_redis().await;
    let began = Instant::now();
    let mut amira = app.signed_in(&app.people.amira).await;
    amira.get("/teach").await.has_status(200);
    amira.get(&app.people.physics.roster_path()).await.has_status(200);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    app.browser().get("/readyz").await.has_status(200).says(r#""status":"degraded""#).says(r#""redis":"away""#);
}

#[tokio::test]
async fn guessing_is_still_limited() {
    let app = TestApp::start_without_redis().await;
    let mut mallory = app.browser();
    for _ in 0..10 {
        mallory.types_password(app.people.amira.email, "guess").await.has_status(422);
    }
    mallory.types_password(app.people.amira.email, "guess").await.has_status(429);
}

#[tokio::test]
async fn students_join_come_back_and_are_not_shut_out_by_guesses() {
    let app = TestApp::start_without_redis().await;
    let mut lena = app.browser();
    let code = lena.joins_and_writes_down("PHYS-7BCD", "Lena B").await;
    let mut mallory = app.browser();
    mallory.headers.insert("x-forwarded-for", "203.0.113.7".to_owned());
    for _ in 0..10 {
        mallory.comes_back("PHYS-7BCD", "Lena B", "AAAAAA").await.has_status(422);
    }
    let refused = mallory.comes_back("PHYS-7BCD", "Lena B", &code).await;
    refused.has_status(429);
    let seconds: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=600).contains(&seconds), "{seconds}");
    for _ in 0..30 {
        app.browser().comes_back("PHYS-7BCD", "Lena B", &code).await.leads_to("/student");
    }
}
