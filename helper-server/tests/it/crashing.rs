//! Dying at every step: each question that was taken is answered once, and its readers see what is stored.

use crate::support::{Gate, Program, Reader, Step, TestApp, app::Asked, eventually, say};
use shared_types::turn::{FailureCode, TurnEvent};
use std::time::Duration;

const ANSWER: &str = "Look at the first line again. What does it do?";

fn slowly(text: &str, pause: Duration) -> Vec<Step> {
    say(text).into_iter().flat_map(|step| [step, Step::Sleep(pause)]).collect()
}

async fn ends_well(app: &TestApp, asked: &Asked, reader: &mut Reader, answer: &str) {
    assert!(matches!(reader.read_to_end().await, TurnEvent::Done { .. }));
    assert_eq!(reader.text, answer);
    assert_eq!(app.system.stored(asked.turn).await, ("answered".into(), Some(answer.into())));
    app.system.until_queue_is_empty().await;
    app.system.until_reported(&[asked.turn]).await;
}

#[tokio::test]
async fn a_turn_whose_worker_died_in_the_middle_is_answered_by_another() {
    let mut app = TestApp::start().await;
    app.system.model.then([say("This will never end. "), vec![Step::Wait(Gate::closed())]].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("end. ").await;
    app.crash_and_restart().await;
    reader.address = app.address;
    ends_well(&app, &asked, &mut reader, ANSWER).await;
    assert_eq!(reader.starts(), 2, "the second start voids the first text");
}

#[tokio::test]
async fn a_worker_thought_dead_can_neither_stream_nor_end_its_turn() {
    let mut app = TestApp::start().await;
    app.first().terminate();
    let program = Program::start(&app.system).await;
    let gate = Gate::closed();
    app.system.model.then([say("The stale one. "), vec![Step::Wait(gate.clone())], say("answer.")].concat());
    let mut helper = app.system.start_helper().await;
    helper.crash();
    // Only the program works now; asked and read through it.
    let asked = ask_program(&app, &program).await;
    let mut reader = Reader::new(program.address, &asked);
    reader.until_text("one. ").await;
    program.signal("STOP");
    app.crash_and_restart().await;
    reader.address = app.address;
    reader.disconnect();
    ends_well(&app, &asked, &mut reader, ANSWER).await;
    gate.open();
    program.signal("CONT");
    eventually("the stale worker has let go", || async { (app.system.model.open_calls() == 0).then_some(()) }).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut late = app.reader(&asked);
    late.read_to_end().await;
    assert_eq!(late.text, ANSWER);
    assert!(!late.seen.iter().any(|event| matches!(event, TurnEvent::Delta { text } if text.contains("answer."))));
    assert_eq!(app.system.stored(asked.turn).await, ("answered".into(), Some(ANSWER.into())));
    app.system.until_reported(&[asked.turn]).await;
}

async fn ask_program(app: &TestApp, program: &Program) -> Asked {
    let token = app.token(app.system.people.jonas());
    let mut asking = app.system.start_helper().await;
    asking.crash();
    asking.address = program.address;
    asking.ask_under(&token, &crate::support::new_id().to_string(), "Why?").await
}

#[tokio::test]
async fn a_question_that_was_taken_but_not_queued_is_queued_by_the_sweeper() {
    let app = TestApp::with(&["--slots=1"]).await;
    let gate = Gate::closed();
    app.system.model.then([say("Hm. "), vec![Step::Wait(gate.clone())]].concat());
    let first = app.ask(app.system.people.lena(), "First").await;
    app.reader(&first).until_text("Hm. ").await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    app.system.keys.delete("line").await;
    gate.open();
    let mut reader = app.reader(&asked);
    assert!(matches!(reader.read_to_end().await, TurnEvent::Done { .. }));
    assert_eq!(reader.text, ANSWER);
    app.reader(&first).read_to_end().await;
    app.system.until_queue_is_empty().await;
    app.system.until_reported(&[first.turn, asked.turn]).await;
}

#[tokio::test]
async fn a_running_turn_is_found_again_after_redis_forgot_and_its_worker_died() {
    let mut app = TestApp::start().await;
    app.system.model.then([say("This will never end. "), vec![Step::Wait(Gate::closed())]].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("end. ").await;
    app.first().crash();
    app.system.keys.flush().await;
    app.crash_and_restart().await;
    reader.address = app.address;
    ends_well(&app, &asked, &mut reader, ANSWER).await;
}

#[tokio::test]
async fn a_committed_turn_without_a_log_end_gets_it_from_its_reader() {
    let app = TestApp::start().await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut first = app.reader(&asked);
    first.read_to_end().await;
    // As if the worker had died right after the commit.
    let log = format!("turn:{}:log", asked.turn);
    app.system.keys.drop_last_entry(&log).await;
    app.system.keys.set(&format!("turn:{}:fence", asked.turn), "1").await;
    let mut reader = app.reader(&asked);
    reader.until_text(ANSWER).await;
    assert!(matches!(reader.read_to_end().await, TurnEvent::Done { .. }));
    assert_eq!(reader.text, ANSWER);
    assert_eq!(reader.starts(), 1, "the text was complete: only the end was missing");
    assert_eq!(app.system.keys.get(&format!("turn:{}:fence", asked.turn)).await.as_deref(), Some("closed"));
}

#[tokio::test]
async fn a_committed_turn_whose_log_lost_text_is_told_anew() {
    let app = TestApp::start().await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    app.reader(&asked).read_to_end().await;
    let log = format!("turn:{}:log", asked.turn);
    for _ in 0..3 {
        app.system.keys.drop_last_entry(&log).await;
    }
    app.system.keys.set(&format!("turn:{}:fence", asked.turn), "1").await;
    let mut reader = app.reader(&asked);
    reader.read_to_end().await;
    assert_eq!(reader.text, ANSWER);
    assert_eq!(app.system.model.calls().len(), 1);
}

#[tokio::test]
async fn an_entry_of_an_ended_turn_is_dropped_and_changes_nothing() {
    let app = TestApp::start().await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    app.reader(&asked).read_to_end().await;
    app.system.until_queue_is_empty().await;
    let log = format!("turn:{}:log", asked.turn);
    let length = app.system.keys.stream_length(&log).await;
    app.system.keys.add_entry("queue", "turn", &asked.turn.to_string()).await;
    app.system.keys.add_entry("queue", "turn", "rubbish").await;
    app.system.keys.add_entry("queue", "turn", &crate::support::new_id().to_string()).await;
    app.system.until_queue_is_empty().await;
    assert_eq!(app.system.keys.stream_length(&log).await, length);
    assert_eq!(app.system.model.calls().len(), 1);
    app.system.until_reported(&[asked.turn]).await;
}

#[tokio::test]
async fn a_second_entry_of_a_running_turn_does_not_start_it_twice() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always([say("Half. "), vec![Step::Wait(gate.clone())], say("whole.")].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("Half. ").await;
    app.system.keys.add_entry("queue", "turn", &asked.turn.to_string()).await;
    eventually("the second entry is gone", || async {
        (app.system.keys.stream_length("queue").await == 1).then_some(())
    })
    .await;
    gate.open();
    ends_well(&app, &asked, &mut reader, "Half. whole.").await;
    assert_eq!(app.system.model.calls().len(), 1);
}

#[tokio::test]
async fn a_stopping_process_hands_its_turns_to_the_next_at_once() {
    let mut app = TestApp::with(&["--reclaim-ms=60000", "--heartbeat-ms=10000"]).await;
    app.system.model.then([say("This will never end. "), vec![Step::Wait(Gate::closed())]].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("end. ").await;
    let next = app.system.start_helper().await;
    app.first().terminate();
    reader.address = next.address;
    ends_well(&app, &asked, &mut reader, ANSWER).await;
    let deliveries: i32 = sqlx::query_scalar("select deliveries from helper.turn where id = $1")
        .bind(asked.turn.0)
        .fetch_one(&app.system.db)
        .await
        .unwrap();
    assert_eq!(deliveries, 1, "a start that was handed back does not count");
}

#[tokio::test]
async fn a_turn_that_breaks_off_every_time_is_given_up_after_three_starts() {
    let app = TestApp::start().await;
    app.system.model.always([say("Half an "), vec![Step::BreakOff]].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    assert_eq!(reader.read_to_end().await, TurnEvent::Failed { code: FailureCode::GaveUp });
    assert_eq!(app.system.model.calls().len(), 3);
    assert_eq!(app.system.stored(asked.turn).await, ("failed".into(), Some(reader.text.clone())));
    app.system.until_queue_is_empty().await;
    app.system.until_reported(&[asked.turn]).await;
}

#[tokio::test]
async fn a_turn_that_breaks_off_once_is_answered_on_the_second_start() {
    let app = TestApp::start().await;
    app.system.model.then([say("Half an "), vec![Step::BreakOff]].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    ends_well(&app, &asked, &mut reader, ANSWER).await;
    assert_eq!(reader.starts(), 2);
}

#[tokio::test]
async fn the_real_program_killed_again_and_again_loses_nothing() {
    let mut app = TestApp::with(&["--max-deliveries=1000", "--slots=3"]).await;
    app.first().terminate();
    app.system.model.always(slowly(&"One word after the other, with «ñ» and 🦊. ".repeat(4), Duration::from_millis(8)));
    let answer = "One word after the other, with «ñ» and 🦊. ".repeat(4);
    let mut program = Program::start(&app.system).await;
    let mut readers = Vec::new();
    for round in 0..10_u64 {
        let asked = ask_program(&app, &program).await;
        readers.push((Reader::new(program.address, &asked), asked));
        for (reader, _) in &mut readers {
            reader.address = program.address;
        }
        let newest = &mut readers.last_mut().unwrap().0;
        drop(tokio::time::timeout(Duration::from_millis(round * 53), newest.read_to_end()).await);
        program.signal("KILL");
        program.wait();
        program = Program::start(&app.system).await;
    }
    let mut turns = Vec::new();
    for (reader, asked) in &mut readers {
        reader.address = program.address;
        reader.disconnect();
        reader.read_to_end_or_seen().await;
        assert_eq!(reader.text, answer);
        assert_eq!(app.system.stored(asked.turn).await, ("answered".into(), Some(answer.clone())));
        turns.push(asked.turn);
    }
    app.system.until_queue_is_empty().await;
    app.system.until_reported(&turns).await;
}
