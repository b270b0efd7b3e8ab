//! The helper is told to erase what it keeps of students who are gone.

use crate::harness::TestApp;
use fred::{
    clients::Client,
    interfaces::{ClientLike, EventInterface, PubsubInterface},
    types::{Builder, Message, config::Config},
};
use hub_server::helper_link::erasure;
use std::{collections::BTreeSet, time::Duration};
use tokio::sync::broadcast::Receiver;

/// Someone who listens as the helper does.
async fn listening() -> (Client, Receiver<Message>) {
    let url = std::env::var("TEST_REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1:6379/0".to_owned());
    let client = Builder::from_config(Config::from_url(&url).unwrap()).build().unwrap();
    client.init().await.unwrap();
    let messages = client.message_rx();
    client.subscribe("class-hub:erase").await.unwrap();
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
    let (_listener, mut messages) = listening().await;
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
