//! Reports to the hub: exactly one per turn, whatever is down, and not a word of anybody's.

use crate::support::{TestApp, eventually, say};
use shared_types::{
    event::{BackendKind, EventKind, Outcome},
    scope::Actor,
};

#[tokio::test]
async fn the_hub_hears_who_what_and_how_long_but_no_word() {
    let app = TestApp::start().await;
    app.system.model.always(say("Sesame, opens."));
    let jonas = app.system.people.jonas();
    let asked = app.ask(jonas, "What is the password of the cave?").await;
    app.reader(&asked).read_to_end().await;
    app.system.until_reported(&[asked.turn]).await;
    let event = app.system.hub.events().remove(0);
    assert_eq!((event.actor, event.classroom), (jonas.actor, jonas.classroom));
    assert_eq!((event.organisation, event.lesson), (jonas.organisation, Some(jonas.lesson)));
    assert!(matches!(event.actor, Actor::Student(_)));
    let EventKind::TurnEnded { outcome, backend, attempts, question_chars, answer_chars, first_text_ms, .. } =
        event.kind
    else {
        panic!("another report");
    };
    assert_eq!((outcome, backend, attempts), (Outcome::Answered, Some(BackendKind::Ollama), 1));
    assert_eq!((question_chars, answer_chars), (33, 14));
    assert!(first_text_ms.is_some());
    let body = &app.system.hub.bodies()[0];
    for word in ["password", "cave", "Sesame", "Caesar"] {
        assert!(!body.contains(word), "{body}");
    }
}

#[tokio::test]
async fn nothing_is_lost_while_the_hub_is_down() {
    let app = TestApp::start().await;
    app.system.hub.set_down(true);
    let mut turns = Vec::new();
    for _ in 0..3 {
        let asked = app.ask(app.system.people.jonas(), "Why?").await;
        app.reader(&asked).read_to_end().await;
        turns.push(asked.turn);
    }
    eventually("it was tried several times", || async { (app.system.hub.knocks() >= 6).then_some(()) }).await;
    assert!(app.system.hub.events().is_empty());
    app.system.hub.set_down(false);
    app.system.until_reported(&turns).await;
}

#[tokio::test]
async fn several_processes_do_not_report_twice() {
    let app = TestApp::start().await;
    let others = (app.system.start_helper().await, app.system.start_helper().await);
    let people = &app.system.people;
    let mut turns = Vec::new();
    for helper in [&*app, &others.0, &others.1].iter().cycle().take(12) {
        turns.push(helper.ask(people.jonas(), "Why?").await);
    }
    for asked in &turns {
        app.reader(asked).read_to_end().await;
    }
    let turns: Vec<_> = turns.iter().map(|asked| asked.turn).collect();
    app.system.until_reported(&turns).await;
    until_the_outbox_is_empty(&app).await;
    assert_eq!(app.system.hub.events().len(), 12);
}

#[tokio::test]
async fn what_the_hub_will_never_want_is_sent_once() {
    let app = TestApp::start().await;
    app.system.hub.delete_class();
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    app.reader(&asked).read_to_end().await;
    until_the_outbox_is_empty(&app).await;
    assert_eq!(app.system.hub.knocks(), 1);
}

async fn until_the_outbox_is_empty(app: &TestApp) {
    let empty = || async {
        let (all, waiting): (i64, i64) =
            sqlx::query_as("select count(*), count(*) filter (where delivered_at is null) from helper.outbox")
                .fetch_one(&app.system.db)
                .await
                .unwrap();
        (all > 0 && waiting == 0).then_some(())
    };
    eventually("every delivery is marked", empty).await;
}
