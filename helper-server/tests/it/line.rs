//! The waiting line: nobody gets more by asking more, and what is told of the place in line is true.

use crate::support::{Gate, Person, Step, TestApp, eventually, model::Model, new_id, say};
use axum::http::StatusCode;
use shared_types::{scope::Actor, turn::TurnEvent};
use std::time::Duration;
use tokio::time::sleep;

/// Another student of the same class.
fn classmate(of: Person) -> Person {
    Person { actor: Actor::Student(new_id().into()), ..of }
}

fn in_another_class(of: Person) -> Person {
    Person { classroom: new_id().into(), ..classmate(of) }
}

/// What the model was asked, in order.
fn asked(model: &Model) -> Vec<String> {
    let question = |call: &serde_json::Value| {
        let messages = call["messages"].as_array().unwrap();
        messages.last().unwrap()["content"].as_str().unwrap().to_owned()
    };
    model.calls().iter().map(question).collect()
}

async fn until_asked(model: &Model, questions: usize) {
    eventually("the model was asked that often", || async { (model.calls().len() == questions).then_some(()) }).await;
}

/// The model is busy with a question of somebody else's until the gate opens.
async fn with_a_busy_model(app: &TestApp) -> Gate {
    let gate = Gate::closed();
    app.system.model.then([say("Hm. "), vec![Step::Wait(gate.clone())]].concat());
    app.ask(in_another_class(app.system.people.jonas()), "busy").await;
    until_asked(&app.system.model, 1).await;
    gate
}

#[tokio::test]
async fn who_asks_once_does_not_wait_for_who_asks_five_times() {
    let app = TestApp::with(&["--slots=1"]).await;
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    let gate = with_a_busy_model(&app).await;
    for number in 1..=5 {
        app.ask(jonas, &format!("jonas {number}")).await;
    }
    let lenas = app.ask(lena, "lena").await;
    assert_eq!(lenas.ticket.place, 1, "only the first of jonas' questions is before hers");
    gate.open();
    until_asked(&app.system.model, 7).await;
    assert_eq!(asked(&app.system.model)[1..4], ["jonas 1", "lena", "jonas 2"]);
}

#[tokio::test]
async fn classes_take_turns_however_many_ask_in_each() {
    let app = TestApp::with(&["--slots=1"]).await;
    let jonas = app.system.people.jonas();
    let gate = with_a_busy_model(&app).await;
    for number in 1..=3 {
        app.ask(classmate(jonas), &format!("large class {number}")).await;
    }
    app.ask(in_another_class(jonas), "small class").await;
    gate.open();
    until_asked(&app.system.model, 5).await;
    assert_eq!(asked(&app.system.model)[1..], ["large class 1", "small class", "large class 2", "large class 3"]);
}

#[tokio::test]
async fn a_student_has_one_turn_running_although_slots_are_free() {
    let app = TestApp::with(&["--slots=3"]).await;
    let gate = Gate::closed();
    app.system.model.always([say("Hm. "), vec![Step::Wait(gate.clone())]].concat());
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    app.ask(jonas, "jonas 1").await;
    app.ask(jonas, "jonas 2").await;
    until_asked(&app.system.model, 1).await;
    app.ask(lena, "lena").await;
    until_asked(&app.system.model, 2).await;
    sleep(Duration::from_millis(300)).await;
    assert_eq!(asked(&app.system.model), ["jonas 1", "lena"]);
    gate.open();
    until_asked(&app.system.model, 3).await;
}

#[tokio::test]
async fn helpers_that_share_a_redis_share_the_slots() {
    let app = TestApp::with(&["--slots=2"]).await;
    let other = app.system.start_helper().await;
    let gate = Gate::closed();
    app.system.model.always([say("Hm. "), vec![Step::Wait(gate.clone())]].concat());
    let jonas = app.system.people.jonas();
    let mut turns = Vec::new();
    for number in 0..6 {
        let helper = if number % 2 == 0 { &*app } else { &other };
        turns.push(helper.ask(classmate(jonas), &format!("question {number}")).await.turn);
    }
    until_asked(&app.system.model, 2).await;
    sleep(Duration::from_millis(500)).await;
    assert_eq!(app.system.model.open_calls(), 2);
    gate.open();
    app.system.until_queue_is_empty().await;
    app.system.until_reported(&turns).await;
    assert_eq!(app.system.model.calls().len(), 6);
}

#[tokio::test]
async fn place_and_estimate_are_told_and_count_down() {
    let app = TestApp::with(&["--slots=1"]).await;
    let jonas = app.system.people.jonas();
    let slow = [say("One "), vec![Step::Sleep(Duration::from_secs(3))], say("two.")].concat();
    app.system.model.always(slow);
    let first = app.ask(classmate(jonas), "first").await;
    app.reader(&first).read_to_end().await;
    for number in 0..2 {
        app.ask(classmate(jonas), &format!("before {number}")).await;
    }
    let last = app.ask(jonas, "last").await;
    assert_eq!(last.ticket.place, 1);
    let promised = last.ticket.eta_s.unwrap();
    assert!((4..=8).contains(&promised), "two answers of three seconds are before it: {promised}");
    let mut reader = app.reader(&last);
    reader.read_to_end().await;
    let told: Vec<(u32, u32)> = reader
        .seen
        .iter()
        .filter_map(|event| match event {
            TurnEvent::Queued { place, eta_s } => Some((*place, eta_s.unwrap_or_default())),
            _ => None,
        })
        .collect();
    assert!(told.len() >= 3 && told.is_sorted_by(|a, b| a.0 >= b.0), "{told:?}");
    assert!(told.first().unwrap().1 > told.last().unwrap().1, "{told:?}");
}

#[tokio::test]
async fn a_full_line_says_so() {
    let app = TestApp::with(&["--slots=1", "--max-waiting=2"]).await;
    let jonas = app.system.people.jonas();
    let _gate = with_a_busy_model(&app).await;
    app.ask(jonas, "one").await;
    app.ask(jonas, "two").await;
    let (status, problem) = app.refused(&app.token(app.system.people.lena()), "three").await;
    assert_eq!((status, problem.code.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "line_full"));
    assert!(problem.message.contains("kept here"), "{}", problem.message);
}

#[tokio::test]
async fn a_line_that_redis_forgot_is_made_again_in_the_same_order() {
    let app = TestApp::with(&["--slots=1"]).await;
    let jonas = app.system.people.jonas();
    let gate = with_a_busy_model(&app).await;
    for number in 1..=3 {
        app.ask(classmate(jonas), &format!("question {number}")).await;
    }
    app.system.keys.delete("line").await;
    gate.open();
    until_asked(&app.system.model, 4).await;
    assert_eq!(asked(&app.system.model)[1..], ["question 1", "question 2", "question 3"]);
}
