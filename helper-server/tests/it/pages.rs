//! Without JavaScript: the form, the page that waits, and kind errors.

use crate::support::{Gate, Step, TestApp, new_id, say};
use axum::http::{StatusCode, header};
use server_kit::clock::Clock;

#[tokio::test]
async fn a_plain_form_leads_to_a_page_that_refreshes_until_the_answer_is_there() {
    let app = TestApp::start().await;
    let gate = Gate::closed();
    app.system.model.always([say("Look **here** "), vec![Step::Wait(gate.clone())], say("<b>now</b>.")].concat());
    let jonas = app.system.people.jonas();
    let (scope, key) = (app.token(jonas), new_id().to_string());
    let fields = [("scope", scope.as_str()), ("question", "Why <i>?"), ("idempotency_key", &key)];
    let response = app.post_form("/helper/ask", &fields).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let page_path = response.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let again = app.post_form("/helper/ask", &fields).await;
    assert_eq!(again.headers()[header::LOCATION].to_str().unwrap(), page_path, "a double click asks once");
    // Back on the page that has the form, with something else to ask.
    let other = [("scope", scope.as_str()), ("question", "And why not?"), ("idempotency_key", &key)];
    let other = app.post_form("/helper/ask", &other).await;
    assert_eq!(other.status(), StatusCode::SEE_OTHER);
    assert_ne!(other.headers()[header::LOCATION].to_str().unwrap(), page_path, "another question");
    let turn = page_path.rsplit('/').next().unwrap().parse().unwrap();
    app.system.until_state(turn, "running").await;
    let page = app.get_with_cookie(&page_path, &cookie).await;
    assert!(!page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("script-src"));
    let html = page.text().await.unwrap();
    assert!(html.contains(r#"http-equiv="refresh""#) && html.contains(&format!("{page_path}/stop")), "{html}");
    assert!(html.contains("Why &lt;i>?") || html.contains("Why &lt;i&gt;?"), "{html}");
    assert!(html.contains(&format!("/student/lessons/{}", jonas.lesson)) && html.contains(r#"lang="en""#), "{html}");
    gate.open();
    app.system.until_state(turn, "answered").await;
    let html = app.get_with_cookie(&page_path, &cookie).await.text().await.unwrap();
    assert!(!html.contains("http-equiv=\"refresh\"") && !html.contains("<script"), "{html}");
    assert!(html.contains("<strong>here</strong>") && html.contains("&lt;b&gt;now&lt;/b&gt;"), "{html}");
}

#[tokio::test]
async fn the_stop_button_of_the_page_works() {
    let app = TestApp::start().await;
    app.system.model.always([say("Hm. "), vec![Step::Wait(Gate::closed())]].concat());
    let asked = app.ask(app.system.people.jonas(), "Why?").await;
    app.reader(&asked).until_text("Hm. ").await;
    let path = format!("/helper/turns/{}", asked.turn);
    let stopped = crate::support::app::client()
        .post(app.url(&format!("{path}/stop")))
        .header(header::COOKIE, &asked.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .send()
        .await
        .unwrap();
    assert_eq!(stopped.headers()[header::LOCATION].to_str().unwrap(), path);
    app.system.until_state(asked.turn, "stopped").await;
    let html = app.get_with_cookie(&path, &asked.cookie).await.text().await.unwrap();
    assert!(html.contains("Stopped") && html.contains("Hm."), "{html}");
}

#[tokio::test]
async fn a_refused_question_is_kept_in_a_new_form_in_the_readers_language() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    let spanish = jonas.token(Clock::system().unix()).with(|claims| claims.locale = "es".into()).sign();
    let long = format!("</textarea><script>alert(1)</script>{}", "x".repeat(4000));
    let key = new_id().to_string();
    let fields = [("scope", spanish.as_str()), ("question", long.as_str()), ("idempotency_key", &key)];
    let response = app.post_form("/helper/ask", &fields).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = response.text().await.unwrap();
    assert!(html.contains(r#"lang="es""#) && html.contains("Acórtala"), "{html}");
    assert!(html.contains("&lt;/textarea&gt;") && !html.contains("<script"), "{html}");
    assert!(html.contains(&spanish) && !html.contains(&key), "a new form has a key of its own");
    assert!(html.contains(&format!("/student/lessons/{}", jonas.lesson)));
}

#[tokio::test]
async fn a_form_that_was_open_for_too_long_keeps_the_question_and_shows_the_way() {
    let app = TestApp::start().await;
    let old = app.system.people.jonas().token(Clock::system().unix() - 7200).sign();
    let key = new_id().to_string();
    let fields = [("scope", old.as_str()), ("question", "My long question"), ("idempotency_key", &key)];
    let response = app.post_form("/helper/ask", &fields).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let html = response.text().await.unwrap();
    assert!(html.contains("My long question") && html.contains("open for too long"), "{html}");
    assert!(html.contains(r#"href="/student""#) && !html.contains(&old), "{html}");
}

#[tokio::test]
async fn wrong_addresses_get_a_page_with_a_way_on() {
    let app = TestApp::start().await;
    let missing = app.get("/helper/nowhere").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    let html = missing.text().await.unwrap();
    assert!(html.contains("no such page") && html.contains(r#"href="/student""#), "{html}");
    assert_eq!(app.get("/helper/turns").await.status(), StatusCode::METHOD_NOT_ALLOWED);
    let spanish =
        crate::support::app::client().get(app.url("/helper/nada")).header(header::ACCEPT_LANGUAGE, "es-MX").send();
    assert!(spanish.await.unwrap().text().await.unwrap().contains(r#"lang="es""#));
}

#[tokio::test]
async fn readiness_names_its_parts() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/healthz").await.text().await.unwrap(), "ok");
    let ready = app.get("/readyz").await;
    assert_eq!(ready.status(), StatusCode::OK);
    let parts = r#"{"database":true,"migrations":true,"redis":true,"backends":[{"backend":"ollama","#;
    let named = ready.text().await.unwrap();
    assert!(named.starts_with(parts), "{named}");
    sqlx::query("delete from helper._sqlx_migrations").execute(&app.system.db).await.unwrap();
    let behind = app.get("/readyz").await;
    assert_eq!(behind.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(behind.text().await.unwrap().contains(r#""migrations":false"#));
}
