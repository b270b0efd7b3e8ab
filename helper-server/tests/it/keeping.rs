//! How long text is kept, and that it is nowhere else.

use crate::support::{Gate, Step, TestApp, say};
use axum::http::StatusCode;
use chrono::TimeDelta;
use helper_server::retention::erase_expired;
use server_kit::clock::Clock;
use shared_types::turn::{Conversation, FailureCode, TurnEvent};

async fn conversation(app: &TestApp, person: crate::support::Person) -> Vec<String> {
    let response = app.get_as("/helper/conversation", &app.token(person)).await;
    let conversation: Conversation = response.json().await.unwrap();
    conversation.turns.into_iter().map(|turn| turn.question).collect()
}

#[tokio::test]
async fn a_conversation_is_erased_when_it_has_been_idle_for_a_day() {
    let clock = Clock::fixed_at(Clock::system().now());
    let app = TestApp::at(clock.clone(), &[]).await;
    let (jonas, lena) = (app.system.people.jonas(), app.system.people.lena());
    let first = app.ask(jonas, "First").await;
    app.reader(&first).read_to_end().await;
    let lenas = app.ask(lena, "Lena's").await;
    app.reader(&lenas).read_to_end().await;
    clock.advance(TimeDelta::hours(20));
    let second = app.ask(jonas, "Second").await;
    app.reader(&second).read_to_end().await;
    clock.advance(TimeDelta::hours(5));
    assert_eq!(erase_expired(&app.app).await.unwrap(), 1);
    assert_eq!(conversation(&app, jonas).await, ["First", "Second"], "the second question kept the first");
    assert!(conversation(&app, lena).await.is_empty());
    assert!(!app.system.keys.exists(&format!("turn:{}:log", lenas.turn)).await);
    let page = app.get_with_cookie(&format!("/helper/turns/{}", lenas.turn), &lenas.cookie).await;
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    clock.advance(TimeDelta::hours(20));
    assert_eq!(erase_expired(&app.app).await.unwrap(), 2);
    let left: i64 =
        sqlx::query_scalar("select count(*) from helper.turn_text").fetch_one(&app.system.db).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_question_erased_while_it_waits_ends_without_an_answer() {
    let app = TestApp::with(&["--slots=1"]).await;
    let gate = Gate::closed();
    app.system.model.then([say("Hm. "), vec![Step::Wait(gate.clone())]].concat());
    let first = app.ask(app.system.people.jonas(), "First").await;
    app.reader(&first).until_text("Hm. ").await;
    let waiting = app.ask(app.system.people.lena(), "Forget me").await;
    sqlx::query("delete from helper.turn_text where turn = $1")
        .bind(waiting.turn.0)
        .execute(&app.system.db)
        .await
        .unwrap();
    gate.open();
    assert_eq!(app.reader(&waiting).read_to_end().await, TurnEvent::Failed { code: FailureCode::Erased });
    app.system.until_reported(&[first.turn, waiting.turn]).await;
    assert_eq!(app.system.model.calls().len(), 1);
}

#[tokio::test]
async fn what_people_type_is_in_one_table_only() {
    let app = TestApp::start().await;
    app.system.model.always(say("The word is xylophone."));
    let asked = app.ask(app.system.people.jonas(), "Is it a bassoon?").await;
    app.reader(&asked).read_to_end().await;
    app.system.until_reported(&[asked.turn]).await;
    for table in ["turn", "turn_pass", "outbox"] {
        let sql = format!("select count(*) from helper.{table} t where t::text ~ 'bassoon|xylophone'");
        let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&app.system.db).await.unwrap();
        assert_eq!(found, 0, "{table}");
    }
    let pass = asked.cookie.strip_prefix("turn=").unwrap();
    let sql = "select count(*) from helper.turn_pass t where t::text like '%' || $1 || '%'";
    let found: i64 = sqlx::query_scalar(sql).bind(pass).fetch_one(&app.system.db).await.unwrap();
    assert_eq!(found, 0, "only the hash of a cookie is kept");
}
