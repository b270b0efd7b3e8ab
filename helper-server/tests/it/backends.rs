//! Failover, and the backends one by one.

use crate::support::{Gate, Step, TestApp, eventually, say};
use server_kit::clock::Clock;
use shared_types::{
    event::BackendKind,
    turn::{Conversation, FailureCode, TurnEvent},
};

fn started(seen: &[TurnEvent]) -> Vec<BackendKind> {
    let backend = |event: &TurnEvent| match event {
        TurnEvent::Started { backend, .. } => Some(*backend),
        _ => None,
    };
    seen.iter().filter_map(backend).collect()
}

#[tokio::test]
async fn the_next_backend_answers_when_the_first_is_down() {
    let app = TestApp::with(&["--backends=ollama,lesson-only", "--ollama-url=http://127.0.0.1:9"]).await;
    let jonas = app.system.people.jonas();
    let asked = app.ask(jonas, "Why?").await;
    let mut reader = app.reader(&asked);
    let done = reader.read_to_end().await;
    assert_eq!(done, TurnEvent::Done { attempt: 1, backend: BackendKind::LessonOnly });
    assert_eq!(started(&reader.seen), [BackendKind::Ollama, BackendKind::LessonOnly]);
    assert!(reader.text.contains("What have you tried so far"), "{}", reader.text);
    assert_eq!(app.system.stored(asked.turn).await.1, Some(reader.text));
    let now = app.get_as("/helper/conversation", &app.token(jonas)).await;
    let conversation: Conversation = now.json().await.unwrap();
    assert_eq!(conversation.backend, Some(BackendKind::LessonOnly), "it tells which one would answer now");
}

#[tokio::test]
async fn the_next_backend_answers_when_the_first_refuses_or_is_too_slow() {
    let app = TestApp::with(&["--backends=ollama,lesson-only", "--first-text-timeout-s=1"]).await;
    app.system.model.then(vec![Step::Refuse]);
    app.system.model.then(vec![Step::Wait(Gate::closed())]);
    for _ in 0..2 {
        let asked = app.ask(app.system.people.jonas(), "Why?").await;
        let done = app.reader(&asked).read_to_end().await;
        assert_eq!(done, TurnEvent::Done { attempt: 1, backend: BackendKind::LessonOnly });
    }
    let third = app.ask(app.system.people.jonas(), "Why?").await;
    let done = app.reader(&third).read_to_end().await;
    assert_eq!(done, TurnEvent::Done { attempt: 1, backend: BackendKind::Ollama }, "it is tried again");
}

#[tokio::test]
async fn a_backend_that_keeps_failing_is_left_alone_and_readiness_says_why() {
    let app = TestApp::with(&["--backends=ollama,lesson-only"]).await;
    app.system.model.always(vec![Step::Refuse]);
    for _ in 0..5 {
        let asked = app.ask(app.system.people.jonas(), "Why?").await;
        app.reader(&asked).read_to_end().await;
    }
    assert_eq!(app.system.model.calls().len(), 3, "after three failures it is not asked any more");
    let ready: serde_json::Value = app.get("/readyz").await.json().await.unwrap();
    assert_eq!(ready["backends"][0]["standing"], "open");
    assert_eq!(ready["backends"][0]["reason"], "refused");
    assert_eq!(ready["backends"][1]["standing"], "closed");
}

#[tokio::test]
async fn without_any_backend_the_turn_fails_and_says_so() {
    let app = TestApp::with(&["--ollama-url=http://127.0.0.1:9"]).await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let end = app.reader(&asked).read_to_end().await;
    assert_eq!(end, TurnEvent::Failed { code: FailureCode::BackendUnavailable });
    app.system.until_reported(&[asked.turn]).await;
}

#[tokio::test]
async fn an_answer_that_stalls_in_the_middle_costs_an_attempt() {
    let app = TestApp::with(&["--next-text-timeout-s=1"]).await;
    app.system.model.then([say("Half an "), vec![Step::Wait(Gate::closed())]].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    assert!(matches!(reader.read_to_end().await, TurnEvent::Done { attempt: 2, .. }));
    assert_eq!(reader.text, "Look at the first line again. What does it do?");
}

#[tokio::test]
async fn an_openai_compatible_server_answers() {
    let mut app = TestApp::start().await;
    let url = format!("--chat-url=http://{}/v1", app.system.model.address);
    app.first().terminate();
    let app = {
        let settings = ["--backends=chat-completions", &url, "--chat-model=small", "--chat-key=secret"];
        let other = TestApp::with(&settings).await;
        (app, other)
    };
    let (model, app) = (app.0.system.model.clone(), app.1);
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    assert_eq!(reader.read_to_end().await, TurnEvent::Done { attempt: 1, backend: BackendKind::ChatCompletions });
    assert_eq!(reader.text, "Look at the first line again. What does it do?");
    assert_eq!(model.calls()[0]["model"], "small");
}

#[tokio::test]
async fn an_answer_that_had_no_more_room_ends_with_a_sentence_and_a_way_on() {
    let model = TestApp::start().await;
    let chat_url = format!("--chat-url=http://{}/v1", model.system.model.address);
    for settings in [vec![], vec!["--backends=chat-completions", &chat_url, "--chat-model=small", "--chat-key=secret"]]
    {
        let app = TestApp::with(&settings).await;
        for scripted in [&app, &model] {
            scripted
                .system
                .model
                .always([say("Look at line 3. What does it do? It may be that"), vec![Step::Full]].concat());
        }
        let jonas = app.system.people.jonas();
        let asked = app.ask(jonas, "Why?").await;
        let mut reader = app.reader(&asked);
        assert!(matches!(reader.read_to_end().await, TurnEvent::Done { attempt: 1, .. }));
        assert_eq!(reader.text.trim(), "Look at line 3. What does it do?");
        let told = |event: &TurnEvent| *event == TurnEvent::Suggestion { text: "Go on, please.".into() };
        assert!(reader.seen.iter().any(told), "{:?}", reader.seen);
        let conversation: Conversation =
            app.get_as("/helper/conversation", &app.token(jonas)).await.json().await.unwrap();
        assert_eq!(conversation.turns[0].suggestions[0], "Go on, please.");
    }
}

#[tokio::test]
async fn an_answer_that_goes_round_in_circles_is_ended() {
    let app = TestApp::start().await;
    app.system.model.always([say(&"I see it. You see it. ".repeat(200)), vec![Step::Wait(Gate::closed())]].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    assert!(matches!(reader.read_to_end().await, TurnEvent::Done { attempt: 1, .. }));
    assert!(reader.text.len() < 600 && reader.text.trim().ends_with("see it."), "{}", reader.text);
    eventually("the model is free", || async { (app.system.model.open_calls() == 0).then_some(()) }).await;
}

#[tokio::test]
async fn lesson_only_quotes_the_lesson_in_the_readers_language() {
    let app = TestApp::with(&["--backends=lesson-only"]).await;
    app.system.database.add_hub().await;
    let jonas = app.system.people.jonas();
    add_lesson(&app, jonas.lesson.0).await;
    let spanish = jonas.token(Clock::system().unix()).with(|claims| claims.locale = "es".into()).sign();
    let asked = app.ask_under(&spanish, &crate::support::new_id().to_string(), "¿Cómo funcionan las claves?").await;
    let mut reader = app.reader(&asked);
    reader.read_to_end().await;
    assert!(reader.text.contains("> Una clave dice cuánto se desplaza cada letra."), "{}", reader.text);
    assert!(reader.text.contains("¿Qué has probado hasta ahora"), "{}", reader.text);
    let html = reader
        .seen
        .iter()
        .any(|event| matches!(event, TurnEvent::Block { html, .. } if html.starts_with("<blockquote>")));
    assert!(html);
}

#[tokio::test]
async fn a_model_is_given_the_passages_that_fit_the_question() {
    let app = TestApp::start().await;
    app.system.database.add_hub().await;
    let jonas = app.system.people.jonas();
    add_lesson(&app, jonas.lesson.0).await;
    let asked = app.ask(jonas, "¿Qué es una clave?").await;
    app.reader(&asked).read_to_end().await;
    let call = app.system.model.calls().remove(0);
    let system = call["messages"][0]["content"].as_str().unwrap();
    let (fits, other) = (system.find("Una clave dice").unwrap(), system.find("Los romanos").unwrap());
    assert!(fits < other, "the best passage comes first: {system}");
}

/// A helper whose first backend is OpenAI's API, at a dollar a token that is read and two a token that is written.
async fn with_openai(ceiling: &str) -> TestApp {
    let model = crate::support::model::Model::start().await;
    let (url, ceiling) =
        (format!("--openai-url=http://{}/v1", model.address), format!("--openai-usd-per-month={ceiling}"));
    let mut app = TestApp::with(&[
        "--backends=openai,lesson-only",
        &url,
        "--openai-model=small",
        "--openai-key=secret",
        "--remote-acknowledged=1",
        "--openai-usd-per-million-in=1000000",
        "--openai-usd-per-million-out=2000000",
        &ceiling,
    ])
    .await;
    app.system.model = model;
    app
}

async fn spent(app: &TestApp) -> i64 {
    let spent = sqlx::query_scalar("select coalesce(sum(micro_usd), 0)::bigint / 1000000 from helper.spending");
    spent.fetch_one(&app.system.db).await.unwrap()
}

#[tokio::test]
async fn openai_answers_is_asked_to_keep_nothing_and_is_paid_what_it_says() {
    let app = with_openai("100000").await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    let mut reader = app.reader(&asked);
    assert_eq!(reader.read_to_end().await, TurnEvent::Done { attempt: 1, backend: BackendKind::OpenAiResponses });
    assert_eq!(reader.text, "Look at the first line again. What does it do?");
    let call = app.system.model.calls().remove(0);
    assert_eq!((&call["model"], &call["store"], &call["stream"]), (&"small".into(), &false.into(), &true.into()));
    assert_eq!(call["input"].as_array().unwrap().last().unwrap()["content"], "Why?");
    let whole = call.to_string();
    assert!(!whole.contains(&app.system.people.jonas().actor.uuid().to_string()), "{whole}");
    eventually("7 are read and 9 written", || async { (spent(&app).await == 25).then_some(()) }).await;
}

#[tokio::test]
async fn at_its_ceiling_the_next_backend_answers_and_nothing_is_sent() {
    let app = with_openai("3500").await;
    let jonas = app.system.people.jonas();
    let first = app.ask(jonas, "Why?").await;
    assert!(matches!(
        app.reader(&first).read_to_end().await,
        TurnEvent::Done { backend: BackendKind::OpenAiResponses, .. }
    ));
    eventually("what was not spent is given back", || async { (spent(&app).await == 25).then_some(()) }).await;
    // What another helper has spent in the same month counts too.
    sqlx::query("update helper.spending set micro_usd = 3400 * 1000000::bigint").execute(&app.system.db).await.unwrap();
    let second = app.ask(jonas, "And then?").await;
    let done = app.reader(&second).read_to_end().await;
    assert_eq!(done, TurnEvent::Done { attempt: 1, backend: BackendKind::LessonOnly });
    assert_eq!(app.system.model.calls().len(), 1);
    let ready: serde_json::Value = app.get("/readyz").await.json().await.unwrap();
    assert_eq!(ready["backends"][0]["reason"], "ceiling_reached");
}

#[tokio::test]
async fn a_model_loads_when_a_lesson_is_opened_once_for_all_who_open_it() {
    let app = TestApp::start().await;
    for person in [app.system.people.jonas(), app.system.people.lena(), app.system.people.jonas()] {
        app.get_as("/helper/conversation", &app.token(person)).await;
    }
    eventually("the model is told", || async { (!app.system.model.calls().is_empty()).then_some(()) }).await;
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    app.reader(&asked).read_to_end().await;
    let calls = app.system.model.calls();
    assert_eq!(calls.len(), 2, "{calls:?}");
    assert!(calls[0].get("prompt").is_none() && calls[0].get("messages").is_none());
    assert_eq!(calls[0]["options"], calls[1]["options"], "with other options it would be loaded anew");
}

/// Two passages of one lesson, put in behind the hub's back.
pub async fn add_lesson(app: &TestApp, lesson: uuid::Uuid) {
    let mut db = app.system.db.acquire().await.unwrap();
    for sql in [
        "set session_replication_role = replica".to_owned(),
        passage(lesson, 1, "Los romanos escribían cartas secretas."),
        passage(lesson, 2, "Una clave dice cuánto se desplaza cada letra."),
        "set session_replication_role = default".to_owned(),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *db).await.unwrap();
    }
}

fn passage(lesson: uuid::Uuid, position: i32, body: &str) -> String {
    format!(
        "insert into hub.lesson_passages (lesson_id, version, position, anchor, heading, body, language)
         values ('{lesson}', 1, {position}, 'p{position}', 'Claves', '{body}', 'es')"
    )
}
