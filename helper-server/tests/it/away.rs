//! While Redis is away: kind refusals, nothing taken is lost, what is stored can be read.

use crate::support::{Gate, Step, TestApp, app::Asked, eventually, link::Link, new_id, redis, say};
use axum::http::StatusCode;
use shared_types::turn::TurnEvent;

const ANSWER: &str = "Look at the first line again. What does it do?";

async fn with_a_link_to_redis() -> (TestApp, Link) {
    let url = redis::url();
    let (rest, database) = url.rsplit_once('/').unwrap();
    let server = rest.rsplit(['/', '@']).next().unwrap();
    let link = Link::to(server.to_owned()).await;
    let linked = url.replace(&format!("{server}/{database}"), &format!("{}/{database}", link.address));
    let app = TestApp::with(&[&format!("--redis-url={linked}")]).await;
    (app, link)
}

async fn until_back(app: &TestApp) {
    eventually("Redis is back", || async { (app.get("/readyz").await.status() == StatusCode::OK).then_some(()) }).await;
}

#[tokio::test]
async fn a_question_is_refused_kindly_and_taken_when_redis_is_back() {
    let (app, link) = with_a_link_to_redis().await;
    link.cut();
    let (token, key) = (app.token(app.system.people.jonas()), new_id().to_string());
    let refused = app.post_question(&token, &key, "Why?").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.headers().contains_key("retry-after"));
    assert!(refused.text().await.unwrap().contains("helper_resting"));
    let form = [("scope", token.as_str()), ("question", "Why?"), ("idempotency_key", &key)];
    let page = app.post_form("/helper/ask", &form).await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text().await.unwrap().contains(">\nWhy?</textarea>"), "the question is kept");
    assert_eq!(app.get("/readyz").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(app.get("/healthz").await.status(), StatusCode::OK);
    link.mend();
    until_back(&app).await;
    let asked = app.ask_under(&token, &key, "Why?").await;
    app.reader(&asked).read_to_end().await;
    app.system.until_reported(&[asked.turn]).await;
}

#[tokio::test]
async fn a_stored_answer_is_read_from_postgres() {
    let (app, link) = with_a_link_to_redis().await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut first = app.reader(&asked);
    first.read_to_end().await;
    link.cut();
    let mut reader = app.reader(&asked);
    assert!(matches!(reader.read_to_end().await, TurnEvent::Done { .. }));
    assert_eq!(reader.text, ANSWER);
    assert!(!reader.connect().await, "fully seen, also by that way");
    // A tab that had seen half of it in the log is told anew.
    let half = Asked { ticket: asked.ticket.clone(), ..asked.clone() };
    let mut tab = app.reader(&half);
    tab.last_id = "1-1".into();
    tab.text = "Look at".into();
    tab.read_to_end().await;
    assert_eq!(tab.text, ANSWER);
    let page = app.get_with_cookie(&format!("/helper/turns/{}", asked.turn), &asked.cookie).await;
    assert!(page.text().await.unwrap().contains("Look at the first line"));
}

#[tokio::test]
async fn an_answer_being_written_is_whole_when_redis_comes_back() {
    let (app, link) = with_a_link_to_redis().await;
    let gate = Gate::closed();
    app.system.model.always([say("Before. "), vec![Step::Wait(gate.clone())], say("during and after.")].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("Before. ").await;
    link.cut();
    gate.open();
    // Long enough for text to be written that cannot be sent.
    eventually("the model has said all", || async { (app.system.model.open_calls() == 0).then_some(()) }).await;
    link.mend();
    reader.disconnect();
    reader.read_to_end().await;
    assert_eq!(reader.text, "Before. during and after.");
    assert_eq!(app.system.stored(asked.turn).await, ("answered".into(), Some(reader.text.clone())));
    until_back(&app).await;
    app.system.until_queue_is_empty().await;
    app.system.until_reported(&[asked.turn]).await;
    assert_eq!(app.system.model.calls().len(), 1);
}
