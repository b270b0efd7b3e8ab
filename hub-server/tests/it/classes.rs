//! Creating a class, its code and lock, its roster.

use crate::harness::{TestApp, statements};
use chrono::Duration;

#[tokio::test]
async fn amira_creates_a_class_and_gets_a_code_to_share() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let key = amira.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", " Chemistry  9 "), ("accent", "7"), ("idempotency_key", key.as_str())];
    let path = amira.submit("/teach/classes/new", &fields).await.location().unwrap();
    let page = amira.get(&path).await;
    page.has_status(200).says("The class is ready").says("Chemistry 9").says(r#"class="accent-7""#);
    let code = page.by_test_id("class-code").unwrap();
    assert_eq!((code.len(), &code[4..5]), (9, "-"), "{code}");
    page.says(&format!("http://localhost:8080/?code={code}"));
    app.browser().get(&format!("/?code={code}")).await.has_status(200).says(&format!(r#"value="{code}""#));
    let home = amira.get("/teach").await;
    assert!(home.body.find("Chemistry 9") < home.body.find("Physics 7b"), "the newest comes first");
}

#[tokio::test]
async fn an_empty_class_says_how_to_begin() {
    let app = TestApp::start().await;
    let mut mallory = app.signed_in(&app.people.mallory).await;
    mallory.get("/teach").await.says("Your classes will be here").says("/teach/classes/new");
    let key = mallory.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Latin"), ("accent", "1"), ("idempotency_key", key.as_str())];
    let path = mallory.submit("/teach/classes/new", &fields).await.location().unwrap();
    mallory.get(&format!("{path}/roster")).await.says("Nobody has joined yet").says("Show the class code");
    let today = mallory.get(&path).await;
    today.says("Nobody has joined yet").says("Choose what to work on");
    assert!(!today.body.contains("Handed in today"), "no list of nothing");
}

#[tokio::test]
async fn a_new_code_replaces_the_old_one() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let path = app.people.physics.path();
    let rotate = format!("{path}/code-rotation");
    let page = amira.get(&rotate).await;
    let key = page.says("PHYS-7BCD").says("stops working").hidden("idempotency_key").unwrap();
    amira.submit(&rotate, &[("idempotency_key", &key)]).await.leads_to(&path);
    let code = amira.get(&path).await.says("The class has a new code").by_test_id("class-code").unwrap();
    assert_ne!(code, "PHYS-7BCD");
    // Sent again, it does not rotate again.
    amira.submit(&rotate, &[("idempotency_key", &key)]).await.leads_to(&path);
    assert_eq!(amira.get(&path).await.by_test_id("class-code").unwrap(), code);
}

#[tokio::test]
async fn a_class_is_locked_and_opened_again() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    let path = app.people.physics.path();
    amira.get(&path).await.says("Open to join");
    amira.submit(&format!("{path}/lock"), &[("locked", "true")]).await.leads_to(&path);
    amira.get(&path).await.says("nobody new can join").says("Unlock the class");
    amira.get("/teach").await.says("Locked");
    amira.submit(&format!("{path}/lock"), &[("locked", "false")]).await.leads_to(&path);
    amira.get(&path).await.says("Open to join");
}

#[tokio::test]
async fn the_roster_names_everyone_and_counts_their_questions() {
    let app = TestApp::start().await;
    app.helper_reports(app.people.jonas, 3).await;
    app.later(Duration::minutes(5));
    let mut amira = app.signed_in(&app.people.amira).await;
    let page = amira.get(&app.people.physics.roster_path()).await;
    page.has_status(200).says("2 students in this class").says("5 minutes ago");
    let row = |name: &str| {
        let (_, rest) = page.body.split_once(&format!(">{name}</a>")).unwrap();
        rest.split_once("</tr>").unwrap().0.to_owned()
    };
    assert!(row("Jonas").contains(">3</td>"), "{}", page.body);
    assert!(row("Lena").contains(">0</td>"), "{}", page.body);
    amira.get(&app.people.physics.path()).await.says("<dd>3</dd>");
}

#[tokio::test]
async fn a_class_page_takes_as_many_statements_for_hundreds_as_for_two() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    amira.get("/teach").await;
    sqlx::query(
        "insert into students (id, classroom_id, display_name, name_key, return_code_hash, joined_at, last_seen_at)
         select gen_random_uuid(), id, 'Student ' || n, 'student ' || n, '', now(), now()
         from classrooms, generate_series(1, 300) n",
    )
    .execute(&app.app.db)
    .await
    .unwrap();
    let class = &app.people.physics;
    for (path, most) in [("/teach".to_owned(), 5), (class.path(), 6), (class.roster_path(), 5)] {
        let (page, sent) = statements(amira.get(&path)).await;
        page.has_status(200);
        assert!((1..=most).contains(&sent.len()), "{path}: {sent:#?}");
    }
}

#[tokio::test]
async fn being_seen_is_noted_once_a_minute() {
    let app = TestApp::start().await;
    let mut amira = app.signed_in(&app.people.amira).await;
    amira.get("/teach").await;
    let (_, quiet) = statements(amira.get(&app.people.physics.roster_path())).await;
    app.later(Duration::seconds(61));
    let (_, noted) = statements(amira.get(&app.people.physics.roster_path())).await;
    assert_eq!((quiet.len(), noted.len()), (4, 5), "{noted:#?}");
}
