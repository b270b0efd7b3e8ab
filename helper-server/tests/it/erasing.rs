//! Conversations that are to go before their time: by who had them, and by the hub. Nothing of them stays.

use crate::support::{Gate, Person, Step, TestApp, app::Asked, eventually, new_id, say};
use axum::http::{StatusCode, header};
use shared_types::{scope::Actor, turn::Conversation};

async fn clear(app: &TestApp, token: &str) -> reqwest::Response {
    app.post_form("/helper/conversation/clear", &[("scope", token)]).await
}

async fn turns_of(app: &TestApp, person: Person) -> usize {
    let conversation: Conversation = app.get_as("/helper/conversation", &app.token(person)).await.json().await.unwrap();
    conversation.turns.len()
}

/// Rows and keys that still hold something of a turn.
async fn traces(app: &TestApp, asked: &Asked) -> usize {
    let texts: i64 = sqlx::query_scalar("select count(*) from helper.turn_text where turn = $1")
        .bind(asked.turn.0)
        .fetch_one(&app.system.db)
        .await
        .unwrap();
    let log = app.system.keys.exists(&format!("turn:{}:log", asked.turn)).await;
    usize::try_from(texts).unwrap() + usize::from(log)
}

#[tokio::test]
async fn who_had_a_conversation_may_have_it_gone_and_nobody_elses_with_it() {
    let app = TestApp::start().await;
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    let mut asked = Vec::new();
    for (person, question) in [(jonas, "xylophone"), (lena, "trumpet")] {
        let one = app.ask(person, question).await;
        app.reader(&one).read_to_end().await;
        asked.push(one);
    }
    let response = clear(&app, &app.token(jonas)).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], format!("/student/lessons/{}", jonas.lesson));
    assert_eq!((traces(&app, &asked[0]).await, turns_of(&app, jonas).await), (0, 0));
    assert_eq!((traces(&app, &asked[1]).await, turns_of(&app, lena).await), (2, 1));
    assert_eq!(app.get_with_cookie(&format!("/helper/turns/{}", asked[0].turn), &asked[0].cookie).await.status(), 404);
}

#[tokio::test]
async fn what_is_being_answered_is_stopped_and_goes_too() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    app.system.model.always([say("A xylophone. "), vec![Step::Wait(Gate::closed())]].concat());
    let (first, second) = (app.ask(jonas, "xylophone").await, app.ask(jonas, "waiting").await);
    app.reader(&first).until_text("xylophone. ").await;
    assert_eq!(clear(&app, &app.token(jonas)).await.status(), StatusCode::SEE_OTHER);
    eventually("the model is free", || async { (app.system.model.open_calls() == 0).then_some(()) }).await;
    app.system.until_queue_is_empty().await;
    assert_eq!((traces(&app, &first).await, traces(&app, &second).await), (0, 0));
    app.system.until_reported(&[first.turn, second.turn]).await;
}

#[tokio::test]
async fn mallory_clears_nothing_but_her_own_and_a_token_that_is_none_clears_nothing() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    let asked = app.ask(jonas, "xylophone").await;
    app.reader(&asked).read_to_end().await;
    let hers = crate::support::People::mallory().token(server_kit::clock::Clock::system().unix());
    assert_eq!(clear(&app, &hers.clone().sign()).await.status(), StatusCode::SEE_OTHER);
    // Even where her school's token names jonas.
    let crossed = hers.with(|claims| (claims.actor, claims.lesson) = (jonas.actor, claims.lesson)).sign();
    assert_eq!(clear(&app, &crossed).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(clear(&app, "v1.forged.token").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(turns_of(&app, jonas).await, 1);
}

#[tokio::test]
async fn the_hub_has_a_student_or_a_class_erased() {
    let app = TestApp::start().await;
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    for person in [jonas, lena] {
        let asked = app.ask(person, &format!("I tried this and that for so long {}", new_id())).await;
        app.reader(&asked).read_to_end().await;
    }
    let Actor::Student(student) = jonas.actor else { panic!("jonas attends the class") };
    app.system.keys.publish("class-hub:erase", &format!("{} {student}", jonas.classroom)).await;
    eventually("jonas' is gone", || async { (turns_of(&app, jonas).await == 0).then_some(()) }).await;
    assert_eq!(turns_of(&app, lena).await, 1);
    app.system.keys.publish("class-hub:erase", &format!("{} all", jonas.classroom)).await;
    eventually("the class's is gone", || async { (turns_of(&app, lena).await == 0).then_some(()) }).await;
    let rungs: i64 = sqlx::query_scalar("select count(*) from helper.ladder").fetch_one(&app.system.db).await.unwrap();
    assert_eq!(rungs, 0);
}
