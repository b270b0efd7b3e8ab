//! Stop: at every stage, from every process.

use crate::support::{Gate, Step, TestApp, eventually, say};
use axum::http::StatusCode;
use shared_types::{event::Outcome, turn::TurnEvent};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

fn endless() -> Vec<Step> {
    (0..2000).flat_map(|n| [Step::Say(format!("{n}. ")), Step::Sleep(Duration::from_millis(10))]).collect()
}

#[tokio::test]
async fn stop_in_the_middle_keeps_the_text_so_far_and_frees_the_model_within_a_second() {
    let app = TestApp::start().await;
    app.system.model.always(endless());
    let asked = app.ask(app.system.people.jonas(), "Count").await;
    let mut reader = app.reader(&asked);
    reader.until_text("5. ").await;
    let pressed = Instant::now();
    assert_eq!(app.stop(&asked).await, StatusCode::NO_CONTENT);
    eventually("the model is free", || async { (app.system.model.open_calls() == 0).then_some(()) }).await;
    assert!(pressed.elapsed() < Duration::from_secs(1), "{:?}", pressed.elapsed());
    assert_eq!(reader.read_to_end().await, TurnEvent::Stopped);
    assert!(reader.text.starts_with("0. 1. 2. 3. 4. 5. "));
    assert_eq!(app.system.stored(asked.turn).await, ("stopped".into(), Some(reader.text.clone())));
    assert_eq!(app.stop(&asked).await, StatusCode::NO_CONTENT, "a second Stop changes nothing");
    app.system.until_reported(&[asked.turn]).await;
    let shared_types::event::EventKind::TurnEnded { outcome, .. } = app.system.hub.events()[0].kind.clone() else {
        panic!("another report");
    };
    assert_eq!(outcome, Outcome::Stopped);
    app.system.until_queue_is_empty().await;
}

#[tokio::test]
async fn stop_before_the_first_word_frees_the_model_too() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always(vec![Step::Wait(gate.clone())]);
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    eventually("the model is asked", || async { (app.system.model.open_calls() == 1).then_some(()) }).await;
    app.stop(&asked).await;
    let mut reader = app.reader(&asked);
    assert_eq!(reader.read_to_end().await, TurnEvent::Stopped);
    assert_eq!(app.system.stored(asked.turn).await, ("stopped".into(), Some(String::new())));
    eventually("the model is free", || async { (app.system.model.open_calls() == 0).then_some(()) }).await;
}

#[tokio::test]
async fn a_waiting_turn_is_stopped_at_once_and_never_asked() {
    let app = TestApp::with(&["--slots=1"]).await;
    let gate = Gate::closed();
    app.system.model.then([say("Hm. "), vec![Step::Wait(gate.clone())]].concat());
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    let first = app.ask(jonas, "First").await;
    app.reader(&first).until_text("Hm. ").await;
    let waiting = app.ask(lena, "Second").await;
    let mut reader = app.reader(&waiting);
    assert!(matches!(reader.next().await, Some(TurnEvent::Queued { .. })));
    app.stop(&waiting).await;
    assert_eq!(timeout(Duration::from_secs(2), reader.read_to_end()).await.unwrap(), TurnEvent::Stopped);
    gate.open();
    app.reader(&first).read_to_end().await;
    app.system.until_queue_is_empty().await;
    assert_eq!(app.system.model.calls().len(), 1);
    app.system.until_reported(&[first.turn, waiting.turn]).await;
}

#[tokio::test]
async fn stop_reaches_the_process_that_answers_from_any_other() {
    let app = TestApp::start().await;
    app.system.model.always(endless());
    let asked = app.ask(app.system.people.jonas(), "Count").await;
    app.reader(&asked).until_text("3. ").await;
    let other = app.system.start_helper().await;
    let pressed = Instant::now();
    other.stop(&asked).await;
    eventually("the model is free", || async { (app.system.model.open_calls() == 0).then_some(()) }).await;
    assert!(pressed.elapsed() < Duration::from_secs(1), "{:?}", pressed.elapsed());
    let mut reader = other.reader(&asked);
    assert_eq!(reader.read_to_end().await, TurnEvent::Stopped);
    assert_eq!(app.system.stored(asked.turn).await.1, Some(reader.text));
}

#[tokio::test]
async fn a_stop_whose_signal_got_lost_is_seen_by_the_heartbeat() {
    let app = TestApp::start().await;
    app.system.model.always(endless());
    let asked = app.ask(app.system.people.jonas(), "Count").await;
    let mut reader = app.reader(&asked);
    reader.until_text("3. ").await;
    sqlx::query("update helper.turn set stop_requested_at = now() where id = $1")
        .bind(asked.turn.0)
        .execute(&app.system.db)
        .await
        .unwrap();
    assert_eq!(reader.read_to_end().await, TurnEvent::Stopped);
}

#[tokio::test]
async fn a_turn_whose_worker_died_is_stopped_with_what_its_reader_has() {
    let mut app = TestApp::with(&["--reclaim-ms=3000"]).await;
    let gate = Gate::closed();
    app.system.model.always([say("Half. "), vec![Step::Wait(gate)], say("answer.")].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("Half. ").await;
    app.crash_and_restart().await;
    reader.address = app.address;
    assert_eq!(app.stop(&asked).await, StatusCode::NO_CONTENT);
    assert_eq!(reader.read_to_end().await, TurnEvent::Stopped);
    assert_eq!(reader.text, "Half. ");
    assert_eq!(app.system.stored(asked.turn).await, ("stopped".into(), Some("Half. ".into())));
    assert_eq!(app.system.model.calls().len(), 1);
    app.system.until_reported(&[asked.turn]).await;
}

#[tokio::test]
async fn stop_after_the_end_changes_nothing() {
    let app = TestApp::start().await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.read_to_end().await;
    assert_eq!(app.stop(&asked).await, StatusCode::NO_CONTENT);
    sleep(Duration::from_millis(50)).await;
    assert_eq!(app.system.stored(asked.turn).await.0, "answered");
    assert!(!reader.connect().await);
}
