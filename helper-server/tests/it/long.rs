//! Conversations that become too long to be told word by word.

use crate::support::{Person, TestApp, eventually, say};

async fn talk(app: &TestApp, person: Person, question: &str) {
    let asked = app.ask(person, question).await;
    app.reader(&asked).read_to_end().await;
    app.system.until_queue_is_empty().await;
}

async fn summaries(app: &TestApp) -> Vec<String> {
    let summaries = sqlx::query_scalar("select summary from helper.conversation_summary order by summary");
    summaries.fetch_all(&app.system.db).await.unwrap()
}

/// What the model was told in its last call.
fn last_call(app: &TestApp) -> String {
    app.system.model.calls().last().unwrap()["messages"].to_string()
}

/// Seven turns, after which the model is asked to sum up the first four.
async fn a_long_talk(app: &TestApp, person: Person) {
    for number in 1..=6 {
        talk(app, person, &format!("How about number {number}?")).await;
        assert!(summaries(app).await.is_empty(), "not before it is worth it");
    }
    app.system.model.then(say("What does the first line do?"));
    app.system.model.then(say("Jonas asked about numbers one to four. Write to jonas@home.example about it."));
    talk(app, person, "How about number 7?").await;
}

#[tokio::test]
async fn what_was_said_early_is_summed_up_and_told_in_short() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    a_long_talk(&app, jonas).await;
    let asked_to_sum_up = last_call(&app);
    assert!(asked_to_sum_up.contains("number 4?") && !asked_to_sum_up.contains("number 5?"), "{asked_to_sum_up}");
    let kept = summaries(&app).await;
    assert!(kept.len() == 1 && kept[0].contains("one to four") && !kept[0].contains("home.example"), "{kept:?}");
    talk(&app, jonas, "And now?").await;
    let told = last_call(&app);
    assert!(told.contains("one to four") && told.contains("number 5?") && !told.contains("number 4?"), "{told}");
}

#[tokio::test]
async fn a_summary_goes_with_its_conversation() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    a_long_talk(&app, jonas).await;
    assert_eq!(summaries(&app).await.len(), 1);
    app.post_form("/helper/conversation/clear", &[("scope", &app.token(jonas))]).await;
    assert!(summaries(&app).await.is_empty());
    let other = TestApp::start().await;
    let jonas = other.system.people.jonas();
    a_long_talk(&other, jonas).await;
    sqlx::query("update helper.turn_text set expires_at = now() - interval '1 second'")
        .execute(&other.system.db)
        .await
        .unwrap();
    sqlx::query("update helper.conversation_summary set expires_at = now() - interval '1 second'")
        .execute(&other.system.db)
        .await
        .unwrap();
    helper_server::retention::erase_expired(&other.app).await.unwrap();
    assert!(summaries(&other).await.is_empty());
}

#[tokio::test]
async fn a_model_that_fails_to_sum_up_costs_nothing_but_the_oldest_turns() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    for number in 1..=6 {
        talk(&app, jonas, &format!("How about number {number}?")).await;
    }
    app.system.model.then(say("What does the first line do?"));
    app.system.model.then(vec![crate::support::Step::Refuse]);
    talk(&app, jonas, "How about number 7?").await;
    assert!(summaries(&app).await.is_empty());
    app.system.model.then(say("What does the first line do?"));
    app.system.model.then(vec![crate::support::Step::Refuse]);
    let asked = app.ask(jonas, "And now?").await;
    app.reader(&asked).read_to_end().await;
    eventually("the model was asked to sum up again", || async {
        (app.system.model.calls().len() >= 10).then_some(())
    })
    .await;
    let calls = app.system.model.calls();
    let told = calls[calls.len() - 2]["messages"].to_string();
    assert!(told.contains("number 7?") && told.contains("number 2?") && !told.contains("number 1?"), "{told}");
}
