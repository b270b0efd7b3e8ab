//! Asking: what is taken, what is refused, and that asking twice asks once.

use crate::support::{Gate, People, Step, TestApp, eventually, new_id, say};
use axum::http::StatusCode;
use server_kit::clock::Clock;
use shared_types::{keys::ScopeKeys, scope::Limits, turn::TurnEvent};

#[tokio::test]
async fn jonas_asks_and_the_answer_streams_back() {
    let app = TestApp::start().await;
    app.system.model.always(say("Shift each letter by three. What comes after Z?"));
    let asked = app.ask(app.system.people.jonas(), "How does the cipher work?").await;
    assert_eq!(asked.status, StatusCode::CREATED);
    let mut reader = app.reader(&asked);
    assert!(matches!(reader.read_to_end().await, TurnEvent::Done { attempt: 1, .. }));
    assert_eq!(reader.text, "Shift each letter by three. What comes after Z?");
    let html = reader.seen.iter().find_map(|event| match event {
        TurnEvent::Block { html, .. } => Some(html.clone()),
        _ => None,
    });
    assert_eq!(html, None, "plain text is not sent again as HTML");
    let stored = app.system.stored(asked.turn).await;
    assert_eq!(stored, ("answered".into(), Some(reader.text.clone())));
    app.system.until_queue_is_empty().await;
    app.system.until_reported(&[asked.turn]).await;
}

#[tokio::test]
async fn the_model_is_told_policy_history_and_question_with_one_context_length() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    let first = app.ask(jonas, "What is a key?").await;
    app.reader(&first).read_to_end().await;
    let second = app.ask(jonas, "And a cipher?").await;
    app.reader(&second).read_to_end().await;
    let calls = app.system.model.calls();
    let (first, second) = (&calls[0], &calls[1]);
    assert_eq!(first["options"], second["options"], "other options would make Ollama reload the model");
    assert_eq!(first["options"]["num_ctx"], 4096);
    let messages = second["messages"].as_array().unwrap();
    let roles: Vec<_> = messages.iter().map(|message| message["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["system", "user", "assistant", "user"]);
    assert!(messages[0]["content"].as_str().unwrap().contains("The Caesar cipher"));
    assert_eq!(messages[1]["content"], "What is a key?");
    assert_eq!(messages[3]["content"], "And a cipher?");
}

#[tokio::test]
async fn lena_is_not_told_what_jonas_said() {
    let app = TestApp::start().await;
    let first = app.ask(app.system.people.jonas(), "My secret question").await;
    app.reader(&first).read_to_end().await;
    let second = app.ask(app.system.people.lena(), "Hello?").await;
    app.reader(&second).read_to_end().await;
    assert!(!app.system.model.calls()[1].to_string().contains("secret"));
}

#[tokio::test]
async fn sending_a_question_twice_makes_one_turn() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    let (token, key) = (app.token(jonas), new_id().to_string());
    let first = app.ask_under(&token, &key, "Why?").await;
    let second = app.ask_under(&token, &key, "  Why?\r\n").await;
    assert_eq!((first.turn, second.status), (second.turn, StatusCode::OK));
    assert_ne!(first.cookie, second.cookie);
    for asked in [&first, &second] {
        app.reader(asked).read_to_end().await;
    }
    assert_eq!(app.system.model.calls().len(), 1);
    let lenas = app.ask_under(&app.token(app.system.people.lena()), &key, "Why?").await;
    assert_ne!(lenas.turn, first.turn, "keys belong to whoever sends them");
}

#[tokio::test]
async fn thirty_copies_sent_at_once_make_one_turn() {
    let app = TestApp::start().await;
    let (token, key) = (app.token(app.system.people.jonas()), new_id().to_string());
    let copies = (0..30).map(|_| app.ask_under(&token, &key, "Why?"));
    let asked = futures::future::join_all(copies).await;
    assert_eq!(asked.iter().filter(|asked| asked.status == StatusCode::CREATED).count(), 1);
    assert!(asked.iter().all(|copy| copy.turn == asked[0].turn));
    app.system.until_reported(&[asked[0].turn]).await;
    assert_eq!(app.system.model.calls().len(), 1);
}

#[tokio::test]
async fn a_key_is_not_used_for_another_question() {
    let app = TestApp::start().await;
    let (token, key) = (app.token(app.system.people.jonas()), new_id().to_string());
    app.ask_under(&token, &key, "Why?").await;
    let response = app.post_question(&token, &key, "How?").await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert!(response.text().await.unwrap().contains("idempotency_key_reused"));
}

#[tokio::test]
async fn nothing_too_much_and_nameless_is_refused_with_a_reason() {
    let app = TestApp::start().await;
    let token = app.token(app.system.people.jonas());
    for (question, code) in [("  \n", "question_empty"), (&*"x".repeat(4001), "question_too_long")] {
        let (status, problem) = app.refused(&token, question).await;
        assert_eq!((status, problem.code.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, code));
        assert!(!problem.message.is_empty());
    }
    let nameless = app.post_question(&token, "not-a-uuid", "Why?").await;
    assert_eq!(nameless.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let longest = app.ask(app.system.people.jonas(), &"ñ".repeat(4000)).await;
    assert_eq!(longest.status, StatusCode::CREATED);
}

#[tokio::test]
async fn mallorys_tokens_are_refused() {
    let app = TestApp::start().await;
    let now = Clock::system().unix();
    let mallory = People::mallory();
    let sound = mallory.token(now).sign();
    let own: ScopeKeys = "s1:bWFsbG9yeSBtYWRlIHRoaXMga2V5IGhlcnNlbGYgISE".parse().unwrap();
    let jonas = app.system.people.jonas();
    let forged = jonas.token(now).0.sign(&own).unwrap();
    // Her own sound signature under somebody else's claims.
    let jonas_claims = forged.split('.').nth(1).unwrap();
    let spliced = format!("v1.{jonas_claims}.{}", sound.split('.').nth(2).unwrap());
    let cases = [
        (String::new(), "scope_missing"),
        ("v1.e30.AAAA".to_owned(), "scope_malformed"),
        (sound.replacen("v1", "v2", 1), "scope_unknown_version"),
        (forged, "scope_bad_signature"),
        (spliced, "scope_bad_signature"),
        (jonas.token(now - 7200).sign(), "scope_expired"),
        (jonas.token(now + 600).sign(), "scope_not_yet_valid"),
    ];
    for (token, code) in cases {
        let (status, problem) = app.refused(&token, "Let me in").await;
        assert_eq!((status, problem.code.as_str()), (StatusCode::UNAUTHORIZED, code));
    }
    assert!(app.system.model.calls().is_empty());
}

#[tokio::test]
async fn raising_a_classs_epoch_revokes_the_tokens_made_before() {
    let app = TestApp::start().await;
    let (jonas, mallory) = (app.system.people.jonas(), People::mallory());
    let old = app.token(jonas);
    app.ask_under(&old, &new_id().to_string(), "Still welcome?").await;
    // Announced until it is heard: whoever subscribes a moment later has missed it.
    eventually("the old token is refused", || async {
        app.system.keys.publish("class-hub:epoch", &format!("{} 2", jonas.classroom)).await;
        (app.post_question(&old, &new_id().to_string(), "And now?").await.status() == StatusCode::UNAUTHORIZED)
            .then_some(())
    })
    .await;
    let (_, problem) = app.refused(&old, "And now?").await;
    assert_eq!(problem.code, "scope_revoked");
    let new = jonas.token(Clock::system().unix()).with(|claims| claims.epoch = 2).sign();
    app.ask_under(&new, &new_id().to_string(), "With a new token?").await;
    app.ask(mallory, "Another class is not concerned.").await;
    app.system.keys.publish("class-hub:epoch", &format!("{} 1", jonas.classroom)).await;
    let newest = jonas.token(Clock::system().unix()).with(|claims| claims.epoch = 3).sign();
    app.ask_under(&newest, &new_id().to_string(), "The token itself tells of a missed announcement.").await;
    let (status, _) = app.refused(&new, "And now?").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_that_has_ended_asks_reads_and_opens_nothing_more_and_others_go_on() {
    let app = TestApp::start().await;
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    let in_session = |person: crate::support::Person, session| {
        person.token(Clock::system().unix()).with(|claims| claims.session = Some(session)).sign()
    };
    let (here, there) = (new_id(), new_id());
    let (old, phone) = (in_session(jonas, here), in_session(jonas, there));
    let asked = app.ask_under(&old, &new_id().to_string(), "Still signed in?").await;
    app.reader(&asked).read_to_end().await;
    let page = || async { app.get_with_cookie(&format!("/helper/turns/{}", asked.turn), &asked.cookie).await.status() };
    assert_eq!(page().await, StatusCode::OK);
    eventually("the old token is refused", || async {
        app.system.keys.publish("class-hub:session", &here.to_string()).await;
        (app.post_question(&old, &new_id().to_string(), "And now?").await.status() == StatusCode::UNAUTHORIZED)
            .then_some(())
    })
    .await;
    let (status, problem) = app.refused(&old, "And now?").await;
    assert_eq!((status, problem.code.as_str()), (StatusCode::UNAUTHORIZED, "session_ended"));
    assert_eq!(app.get_as("/helper/conversation", &old).await.status(), StatusCode::UNAUTHORIZED);
    for (path, field) in [("/helper/", "scope"), ("/helper/ask", "scope"), ("/helper/conversation/clear", "scope")] {
        assert_eq!(app.post_form(path, &[(field, &old)]).await.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
    eventually("the old cookie opens nothing", || async { (page().await == StatusCode::NOT_FOUND).then_some(()) })
        .await;
    // The same student's other device, a session begun in the same second, and other students.
    for token in [phone, in_session(jonas, new_id()), in_session(lena, new_id()), app.token(lena)] {
        app.ask_under(&token, &new_id().to_string(), "I am still here.").await;
    }
}

#[tokio::test]
async fn limits_count_questions_of_one_person_and_of_the_class() {
    let clock = Clock::fixed_at(Clock::system().now());
    let app = TestApp::at(clock.clone(), &[]).await;
    let limits = |per_minute, per_day, class_per_day| Limits { per_minute, per_day, class_per_day };
    let token = |person: crate::support::Person, limits| {
        person.token(clock.unix()).with(|claims| claims.limits = limits).sign()
    };
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    let one_a_minute = token(jonas, limits(1, 3, 4));
    let key = new_id().to_string();
    app.ask_under(&one_a_minute, &key, "One").await;
    app.ask_under(&one_a_minute, &key, "One").await;
    let (status, problem) = app.refused(&one_a_minute, "Two").await;
    assert_eq!((status, problem.code.as_str()), (StatusCode::TOO_MANY_REQUESTS, "limit_minute"));
    assert!(problem.message.contains("60"), "{}", problem.message);
    clock.advance(chrono::TimeDelta::seconds(61));
    app.ask_under(&one_a_minute, &new_id().to_string(), "Two").await;
    clock.advance(chrono::TimeDelta::seconds(61));
    app.ask_under(&one_a_minute, &new_id().to_string(), "Three").await;
    clock.advance(chrono::TimeDelta::seconds(61));
    assert_eq!(app.refused(&one_a_minute, "Four").await.1.code, "limit_day");
    let lenas = token(lena, limits(0, 0, 4));
    app.ask_under(&lenas, &new_id().to_string(), "The class's fourth").await;
    assert_eq!(app.refused(&lenas, "The class's fifth").await.1.code, "limit_class_day");
    clock.advance(chrono::TimeDelta::days(1));
    app.ask_under(&token(jonas, limits(1, 3, 4)), &new_id().to_string(), "A new day").await;
}

#[tokio::test]
async fn fifty_questions_at_once_do_not_slip_past_the_limit() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    let token = jonas.token(Clock::system().unix()).with(|claims| claims.limits.per_minute = 5).sign();
    let keys: Vec<_> = (0..50).map(|_| new_id().to_string()).collect();
    let asked = futures::future::join_all(keys.iter().map(|key| app.post_question(&token, key, "Now?"))).await;
    assert_eq!(asked.iter().filter(|response| response.status() == StatusCode::CREATED).count(), 5);
}

#[tokio::test]
async fn the_ticket_tells_the_place_in_line() {
    let app = TestApp::with(&["--slots=1"]).await;
    let gate = Gate::closed();
    app.system.model.always([say("Hm. "), vec![Step::Wait(gate.clone())], say("Done.")].concat());
    let jonas = app.system.people.jonas();
    let first = app.ask(jonas, "First").await;
    app.reader(&first).until_text("Hm. ").await;
    let (second, third) = (app.ask(app.system.people.lena(), "Second").await, app.ask(jonas, "Third").await);
    assert_eq!((second.ticket.place, third.ticket.place), (0, 1));
    let mut reader = app.reader(&third);
    assert_eq!(reader.next().await, Some(TurnEvent::Queued { place: 1, eta_s: None }));
    gate.open();
    reader.read_to_end().await;
    let places: Vec<_> = reader.seen.iter().filter(|event| matches!(event, TurnEvent::Queued { .. })).collect();
    assert!(!places.is_empty());
    assert_eq!(reader.text, "Hm. Done.");
}
