//! Reading a turn's stream: resuming, reading along, and who may.

use crate::support::{Gate, People, Step, TestApp, eventually, say};
use axum::http::StatusCode;
use shared_types::turn::{Conversation, Positioned, TurnEvent, TurnState};

fn half_and_half(gate: &Gate) -> Vec<Step> {
    [say("The first half. "), vec![Step::Wait(gate.clone())], say("and the second: «ñ».\n\nEnd.")].concat()
}

const WHOLE: &str = "The first half. and the second: «ñ».\n\nEnd.";

#[tokio::test]
async fn a_reload_in_the_middle_continues_where_it_was() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always(half_and_half(&gate));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("half. ").await;
    let before = reader.seen.len();
    reader.disconnect();
    gate.open();
    reader.read_to_end().await;
    assert_eq!(reader.text, WHOLE);
    assert_eq!(reader.starts(), 1, "nothing was sent twice");
    assert!(reader.seen[before..].iter().all(|event| !matches!(event, TurnEvent::Queued { .. })));
    let stored = app.system.stored(asked.turn).await;
    assert_eq!(stored.1.as_deref(), Some(WHOLE));
}

#[tokio::test]
async fn two_tabs_see_the_same() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always(half_and_half(&gate));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let (mut one, mut two) = (app.reader(&asked), app.reader(&asked));
    one.until_text("half. ").await;
    two.until_text("half. ").await;
    gate.open();
    let (_, _) = tokio::join!(one.read_to_end(), two.read_to_end());
    assert_eq!(one.text, WHOLE);
    assert_eq!(two.text, WHOLE);
    let logged = |seen: &[TurnEvent]| {
        seen.iter().filter(|event| !matches!(event, TurnEvent::Queued { .. })).cloned().collect::<Vec<_>>()
    };
    assert_eq!(logged(&one.seen), logged(&two.seen));
}

#[tokio::test]
async fn text_arrives_while_it_is_written_also_from_another_process() {
    let app = TestApp::start().await;
    let other = app.system.start_helper().await;
    let gate = Gate::closed();
    app.system.model.always(half_and_half(&gate));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let (mut here, mut there) = (app.reader(&asked), other.reader(&asked));
    here.until_text("half. ").await;
    there.until_text("half. ").await;
    gate.open();
    here.read_to_end().await;
    there.read_to_end().await;
    assert_eq!((here.text.as_str(), there.text.as_str()), (WHOLE, WHOLE));
}

#[tokio::test]
async fn what_was_fully_seen_is_not_sent_again() {
    let app = TestApp::start().await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.read_to_end().await;
    assert!(!reader.connect().await, "204 keeps the browser from connecting again");
    let path = format!("/helper/turns/{}/events?poll=1&after={}", asked.turn, reader.last_id);
    assert_eq!(app.get_with_cookie(&path, &asked.cookie).await.status(), StatusCode::NO_CONTENT);
    let mut anew = app.reader(&asked);
    anew.read_to_end().await;
    assert_eq!(anew.text, reader.text);
}

#[tokio::test]
async fn polling_tells_the_same_as_the_stream() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always(half_and_half(&gate));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let (mut text, mut after) = (String::new(), String::new());
    let mut polls = 0;
    loop {
        let path = format!("/helper/turns/{}/events?poll=1&after={after}", asked.turn);
        let response = app.get_with_cookie(&path, &asked.cookie).await;
        if response.status() == StatusCode::NO_CONTENT {
            break;
        }
        let events: Vec<Positioned> = response.json().await.unwrap();
        for Positioned { id, event } in events {
            after = id;
            match event {
                TurnEvent::Started { .. } => text.clear(),
                TurnEvent::Delta { text: more } => text.push_str(&more),
                _ => {}
            }
        }
        if text.ends_with("half. ") {
            gate.open();
        }
        polls += 1;
        assert!(polls < 2000);
        tokio::task::yield_now().await;
    }
    assert_eq!(text, WHOLE);
}

#[tokio::test]
async fn a_turn_of_somebody_else_does_not_exist() {
    let app = TestApp::start().await;
    let people = &app.system.people;
    let asked = app.ask(people.jonas(), "Mine").await;
    let lenas = app.ask(people.lena(), "Hers").await;
    let events = format!("/helper/turns/{}/events", asked.turn);
    for person in [people.lena(), people.amira(), People::mallory()] {
        assert_eq!(app.get_as(&events, &app.token(person)).await.status(), StatusCode::NOT_FOUND);
    }
    for cookie in [lenas.cookie.as_str(), "turn=", "turn=x", "other=1"] {
        assert_eq!(app.get_with_cookie(&events, cookie).await.status(), StatusCode::NOT_FOUND);
        let page = app.get_with_cookie(&format!("/helper/turns/{}", asked.turn), cookie).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND);
        assert!(!page.text().await.unwrap().contains("Mine"));
    }
    let mallory = crate::support::app::Asked { cookie: lenas.cookie.clone(), ..asked.clone() };
    assert_eq!(app.stop(&mallory).await, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/helper/turns/not-a-turn/events").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(app.get_as(&events, &app.token(people.jonas())).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_conversation_is_there_after_a_reload_with_its_cookies() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    let first = app.ask(jonas, "First?").await;
    app.reader(&first).read_to_end().await;
    let gate = Gate::closed();
    app.system.model.always(half_and_half(&gate));
    let second = app.ask(jonas, "Second?").await;
    app.reader(&second).until_text("half. ").await;
    app.ask(app.system.people.lena(), "Not his").await;
    let response = app.get_as("/helper/conversation", &app.token(jonas)).await;
    let cookies: Vec<String> =
        response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned()).collect();
    let conversation: Conversation = response.json().await.unwrap();
    let turns: Vec<_> = conversation.turns.iter().map(|turn| (turn.question.as_str(), turn.state)).collect();
    assert_eq!(turns, [("First?", TurnState::Answered), ("Second?", TurnState::Running)]);
    assert_eq!(conversation.turns[0].answer_html, "<p>Look at the first line again. What does it do?</p>");
    assert_eq!(cookies.len(), 1, "only what is not finished needs one");
    gate.open();
    let cookie = cookies[0].split(';').next().unwrap().to_owned();
    let mut reader = app.reader(&crate::support::app::Asked { cookie, ..second.clone() });
    reader.read_to_end().await;
    assert_eq!(reader.text, WHOLE);
    let mut old = app.reader(&second);
    old.read_to_end().await;
    assert_eq!(old.text, WHOLE, "the first cookie still opens it");
    let nobody = app.get("/helper/conversation").await;
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_log_that_expired_is_told_from_what_is_stored_and_nothing_is_generated_again() {
    let app = TestApp::start().await;
    app.system.model.always(say("Light is **fast**.\n\nSound is slow."));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut first = app.reader(&asked);
    first.read_to_end().await;
    app.system.until_queue_is_empty().await;
    app.system.keys.flush().await;
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let mut later = app.reader(&asked);
    assert!(matches!(later.read_to_end().await, TurnEvent::Done { attempt: 1, .. }));
    assert_eq!(later.text, first.text);
    assert_eq!(later.seen.iter().filter(|event| matches!(event, TurnEvent::Delta { .. })).count(), 1);
    let formatted = |event: &&TurnEvent| matches!(event, TurnEvent::Block { html, .. } if html.contains("<strong>"));
    assert_eq!(later.seen.iter().filter(formatted).count(), 1);
    assert_eq!(app.system.model.calls().len(), 1);
}

#[tokio::test]
async fn a_reader_whose_log_was_lost_starts_anew_and_ends_with_the_same_text() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always(half_and_half(&gate));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("half. ").await;
    app.system.keys.flush().await;
    gate.open();
    reader.read_to_end().await;
    assert_eq!(reader.text, WHOLE);
    assert_eq!(app.system.stored(asked.turn).await, ("answered".into(), Some(WHOLE.into())));
    assert_eq!(app.system.model.calls().len(), 1);
    app.system.until_reported(&[asked.turn]).await;
}

#[tokio::test]
async fn closing_the_page_does_not_stop_the_answer() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always(half_and_half(&gate));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("half. ").await;
    drop(reader);
    gate.open();
    app.system.until_state(asked.turn, "answered").await;
}

#[tokio::test]
async fn streams_end_when_the_process_stops() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always(half_and_half(&gate));
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    reader.until_text("half. ").await;
    app.terminate();
    while reader.next().await.is_some() {}
    eventually("nobody answers any more", || async { (!reader_connects(&app).await).then_some(()) }).await;
}

async fn reader_connects(app: &TestApp) -> bool {
    tokio::net::TcpStream::connect(app.address).await.is_ok()
}
