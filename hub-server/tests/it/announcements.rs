//! What a teacher tells a class, and the view that follows a class by itself.

use crate::harness::{TestApp, work};
use axum::{
    body::Body,
    http::{Request, header},
};
use chrono::Duration;
use futures::StreamExt;
use server_kit::shutdown::Shutdown;
use std::time;
use tower::ServiceExt;

#[tokio::test]
async fn amira_tells_her_class_and_takes_it_back_and_brings_it_back() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let path = format!("{}/announcements", hub.people.physics.path());
    let key = amira.get(&path).await.says("Nothing announced yet").hidden("idempotency_key").unwrap();
    let wrong = [("text", " "), ("ends", "2020-01-01T10:00"), ("idempotency_key", key.as_str())];
    amira.submit(&path, &wrong).await.has_status(422).says("Write what you want to say").says("2020-01-01T10:00");
    let attack = "Bring a *lamp* <script>alert(1)</script>";
    let fields = [("text", attack), ("ends", "2026-11-27T10:00"), ("idempotency_key", key.as_str())];
    amira.submit(&path, &fields).await.leads_to(&path);
    amira.submit(&path, &fields).await.leads_to(&path);
    assert_eq!(hub.count("select count(*) from announcements").await, 1);
    let mut jonas = hub.joined(hub.people.jonas).await;
    let home = jonas.get("/student").await;
    home.says("From your teacher").says("<em>lamp</em>").says("Amira");
    assert!(!home.body.contains("<script>alert"));
    amira.get(&hub.people.physics.path()).await.says("<em>lamp</em>");
    let id: uuid::Uuid = sqlx::query_scalar("select id from announcements").fetch_one(&hub.app.db).await.unwrap();
    let one = format!("{path}/{id}");
    amira.get(&one).await.says("Bring a *lamp*").says("2026-11-27T10:00");
    amira.submit(&one, &[("text", "Bring two lamps"), ("ends", "")]).await.leads_to(&path);
    jonas.get("/student").await.says("Bring two lamps");
    amira.submit(&format!("{one}/deletion"), &[]).await.leads_to(&path);
    amira.get(&path).await.says("It is deleted").says("Undo");
    assert!(!jonas.get("/student").await.body.contains("Bring two lamps"));
    amira.submit(&format!("{one}/restoration"), &[]).await.leads_to(&path);
    jonas.get("/student").await.says("Bring two lamps");
    let audited = "select count(*) from audit_entries where action like 'announcement_%'";
    assert_eq!(hub.count(audited).await, 4);
}

#[tokio::test]
async fn what_has_ended_is_told_no_more() {
    let hub = TestApp::start().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let path = format!("{}/announcements", hub.people.physics.path());
    let key = amira.get(&path).await.hidden("idempotency_key").unwrap();
    let fields = [("text", "Until ten"), ("ends", "2026-11-23T10:00"), ("idempotency_key", key.as_str())];
    amira.submit(&path, &fields).await.leads_to(&path);
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.says("Until ten");
    hub.later(Duration::hours(2));
    assert!(!jonas.get("/student").await.body.contains("Until ten"));
    amira.get(&path).await.says("Until ten");
}

#[tokio::test]
async fn mallory_tells_amira_s_class_nothing() {
    let hub = TestApp::start().await;
    let id = uuid::Uuid::from_u128(8);
    sqlx::query(
        "insert into announcements (id, classroom_id, source, html, published_at)
         select $1, id, 'Hello', '<p>Hello</p>', now() from classrooms",
    )
    .bind(id)
    .execute(&hub.app.db)
    .await
    .unwrap();
    let theirs = hub.class_of_mallory().await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get("/teach").await;
    let through_hers = format!("/teach/classes/{theirs}/announcements/{id}");
    mallory.get(&through_hers).await.has_status(404);
    mallory.submit(&through_hers, &[("text", "Mine now")]).await.has_status(404);
    mallory.submit(&format!("{through_hers}/deletion"), &[]).await.has_status(404);
    mallory.submit(&format!("{through_hers}/restoration"), &[]).await.has_status(404);
    assert_eq!(hub.count("select count(*) from announcements where deleted_at is null and source = 'Hello'").await, 1);
}

/// What a stream says next, without its keep-alives.
async fn next(stream: &mut axum::body::BodyDataStream) -> String {
    let wait = time::Duration::from_secs(20);
    loop {
        let piece = tokio::time::timeout(wait, stream.next()).await.expect("the stream says something");
        let text = String::from_utf8(piece.expect("the stream goes on").unwrap().to_vec()).unwrap();
        if text.starts_with("event:") {
            return text.replace("<!>", "");
        }
    }
}

#[tokio::test]
async fn today_follows_the_class_by_itself_and_ends_with_the_right_to_look() {
    let hub = TestApp::start().await;
    let upload = hub.material(hub.module("Light").await, "Your lamp", work::upload()).await;
    let amira = hub.signed_in(&hub.people.amira).await;
    let shutdown = Shutdown::default();
    hub.app.live.start(&hub.app.db, &shutdown);
    let request = Request::get(format!("{}/live", hub.people.physics.path()))
        .header(header::COOKIE, format!("staff={}", amira.cookies["staff"]))
        .body(Body::empty())
        .unwrap();
    let response = hub.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut stream = response.into_body().into_data_stream();
    let first = next(&mut stream).await;
    assert!(first.starts_with("event: now") && first.contains("Nothing was handed in"), "{first}");
    hub.later(Duration::minutes(20));
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await.has_status(200);
    hub.later(Duration::minutes(2));
    jonas.get("/student").await.has_status(200);
    let mut seen = next(&mut stream).await;
    while !seen.contains(">Jonas<") {
        seen = next(&mut stream).await;
    }
    hub.submission(upload, hub.people.jonas).await;
    let mut handed_in = next(&mut stream).await;
    while !handed_in.contains("Your lamp") {
        handed_in = next(&mut stream).await;
    }
    sqlx::query("delete from memberships where staff_id = $1")
        .bind(hub.people.amira.id.0)
        .execute(&hub.app.db)
        .await
        .unwrap();
    hub.submission(hub.material(hub.module("More").await, "Secret", work::upload()).await, hub.people.lena).await;
    let last = next(&mut stream).await;
    assert!(last.starts_with("event: gone") && !last.contains("Secret"), "{last}");
    assert!(stream.next().await.is_none());
    shutdown.stop();
}

#[tokio::test]
async fn today_says_who_waits_for_the_helper_as_long_as_it_tells() {
    let hub = TestApp::start().await;
    let shutdown = Shutdown::default();
    hub.app.redis.connected().await.unwrap();
    hub.app.live.hear_the_helper(&hub.app.redis, &shutdown);
    let class = &hub.people.physics;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    // Whether somebody listens yet is for Redis to say: it counts those it told.
    let tells = async |text: String| {
        while hub.app.redis.tell("class-hub:helper-waiting", text.clone()).await.unwrap() == 0
            || (hub.app.live.waiting(class.id).turns > 0) == text.ends_with(" 0 0")
        {
            tokio::time::sleep(time::Duration::from_millis(20)).await;
        }
    };
    let wait = time::Duration::from_secs(10);
    tokio::time::timeout(wait, tells(format!("{} 3 42", class.id))).await.unwrap();
    amira.get(&class.path()).await.says("3 questions wait for the helper, the first for about 40 seconds");
    tokio::time::timeout(wait, tells(format!("{} 0 0", class.id))).await.unwrap();
    assert!(!amira.get(&class.path()).await.body.contains("with the helper now"));
    shutdown.stop();
}

#[tokio::test]
async fn the_live_view_of_another_class_says_nothing_to_mallory() {
    let hub = TestApp::start().await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get(&format!("{}/live", hub.people.physics.path())).await.has_status(404);
}
