//! What a teacher can do for one student and for all: sign out, a new card, delete.

use crate::harness::{TestApp, statements};

const CODE: &str = "PHYS-7BCD";

#[tokio::test]
async fn signing_one_student_out_ends_their_sessions_and_nobody_else_s() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    let code = lena.joins_and_writes_down(CODE, "Lena B").await;
    let mut tablet = hub.browser();
    tablet.comes_back(CODE, "Lena B", &code).await.leads_to("/student");
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let roster = amira.get(&hub.people.physics.roster_path()).await;
    let row = roster.body.split("<tr").find(|row| row.contains("Lena B")).unwrap().to_owned();
    assert!(row.contains("Signed in"), "{row}");
    let path = row.split(r#"action=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    amira.submit(&path, &[]).await.leads_to(&hub.people.physics.roster_path());
    for browser in [&mut lena, &mut tablet] {
        browser.get("/student").await.leads_to("/");
        assert!(!browser.get("/").await.body.contains("Welcome back"), "the device is forgotten too");
    }
    assert!(jonas.is_in_as("Jonas").await);
    hub.browser().comes_back(CODE, "Lena B", &code).await.leads_to("/student");
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'student_signed_out'").await, 1);
}

#[tokio::test]
async fn signing_everyone_out_ends_the_sessions_of_this_class_only() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.joins_and_writes_down(CODE, "Lena B").await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let key = amira.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Chemistry"), ("accent", "1"), ("idempotency_key", key.as_str())];
    let chemistry = amira.submit("/teach/classes/new", &fields).await.location().unwrap();
    let code = amira.get(&chemistry).await.by_test_id("class-code").unwrap();
    let mut mia = hub.browser();
    mia.joins(&code, "Mia").await.has_status(303);
    let sign_out = format!("{}/sign-out", hub.people.physics.path());
    amira.get(&hub.people.physics.settings_path()).await;
    amira.submit(&sign_out, &[]).await.leads_to(&hub.people.physics.settings_path());
    lena.get("/student").await.leads_to("/");
    jonas.get("/student").await.leads_to("/");
    assert!(mia.is_in_as("Mia").await);
    amira.get("/teach").await.has_status(200);
    assert_eq!(hub.count("select epoch::bigint from classrooms where code = 'PHYS7BCD'").await, 2);
    // The devices were not forgotten unless that was asked for.
    lena.get("/").await.says("Welcome back, Lena B");
    lena.submit("/return/device", &[]).await.leads_to("/student");
    amira.submit(&sign_out, &[("forget_devices", "on")]).await.has_status(303);
    assert!(!lena.get("/").await.body.contains("Welcome back"));
    assert_eq!(hub.count("select count(*) from student_devices").await, 1, "Mia's is left");
}

#[tokio::test]
async fn deleting_one_student_says_what_goes_and_signs_nobody_else_out() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.joins_and_writes_down(CODE, "Lena B").await;
    let mut jonas = hub.joined(hub.people.jonas).await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let roster = amira.get(&hub.people.physics.roster_path()).await;
    let row = roster.body.split("<tr").find(|row| row.contains("Lena B")).unwrap();
    let path = row.split(r#"href=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    amira.get(&path).await.has_status(200).says("Lena B").says("Class code").says("Delete this student");
    let removal = format!("{path}/removal");
    amira.get(&removal).await.says("Delete Lena B?").says("0 files").says("cannot be undone");
    amira.submit(&removal, &[]).await.leads_to(&hub.people.physics.roster_path());
    amira.get(&hub.people.physics.roster_path()).await.says("The student is deleted");
    lena.get("/student").await.leads_to("/");
    assert!(jonas.is_in_as("Jonas").await);
    assert_eq!(hub.count("select count(*) from students").await, 2);
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'student_removed'").await, 1);
    amira.get(&path).await.has_status(404);
    // The name is free again, for somebody else.
    hub.browser().joins(CODE, "Lena B").await.has_status(303);
}

#[tokio::test]
async fn a_new_card_replaces_the_old_one_and_is_shown_once() {
    let hub = TestApp::start().await;
    let mut lena = hub.browser();
    lena.joins(CODE, "Lena B").await.has_status(303);
    let old = lena.by_card().await;
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let roster = amira.get(&hub.people.physics.roster_path()).await;
    let row = roster.body.split("<tr").find(|row| row.contains("Lena B")).unwrap();
    let path = row.split(r#"href=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let card = amira.submit(&format!("{path}/return-code"), &[]).await;
    card.has_status(200).says("New return card for Lena B").says("PHYS-7BCD");
    let new = card.by_test_id("return-code").unwrap();
    lena.get("/student/return-code").await.leads_to("/student");
    hub.browser().comes_back(CODE, "Lena B", &old).await.has_status(422);
    hub.browser().comes_back(CODE, "Lena B", &new).await.leads_to("/student");
    assert_eq!(hub.count("select count(*) from audit_entries where action = 'return_code_renewed'").await, 1);
}

#[tokio::test]
async fn a_student_of_another_class_is_not_reached_through_this_one() {
    let hub = TestApp::start().await;
    let mut mallory = hub.signed_in(&hub.people.mallory).await;
    let key = mallory.get("/teach/classes/new").await.hidden("idempotency_key").unwrap();
    let fields = [("name", "Latin"), ("accent", "1"), ("idempotency_key", key.as_str())];
    let latin = mallory.submit("/teach/classes/new", &fields).await.location().unwrap();
    let lena = format!("{latin}/students/{}", hub.people.lena);
    mallory.get(&lena).await.has_status(404);
    mallory.get(&format!("{lena}/removal")).await.has_status(404);
    mallory.submit(&format!("{lena}/sign-out"), &[]).await.has_status(404);
    mallory.submit(&format!("{lena}/return-code"), &[]).await.has_status(404);
    mallory.submit(&format!("{lena}/removal"), &[]).await;
    assert_eq!(hub.count("select count(*) from students").await, 2);
    assert_eq!(hub.count("select count(*) from audit_entries where action <> 'classroom_created'").await, 0);
}

#[tokio::test]
async fn victor_is_shown_no_button_of_a_student() {
    let hub = TestApp::start().await;
    let mut victor = hub.signed_in(&hub.people.victor).await;
    let path = hub.people.physics.student_path(hub.people.lena);
    let page = victor.get(&path).await;
    page.has_status(200).says("Lena");
    assert!(!page.body.contains("removal") && !page.body.contains("return-code"));
    victor.get(&format!("{path}/removal")).await.has_status(403);
}

#[tokio::test]
async fn the_settings_take_as_many_statements_for_many_links_as_for_none() {
    let hub = TestApp::start().await;
    sqlx::query(
        "insert into invitations (id, classroom_id, label, token_hash, sealed_token, created_at)
         select gen_random_uuid(), id, 'Link ' || n, int4send(n), '', now() from classrooms, generate_series(1, 50) n",
    )
    .execute(&hub.app.db)
    .await
    .unwrap();
    let mut amira = hub.signed_in(&hub.people.amira).await;
    let (page, sent) = statements(amira.get(&hub.people.physics.settings_path())).await;
    page.has_status(200);
    assert_eq!(sent.len(), 3, "{sent:#?}");
}
