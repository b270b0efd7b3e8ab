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
