//! E-mail and password; sessions; limits.

use crate::{harness::TestApp, people::PASSWORD};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;

#[tokio::test]
async fn amira_signs_in_with_password_and_code_and_sees_her_class() {
    let app = TestApp::start().await;
    let mut amira = app.browser();
    amira.get("/teach").await.leads_to("/teach/login?next=%2Fteach");
    amira.types_password("Amira@Riverside.example ", PASSWORD).await.leads_to("/teach/login/code");
    amira.get("/teach").await.leads_to("/teach/login/code");
    amira.types_code(&app.code_of(&app.people.amira)).await.leads_to("/teach");
    amira.get("/teach").await.has_status(200).says("Physics 7b").says("PHYS-7BCD").says("2 students");
    amira.get("/teach/login").await.leads_to("/teach");
}

#[tokio::test]
async fn she_lands_on_the_page_she_had_asked_for() {
    let app = TestApp::start().await;
    let mut amira = app.browser();
    let roster = app.people.physics.roster_path();
    let page = amira.open(&roster).await;
    let next = page.hidden("next").unwrap();
    assert_eq!(next, roster);
    let fields = [("email", app.people.amira.email), ("password", PASSWORD), ("next", &next)];
    let asked = amira.submit("/teach/login", &fields).await.location().unwrap();
    let next = amira.get(&asked).await.hidden("next").unwrap();
    let code = app.code_of(&app.people.amira);
    amira.submit("/teach/login/code", &[("code", &code), ("next", &next)]).await.leads_to(&roster);
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_leads_back_to_its_page() {
    let app = TestApp::start().await;
    let here = app.app.config.public_url.join("/teach/classes/new?a=b");
    for (page, login) in [
        (here.as_str(), "/teach/login?next=%2Fteach%2Fclasses%2Fnew%3Fa%3Db"),
        ("https://evil.example/teach", "/teach/login"),
        (&app.app.config.public_url.join("//evil.example/teach"), "/teach/login"),
        (&format!("{}.evil.example/teach", app.app.config.public_url), "/teach/login"),
        ("", "/teach/login"),
    ] {
        let mut amira = app.browser();
        amira.headers.insert("referer", page.to_owned());
        amira.submit("/teach/classes/new", &[("name", "Physics 8a")]).await.leads_to(login);
    }
}

#[tokio::test]
async fn no_other_site_is_led_to_after_signing_in() {
    let app = TestApp::start().await;
    let mut amira = app.browser();
    amira.get("/teach/login?next=//evil.example").await.has_status(200);
    let fields = [("email", app.people.amira.email), ("password", PASSWORD), ("next", "//evil.example")];
    amira.submit("/teach/login", &fields).await.leads_to("/teach/login/code");
    let code = app.code_of(&app.people.amira);
    amira.get("/teach/login/code").await;
    amira.submit("/teach/login/code", &[("code", &code), ("next", "https://evil.example")]).await.leads_to("/teach");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_the_same() {
    let app = TestApp::start().await;
    let mut somebody = app.browser();
    let says = "do not match";
    let wrong = somebody.types_password(app.people.amira.email, "wrong").await;
    wrong.has_status(422).says(says).says(r#"value="amira@riverside.example""#);
    assert!(!wrong.body.contains(r#"value="wrong""#), "what was typed as password is not sent back");
    somebody.types_password("nobody@riverside.example", PASSWORD).await.has_status(422).says(says);
    somebody.types_password("not an address", PASSWORD).await.has_status(422).says(says);
    assert!(!somebody.cookies.contains_key("staff"));
}

#[tokio::test]
async fn a_disabled_account_is_shut_out_at_once() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    sqlx::query("update staff set disabled_at = now() where email = 'amira@riverside.example'")
        .execute(&app.app.db)
        .await
        .unwrap();
    amira.get("/teach").await.leads_to("/teach/login?next=%2Fteach");
    amira.types_password(app.people.amira.email, PASSWORD).await.has_status(422);
}

#[tokio::test]
async fn mallory_cannot_guess_on_and_amira_s_colleagues_are_not_shut_out() {
    let app = TestApp::start().await;
    let mut mallory = app.browser();
    mallory.headers.insert("x-forwarded-for", "203.0.113.66".to_owned());
    for _ in 0..10 {
        mallory.types_password(app.people.amira.email, "guess").await.has_status(422);
    }
    let page = mallory.types_password(app.people.amira.email, PASSWORD).await;
    page.has_status(429).says("Too many attempts");
    let wait: u64 = page.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
    app.signed_in(&app.people.ines).await;
}

#[tokio::test]
async fn one_address_that_tries_many_accounts_is_stopped() {
    let app = TestApp::start().await;
    let mut mallory = app.browser();
    mallory.headers.insert("x-forwarded-for", "203.0.113.66".to_owned());
    for n in 0..60 {
        mallory.types_password(&format!("teacher{n}@riverside.example"), "guess").await.has_status(422);
    }
    mallory.types_password("another@riverside.example", "guess").await.has_status(429);
    mallory.headers.insert("x-forwarded-for", "203.0.113.67".to_owned());
    mallory.types_password("another@riverside.example", "guess").await.has_status(422);
}

#[tokio::test]
async fn signing_in_often_is_no_failure() {
    let app = TestApp::start().await;
    let mut amira = app.browser();
    for _ in 0..15 {
        amira.types_password(app.people.amira.email, PASSWORD).await.has_status(303);
    }
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let app = TestApp::start().await;
    let mut at_school = app.signed_in(&app.people.amira).await;
    let mut at_home = app.signed_in(&app.people.amira).await;
    let stolen = at_school.clone();
    at_school.get("/teach").await;
    at_school.submit("/teach/logout", &[]).await.leads_to("/teach/login");
    at_school.get("/teach/login").await.says("You have signed out.");
    at_school.get("/teach/login").await.has_status(200);
    let mut stolen = stolen;
    stolen.get("/teach").await.has_status(303);
    at_home.get("/teach").await.has_status(200);
}

#[tokio::test]
async fn a_notice_is_said_once() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    amira.get("/teach").await;
    amira.submit("/teach/logout", &[]).await;
    amira.get("/teach/login").await.says("You have signed out.");
    assert!(!amira.get("/teach/login").await.body.contains("You have signed out."));
}

#[tokio::test]
async fn a_new_password_ends_every_session_of_the_old_one_and_nobody_else_s() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let mut ines = app.signed_in(&app.people.ines).await;
    let hash = app.app.passwords.hash(&"a new one, kept better".into()).await.unwrap();
    let mut connection = app.app.db.acquire().await.unwrap();
    hub_server::account::store::set_password(&mut connection, app.people.amira.id, &hash).await.unwrap();
    amira.get("/teach").await.has_status(303);
    ines.get("/teach").await.has_status(200);
    amira.types_password(app.people.amira.email, PASSWORD).await.has_status(422);
}

#[tokio::test]
async fn a_session_ends_after_a_school_day() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    app.later(Duration::hours(11));
    amira.get("/teach").await.has_status(200);
    app.later(Duration::hours(1));
    amira.get("/teach").await.has_status(303);
    hub_server::jobs::sweep(&app.app).await.unwrap();
    assert_eq!(app.count("select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn a_session_of_before_the_second_factor_is_not_the_one_after_it() {
    let app = TestApp::start().await;
    let mut amira = app.browser();
    amira.types_password(app.people.amira.email, PASSWORD).await;
    let before = amira.cookies["staff"].clone();
    amira.types_code(&app.code_of(&app.people.amira)).await.has_status(303);
    assert_ne!(amira.cookies["staff"], before);
    assert_eq!(app.count("select count(*) from sessions").await, 1);
    amira.cookies.insert("staff".to_owned(), before);
    amira.get("/teach").await.has_status(303);
}

#[tokio::test]
async fn the_database_holds_no_token_a_thief_could_use() {
    let app = TestApp::start().await;
    let amira = app.signed_in(&app.people.amira).await;
    let stored: Vec<u8> = sqlx::query_scalar("select token_hash from sessions").fetch_one(&app.app.db).await.unwrap();
    let token = &amira.cookies["staff"];
    assert_ne!(stored, token.as_bytes());
    let mut thief = app.browser();
    thief.cookies.insert("staff".to_owned(), URL_SAFE_NO_PAD.encode(stored));
    thief.get("/teach").await.has_status(303);
}

#[tokio::test]
async fn behind_https_cookies_are_bound_to_the_host() {
    let app = TestApp::start_with_https().await;
    let mut amira = app.browser();
    let page = amira.get("/teach/login").await;
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-visitor="), "{cookie}");
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(page.headers.contains_key("strict-transport-security"));
    amira.types_password(app.people.amira.email, PASSWORD).await.has_status(303);
    assert!(amira.cookies.contains_key("__Host-staff"));
}
