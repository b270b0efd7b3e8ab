//! The chat on a page of its own.

use crate::support::{
    TestApp,
    app::{Helper, client},
    say,
};
use axum::http::{StatusCode, header};
use reqwest::Response;
use server_kit::clock::Clock;

impl Helper {
    /// Opens the page as the lesson's form does; gives the cookies to come back with.
    async fn open_page(&self, scope: &str, session: &str) -> (Response, String) {
        let opened = client()
            .post(self.url("/helper/"))
            .header(header::COOKIE, session)
            .form(&[("scope", scope), ("csrf", "hub's own")])
            .send()
            .await
            .unwrap();
        let given = opened.headers().get(header::SET_COOKIE).map(|cookie| cookie.to_str().unwrap().to_owned());
        let cookies = given.map(|given| format!("{}; {session}", given.split(';').next().unwrap()));
        (opened, cookies.unwrap_or_default())
    }
}

#[tokio::test]
async fn a_lesson_opens_it_and_a_reload_shows_the_conversation_again() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas();
    app.system.model.always(say("Look at the **key**."));
    let asked = app.ask(jonas, "Why <i>?").await;
    app.system.until_state(asked.turn, "answered").await;
    let (opened, cookies) = app.open_page(&app.token(jonas), "student=jonas").await;
    assert_eq!(
        (opened.status(), &opened.headers()[header::LOCATION]),
        (StatusCode::SEE_OTHER, &"/helper/".parse().unwrap())
    );
    let cookie = opened.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("Path=/helper/") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    for _ in 0..2 {
        let page = app.get_with_cookie("/helper/", &cookies).await;
        assert!(page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("'wasm-unsafe-eval'"));
        let html = page.text().await.unwrap();
        assert!(html.contains("/helper/pkg/") && html.contains("<leptos-island"), "{html}");
        assert!(html.contains("The Caesar cipher") && html.contains(&format!("/student/lessons/{}", jonas.lesson)));
        let (_, without_scripts) = html.split_once("<noscript>").unwrap();
        assert!(without_scripts.contains("<strong>key</strong>") && without_scripts.contains("Why &lt;i"), "{html}");
        assert!(without_scripts.contains(&format!("/helper/turns/{}/rating?rating=helped", asked.turn)), "{html}");
        assert!(!html.contains("Your teachers can read"), "{html}");
    }
    // What the page's own cookie opens without a script: the turn it lists.
    let page = app.get_with_cookie(&format!("/helper/turns/{}", asked.turn), &cookies).await;
    assert_eq!(page.status(), StatusCode::OK);
}

#[tokio::test]
async fn it_says_that_teachers_may_read_where_the_token_lets_them() {
    let app = TestApp::start().await;
    let jonas = app.system.people.jonas().token(Clock::system().unix());
    let token = jonas.with(|claims| (claims.may_be_read, claims.locale) = (true, "es".into())).sign();
    let (_, cookies) = app.open_page(&token, "student=jonas").await;
    let html = app.get_with_cookie("/helper/", &cookies).await.text().await.unwrap();
    assert!(html.contains("Tus docentes pueden leer") && html.contains(r#"lang="es""#), "{html}");
    assert!(html.contains("helper-token?announced=1"), "{html}");
}

#[tokio::test]
async fn a_visit_that_opened_nothing_is_shown_the_way_to_the_lessons() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/helper").await.headers()[header::LOCATION], "/helper/");
    for cookies in ["", "chat=rubbish", "chat="] {
        let page = app.get_with_cookie("/helper/", cookies).await;
        assert_eq!(page.status(), StatusCode::OK);
        let html = page.text().await.unwrap();
        assert!(html.contains("belongs to a lesson") && html.contains(r#"href="/student""#), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }
    let old = app.system.people.jonas().token(Clock::system().unix() - 7200).sign();
    let (refused, cookies) = app.open_page(&old, "").await;
    assert_eq!((refused.status(), cookies.as_str()), (StatusCode::UNAUTHORIZED, ""));
    assert!(refused.text().await.unwrap().contains("open for too long"));
}

#[tokio::test]
async fn mallory_at_the_same_computer_sees_nothing_once_the_session_is_another() {
    let app = TestApp::start().await;
    let (_, cookies) = app.open_page(&app.token(app.system.people.jonas()), "student=jonas").await;
    let pass = cookies.split(';').next().unwrap();
    for session in ["student=mallory", "student=", "staff=x"] {
        let html = app.get_with_cookie("/helper/", &format!("{pass}; {session}")).await.text().await.unwrap();
        assert!(html.contains("belongs to a lesson") && !html.contains("Caesar"), "{html}");
    }
}

#[tokio::test]
async fn mallory_cannot_put_somebody_into_her_conversation_from_another_site() {
    let app = TestApp::start().await;
    let token = app.token(app.system.people.jonas());
    let sent = client().post(app.url("/helper/")).header("sec-fetch-site", "cross-site");
    let answer = sent.form(&[("scope", token.as_str())]).send().await.unwrap();
    assert!(!answer.headers().contains_key(header::SET_COOKIE));
    assert!(!answer.text().await.unwrap().contains("Caesar"));
}
