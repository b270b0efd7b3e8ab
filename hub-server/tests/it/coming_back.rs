//! Coming back after a session has ended: to the page one was on, with what stood on it; and leaving a device for good.

use crate::harness::{Attached, Browser, TestApp, work::reflection};
use hub_server::material::Kind;

const CODE: &str = "PHYS-7BCD";
/// A page of a student, and how the front page is asked to lead back to it.
const PAGE: &str = "/student/my-data";
const NEXT: &str = "/?next=%2Fstudent%2Fmy-data";

/// A browser whose session has ended and whose device is known.
async fn signed_out(hub: &TestApp) -> Browser<'_> {
    let mut lena = hub.browser();
    lena.joins_and_writes_down(CODE, "Lena B").await;
    sqlx::query("delete from sessions").execute(&hub.app.db).await.unwrap();
    lena
}

#[tokio::test]
async fn going_on_as_oneself_leads_to_the_page_that_was_asked_for() {
    let hub = TestApp::start().await;
    let mut lena = signed_out(&hub).await;
    lena.get(PAGE).await.leads_to(NEXT);
    let page = lena.get(NEXT).await;
    page.says("Your session has ended").says("Go on as Lena B").says(r#"href="/return?next=%2Fstudent%2Fmy-data""#);
    assert_eq!(page.hidden("next").as_deref(), Some(PAGE));
    lena.submit("/return/device", &[("next", PAGE)]).await.leads_to(PAGE);
    lena.get(PAGE).await.says("Lena B");
    // Who is in already is led there too.
    lena.get(NEXT).await.says(r#"href="/student/my-data""#);
}

#[tokio::test]
async fn a_form_that_was_sent_too_late_leads_back_to_its_page() {
    let hub = TestApp::start().await;
    let mut lena = signed_out(&hub).await;
    lena.get("/").await;
    lena.headers.insert("referer", format!("http://hub.test{PAGE}"));
    lena.submit("/student/my-data/deletion", &[]).await.leads_to(NEXT);
}

#[tokio::test]
async fn the_way_by_return_code_keeps_the_page_past_a_wrong_code() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.joins(CODE, "Lena B").await;
    let code = lena.get("/student/return-code").await.by_test_id("return-code").unwrap();
    let mut tablet = hub.browser();
    let page = tablet.get("/return?next=%2Fstudent%2Fmy-data").await;
    assert_eq!(page.hidden("next").as_deref(), Some(PAGE));
    let with = |code| [("class_code", CODE), ("display_name", "Lena B"), ("return_code", code), ("next", PAGE)];
    let page = tablet.submit("/return", &with("ZZZZZZ")).await;
    page.has_status(422);
    assert_eq!(page.hidden("next").as_deref(), Some(PAGE));
    tablet.submit("/return", &with(&code)).await.leads_to(PAGE);
}

#[tokio::test]
async fn nobody_is_led_elsewhere() {
    let hub = TestApp::start().await;
    let pages =
        ["https://evil.example/student/x", "//evil.example", "/teach", "/student/../teach", "/student/%2e%2e/x"];
    for (number, next) in pages.into_iter().enumerate() {
        let mut lena = hub.browser();
        lena.joins_and_writes_down(CODE, &format!("Lena {number}")).await;
        sqlx::query("delete from sessions").execute(&hub.app.db).await.unwrap();
        let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        for page in [format!("/?next={query}"), format!("/return?next={query}")] {
            let shown = lena.get(&page).await.body;
            assert!(!shown.contains(&format!("name=\"next\" value=\"{next}\"")), "{page}: {shown}");
            assert!(!shown.contains("href=\"/return?next="), "{page}: {shown}");
        }
        lena.submit("/return/device", &[("next", next)]).await.leads_to("/student");
    }
}

#[tokio::test]
async fn a_file_that_is_sent_too_late_by_the_page_leaves_it_where_it_is() {
    let hub = TestApp::start().await;
    let material = hub.asks_for(&hub.people.physics, Kind::Upload, &["png"]).await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let path = format!("/student/materials/{material}");
    let page = jonas.get(&path).await;
    let key = page.hidden("idempotency_key").unwrap();
    // What can be told before it is sent, in the words of the refusal.
    page.says(r#"data-takes="png""#).says(r#"data-max-bytes="1000000""#);
    page.says("data-too-large=\"This file is too large: at most 1 MB.")
        .says("data-not-accepted=\"This kind of file is");
    sqlx::query("delete from sessions").execute(&hub.app.db).await.unwrap();
    jonas.headers.insert("accept", "application/json".to_owned());
    let file = Attached { name: "cat.png", content: b"cat" };
    let told = jonas.attach(&format!("{path}/submissions"), &[("idempotency_key", &key)], file).await;
    told.has_status(401).says(r#"{"message":"Your session has ended."#);
    assert!(!told.headers.contains_key("set-cookie"), "the next page says it, and is told by whom");
    // The page asks before it sends a file.
    jonas.get(&path).await.has_status(401);
    jonas.headers.clear();
    jonas.get(&path).await.has_status(303);
    jonas.get("/").await.says("Your session has ended");
}

#[tokio::test]
async fn what_a_device_kept_goes_with_who_leaves_it_for_good() {
    let hub = TestApp::start().await;
    let module = hub.module("Light").await;
    hub.material(module, "Look back", reflection()).await;
    for (path, fields) in
        [("/student/session/end", &[("forget_device", "yes")][..]), ("/student/my-data/deletion", &[])]
    {
        let mut jonas = hub.joined(hub.people.jonas).await;
        jonas.get("/student").await;
        let left = jonas.submit(path, fields).await;
        assert_eq!(left.headers["clear-site-data"], "\"storage\"", "{path}");
        // Plain http does not heed that: the page that follows does it, once.
        jonas.get("/").await.says("data-forget-drafts").says("<script");
        let again = jonas.get("/").await;
        assert!(!again.body.contains("data-forget-drafts") && !again.body.contains("<script"), "{}", again.body);
    }
    let mut lena = hub.joined(hub.people.lena).await;
    lena.get("/student").await;
    let left = lena.submit("/student/session/end", &[]).await;
    assert!(!left.headers.contains_key("clear-site-data"));
    assert!(!lena.get("/").await.body.contains("data-forget-drafts"), "her own device keeps what is not sent yet");
}
