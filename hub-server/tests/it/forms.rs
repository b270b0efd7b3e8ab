//! Forms only our own pages can send; forms that were sent twice; what was typed, shown again.

use crate::harness::TestApp;

const NEW_CLASS: &str = "/teach/classes/new";

#[tokio::test]
async fn a_form_without_a_token_or_with_a_wrong_one_changes_nothing() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let lock = format!("{}/lock", app.people.physics.path());
    amira.get(&app.people.physics.path()).await;
    let good = amira.csrf.clone();
    let mut flipped = good.clone().into_bytes();
    flipped[50] = if flipped[50] == b'A' { b'B' } else { b'A' };
    let flipped = String::from_utf8(flipped).unwrap();
    for csrf in [&flipped, &good[..40], "", "x", &format!("{good}AAAA")] {
        amira.post(&lock, &[("csrf", csrf), ("locked", "true")]).await.has_status(403).says("no longer valid");
    }
    amira.post(&lock, &[("locked", "true")]).await.has_status(403);
    assert_eq!(app.count("select count(*) from classrooms where locked").await, 0);
    amira.post(&lock, &[("csrf", &good), ("locked", "true")]).await.has_status(303);
    assert_eq!(app.count("select count(*) from classrooms where locked").await, 1);
}

#[tokio::test]
async fn mallory_s_own_token_is_of_no_use_in_amira_s_browser() {
    let app = TestApp::start().await;
    let mut mallory = app.signed_in(&app.people.mallory).await;
    mallory.get("/teach").await;
    let mut visitor = app.browser();
    visitor.get("/teach/login").await;
    let mut amira = app.signed_in(&app.people.amira).await;
    // Not even if she could plant her visitor cookie there.
    amira.cookies.insert("visitor".to_owned(), visitor.cookies["visitor"].clone());
    let lock = format!("{}/lock", app.people.physics.path());
    for csrf in [&mallory.csrf, &visitor.csrf] {
        amira.post(&lock, &[("csrf", csrf), ("locked", "true")]).await.has_status(403);
    }
}

#[tokio::test]
async fn a_form_that_another_site_sent_is_refused_whatever_it_holds() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    amira.get(&app.people.physics.path()).await;
    amira.headers.insert("sec-fetch-site", "cross-site".to_owned());
    amira.submit(&format!("{}/lock", app.people.physics.path()), &[("locked", "true")]).await.has_status(403);
}

#[tokio::test]
async fn what_was_done_is_told_to_who_reads_and_not_to_a_script_that_is_faster() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let class = app.people.physics.path();
    amira.get(&class).await;
    amira.submit(&format!("{class}/lock"), &[("locked", "true")]).await.has_status(303);
    let told = "The class is locked";
    amira.headers.insert("sec-fetch-dest", "empty".to_owned());
    assert!(!amira.get(&class).await.has_status(200).body.contains(told));
    amira.headers.insert("sec-fetch-dest", "document".to_owned());
    amira.get(&class).await.says(told);
    assert!(!amira.get(&class).await.body.contains(told));
}

#[tokio::test]
async fn signing_in_needs_a_form_of_ours_too() {
    let app = TestApp::start().await;
    let mut amira = app.browser();
    let fields = [("email", app.people.amira.email), ("password", crate::people::PASSWORD)];
    amira.post("/teach/login", &fields).await.has_status(403);
    amira.get("/teach/login").await;
    amira.cookies.clear();
    amira.submit("/teach/login", &fields).await.has_status(403);
}

#[tokio::test]
async fn tokens_look_different_on_every_page() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    amira.get("/teach").await;
    let first = amira.csrf.clone();
    amira.get("/teach").await;
    assert_ne!(amira.csrf, first);
}

#[tokio::test]
async fn sending_the_form_twice_makes_one_class() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let key = amira.get(NEW_CLASS).await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Physics 8a"), ("accent", "3"), ("idempotency_key", key.as_str())];
    let first = amira.submit(NEW_CLASS, &fields).await.location().unwrap();
    amira.submit(NEW_CLASS, &fields).await.leads_to(&first);
    let (mut one, mut other) = (amira.clone(), amira.clone());
    let key = amira.get(NEW_CLASS).await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Physics 8b"), ("accent", "3"), ("idempotency_key", key.as_str())];
    let (one, other) = tokio::join!(one.submit(NEW_CLASS, &fields), other.submit(NEW_CLASS, &fields));
    assert_eq!(one.location(), other.location());
    assert_eq!(app.count("select count(*) from classrooms where name like 'Physics 8%'").await, 2);
    assert_eq!(app.count("select count(*) from audit_entries where action = 'classroom_created'").await, 2);
}

#[tokio::test]
async fn somebody_else_s_key_is_another_key() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let mut mallory = app.signed_in(&app.people.mallory).await;
    let key = amira.get(NEW_CLASS).await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Physics 8a"), ("accent", "3"), ("idempotency_key", key.as_str())];
    let hers = amira.submit(NEW_CLASS, &fields).await.location().unwrap();
    mallory.get(NEW_CLASS).await;
    assert_ne!(mallory.submit(NEW_CLASS, &fields).await.location().unwrap(), hers);
}

#[tokio::test]
async fn what_was_typed_stays_and_cannot_break_out_of_the_page() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let key = amira.get(NEW_CLASS).await.hidden("idempotency_key").unwrap();
    let attack = r#""><script>alert(1)</script></textarea>"#;
    let fields = [("name", attack), ("accent", "9"), ("idempotency_key", key.as_str())];
    let page = amira.submit(NEW_CLASS, &fields).await;
    page.has_status(422).says("Choose one of the eight colours").says("&lt;script&gt;alert(1)");
    assert!(!page.body.contains("<script"), "{}", page.body);
    assert_eq!(page.hidden("idempotency_key").as_deref(), Some(key.as_str()));
    // Stored, it is still only text.
    let fields = [("name", attack), ("accent", "3"), ("idempotency_key", key.as_str())];
    let path = amira.submit(NEW_CLASS, &fields).await.location().unwrap();
    for path in ["/teach", &path, &format!("{path}/roster")] {
        let page = amira.get(path).await;
        page.has_status(200).says("&lt;script&gt;alert(1)");
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
    }
}

#[tokio::test]
async fn a_form_that_is_far_too_long_is_refused_with_a_page() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    amira.get(NEW_CLASS).await;
    amira.submit(NEW_CLASS, &[("name", &"x".repeat(300 * 1024))]).await.has_status(413).says("That is too long");
}
