//! The helper is told to erase what it keeps of students who are gone.

use crate::harness::TestApp;
use fred::{
    clients::Client,
    interfaces::{ClientLike, EventInterface, PubsubInterface},
    types::{Builder, Message, config::Config},
};
use hub_server::helper_link::{erasure, revocation};
use shared_types::{ids::StudentId, scope::ScopeToken};
use std::{collections::BTreeSet, time::Duration};
use tokio::sync::broadcast::Receiver;

/// Someone who listens as the helper does.
async fn listening(channel: &'static str) -> (Client, Receiver<Message>) {
    let url = std::env::var("TEST_REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1:6379/0".to_owned());
    let client = Builder::from_config(Config::from_url(&url).unwrap()).build().unwrap();
    client.init().await.unwrap();
    let messages = client.message_rx();
    client.subscribe(channel).await.unwrap();
    (client, messages)
}

/// What is told about a class, until there are `count`.
async fn heard(messages: &mut Receiver<Message>, class: &str, count: usize) -> BTreeSet<String> {
    let mut heard = BTreeSet::new();
    while heard.len() < count {
        let message = tokio::time::timeout(Duration::from_secs(5), messages.recv()).await.unwrap().unwrap();
        let text = message.value.convert::<String>().unwrap();
        if text.starts_with(class) {
            heard.insert(text);
        }
    }
    heard
}

#[tokio::test]
async fn the_helper_hears_of_every_student_who_is_gone() {
    let hub = TestApp::start().await;
    hub.app.redis.connected().await.unwrap();
    let (_listener, mut messages) = listening("class-hub:erase").await;
    let class = hub.people.physics.id.to_string();
    let (jonas, lena) = (hub.people.jonas, hub.people.lena);
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let removal = format!("{}/removal", hub.people.physics.student_path(lena));
    amira.get(&removal).await;
    amira.submit(&removal, &[]).await.has_status(303);
    assert_eq!(hub.count("select count(*) from students").await, 1);
    assert_eq!(erasure::tell(&hub.app).await.unwrap(), 1);
    assert_eq!(heard(&mut messages, &class, 1).await, [format!("{class} {lena}")].into());
    let reset = format!("{}/reset", hub.people.physics.roster_path());
    amira.get(&reset).await;
    amira.submit(&reset, &[("sure", "on")]).await.has_status(303);
    erasure::tell(&hub.app).await.unwrap();
    assert_eq!(heard(&mut messages, &class, 1).await, [format!("{class} {jonas}")].into());
    assert_eq!(hub.count("select count(*) from helper_erasures").await, 0);
    assert_eq!(erasure::tell(&hub.app).await.unwrap(), 0, "nothing is told twice");
}

#[tokio::test]
async fn what_cannot_be_told_waits_and_is_forgotten_after_two_days() {
    let hub = TestApp::start_without_redis().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let removal = format!("{}/removal", hub.people.physics.student_path(hub.people.lena));
    amira.get(&removal).await;
    amira.submit(&removal, &[]).await.has_status(303);
    assert_eq!(erasure::tell(&hub.app).await.unwrap(), 0);
    assert_eq!(hub.count("select count(*) from helper_erasures").await, 1);
    let mut db = hub.app.db.acquire().await.unwrap();
    // The database notes the moment itself.
    let wish: chrono::DateTime<chrono::Utc> = sqlx::query_scalar("select now()").fetch_one(&mut *db).await.unwrap();
    assert_eq!(erasure::sweep(&mut db, wish).await.unwrap(), 0);
    assert_eq!(erasure::sweep(&mut db, wish + chrono::Duration::days(3)).await.unwrap(), 1);
}

#[tokio::test]
async fn the_helper_hears_of_every_students_session_that_ends_however_it_does() {
    let hub = TestApp::start().await;
    hub.app.redis.connected().await.unwrap();
    let (_listener, mut messages) = listening("class-hub:session").await;
    let (jonas, lena) = (hub.people.jonas, hub.people.lena);
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let physics = &hub.people.physics;
    // Leaving by oneself.
    let mut browser = hub.joined(jonas).await;
    let ended = hub.sessions_of(jonas).await;
    browser.get("/student").await;
    browser.submit("/student/session/end", &[]).await.has_status(303);
    assert_eq!(revocation::tell(&hub.app).await.unwrap(), 1);
    assert_eq!(heard(&mut messages, &ended[0], 1).await, ended.into_iter().collect());
    // Signed out by a teacher, on two devices at once; jonas is not.
    let (_phone, _school, _jonas) = (hub.joined(lena).await, hub.joined(lena).await, hub.joined(jonas).await);
    let ended = hub.sessions_of(lena).await;
    let sign_out = format!("{}/sign-out", physics.student_path(lena));
    amira.get(&physics.student_path(lena)).await;
    amira.submit(&sign_out, &[("from", "student")]).await.has_status(303);
    assert_eq!((ended.len(), revocation::tell(&hub.app).await.unwrap()), (2, 2));
    assert_eq!(hub.sessions_of(jonas).await.len(), 1);
    for session in &ended {
        heard(&mut messages, session, 1).await;
    }
    // Gone for good.
    let ended = hub.sessions_of(jonas).await;
    let removal = format!("{}/removal", physics.student_path(jonas));
    amira.get(&removal).await;
    amira.submit(&removal, &[]).await.has_status(303);
    assert_eq!(revocation::tell(&hub.app).await.unwrap(), 1);
    heard(&mut messages, &ended[0], 1).await;
    // A teacher's session is nothing to the helper.
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    mallory.get("/teach").await;
    mallory.submit("/teach/logout", &[]).await.has_status(303);
    assert_eq!(revocation::tell(&hub.app).await.unwrap(), 0);
}

#[tokio::test]
async fn a_token_says_its_session_and_ends_no_later() {
    let (hub, lessons) = TestApp::with_our_course().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    hub.later(chrono::Duration::minutes(11 * 60 + 50));
    let page = jonas.get(&format!("/student/lessons/{}", lessons[0])).await;
    page.has_status(200);
    let token = page.body.split_once(r#"name="scope" value=""#).unwrap().1.split('"').next().unwrap();
    let scope = ScopeToken::verify(token, hub.scope_keys(), hub.app.clock.unix()).unwrap();
    let session = hub.sessions_of(hub.people.jonas).await;
    assert_eq!(scope.session.map(|id| id.to_string()).as_ref(), session.first());
    assert_eq!(scope.exp - hub.app.clock.unix(), 10 * 60);
}

#[tokio::test]
async fn what_cannot_be_told_of_sessions_is_forgotten_when_no_token_lives() {
    let hub = TestApp::start_without_redis().await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    jonas.get("/student").await;
    jonas.submit("/student/session/end", &[]).await.has_status(303);
    assert_eq!(revocation::tell(&hub.app).await.unwrap(), 0);
    let mut db = hub.app.db.acquire().await.unwrap();
    let noted: chrono::DateTime<chrono::Utc> = sqlx::query_scalar("select now()").fetch_one(&mut *db).await.unwrap();
    assert_eq!(revocation::sweep(&mut db, noted).await.unwrap(), 0);
    assert_eq!(revocation::sweep(&mut db, noted + chrono::Duration::hours(3)).await.unwrap(), 1);
}

impl TestApp {
    /// The sessions of a student that go on.
    async fn sessions_of(&self, student: StudentId) -> Vec<String> {
        let sessions = sqlx::query_scalar("select id::text from sessions where student_id = $1").bind(student.0);
        sessions.fetch_all(&self.app.db).await.unwrap()
    }
}
